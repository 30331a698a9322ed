/** The image that an Inspector finding is about. */
import * as z from 'zod/mini';
import { plainText } from '../base/clip-text.ts';
import { known } from '../base/known.ts';
import type { ScannedImage } from '../finding/finding.ts';
import { parseDigest } from '../image/digest.ts';
import { parseImageArn, parseRepositoryArn, partitionOf, type RepositoryReference } from '../image/parse-image-arn.ts';
import { repositoryFromParts } from './repository-from-parts.ts';

/** What is no text is as good as missing: the image may be named elsewhere, and where it is not, that is said. */
const Text = z.catch(z.nullish(z.string()), undefined);

export const InspectorResource = z.object({
  type: Text,
  id: Text,
  region: Text,
  tags: z.optional(z.unknown()),
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
 * By its ARN; where that is none, by the details; unknown where neither has a digest. Undefined when the resource names
 * no image at all. `account` and `region` are the finding's own, for resources that name none or write the literal "N/A".
 */
export const imageFromResource = (
  resource: z.output<typeof InspectorResource>,
  account: string,
  region: string,
): ScannedImage | undefined => {
  const id = resource.id ?? '';
  const byArn = parseImageArn(id);
  if (byArn) return known(byArn);
  const { registry, repositoryName, imageHash } = resource.details?.awsEcrContainerImage ?? {};
  const place = {
    account: registry || account,
    region: resource.region && resource.region !== 'N/A' ? resource.region : region,
  };
  const repository = repositoryFromParts({ ...place, repository: repositoryName ?? '' }) ?? repositoryOf(id);
  const digest = parseDigest(imageHash) ?? parseDigest(id.slice(id.lastIndexOf('/') + 1));
  if (repository && digest) return known({ ...repository, digest });
  const resourceId = plainText(id) ? id : repository && arnOf(repository, imageHash ?? '');
  if (resourceId === undefined) return undefined;
  return {
    known: false,
    reason: digest
      ? 'the finding does not say which repository its image is in'
      : "the finding's image digest is no sha256 digest",
    resourceId,
    ...(repository ?? { partition: partitionOf(region), account, region }),
  };
};

/** Of an image ARN, whatever stands for the digest at its end: no repository's name holds a colon. */
const repositoryOf = (id: string): RepositoryReference | undefined => {
  const slash = Math.max(0, id.lastIndexOf('/'));
  return parseRepositoryArn(id.includes(':', slash) ? id.slice(0, slash) : id);
};

/** As Inspector would have written the id: an image has one name, whether or not its findings give the id. */
const arnOf = ({ partition, region, account, repository }: RepositoryReference, imageHash: string): string =>
  `arn:${partition}:ecr:${region}:${account}:repository/${repository}${imageHash && `/${imageHash}`}`;
