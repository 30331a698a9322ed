/** A repository whose registry and name an event gives one by one. */
import { parseImageUri, type RepositoryReference } from '../image/parse-image-arn.ts';

/** Undefined when one of the parts is none: the rules for them are those of a pull URI, partition included. */
export const repositoryFromParts = (parts: {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
}): RepositoryReference | undefined => {
  const uri = parseImageUri(`${parts.account}.dkr.ecr.${parts.region}.amazonaws.com/${parts.repository}`);
  if (uri === undefined || uri.digest !== undefined || uri.tag !== undefined) return undefined;
  const { partition, account, region, repository } = uri;
  return { partition, account, region, repository };
};
