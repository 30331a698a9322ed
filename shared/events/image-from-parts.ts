/** An image whose registry, repository and digest an event names one by one. */
import type { ImageReference } from '../image/image-reference.ts';
import { parseImageUri } from '../image/parse-image-arn.ts';

/** Undefined when one of the parts is none: the rules for them are those of a pull URI, partition included. */
export const imageFromParts = (parts: {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
  readonly digest: string;
}): ImageReference | undefined => {
  const uri = parseImageUri(
    `${parts.account}.dkr.ecr.${parts.region}.amazonaws.com/${parts.repository}@${parts.digest}`,
  );
  if (uri?.digest === undefined || uri.tag !== undefined) return undefined;
  const { partition, account, region, repository, digest } = uri;
  return { partition, account, region, repository, digest };
};
