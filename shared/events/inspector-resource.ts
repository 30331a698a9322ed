/** The image that an Inspector finding is about. */
import * as z from 'zod/mini';
import type { ImageReference } from '../image/image-reference.ts';
import { parseImageArn } from '../image/parse-image-arn.ts';
import { imageFromParts } from './image-from-parts.ts';

const Text = z.nullish(z.string());

export const InspectorResource = z.object({
  type: Text,
  id: Text,
  region: Text,
  details: z.nullish(
    z.object({
      awsEcrContainerImage: z.nullish(
        z.object({
          registry: Text,
          repositoryName: Text,
          imageHash: Text,
          imageTags: z.nullish(z.array(z.string())),
          inUseCount: z.nullish(z.number()),
        }),
      ),
    }),
  ),
});

/**
 * By its ARN; where that is none, by the details. `account` and `region` are the finding's own, for resources that name
 * none or write the literal "N/A".
 */
export const imageFromResource = (
  resource: z.output<typeof InspectorResource>,
  account: string,
  region: string,
): ImageReference | undefined => {
  const details = resource.details?.awsEcrContainerImage;
  return (
    parseImageArn(resource.id ?? '') ??
    imageFromParts({
      account: details?.registry || account,
      region: resource.region && resource.region !== 'N/A' ? resource.region : region,
      repository: details?.repositoryName ?? '',
      digest: details?.imageHash ?? '',
    })
  );
};
