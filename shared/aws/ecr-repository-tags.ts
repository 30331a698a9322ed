/** The tags of ECR's repositories, kept in memory for a few minutes: a batch names the same few again and again. */
import { type ECRClient, ListTagsForResourceCommand } from '@aws-sdk/client-ecr';
import type { Clock } from '../base/clock.ts';
import { mapEnded } from '../base/ended.ts';
import { type Known, known, unknown } from '../base/known.ts';
import type { Tags } from '../base/tags.ts';
import { tagsFromPairs } from '../base/tags-from-pairs.ts';
import { repositoryArn } from '../image/image-reference.ts';
import type { RepositoryTagSource } from '../pipeline/ports.ts';
import { ecrClients } from './ecr-clients.ts';
import { errorFromAws } from './error-from-aws.ts';

const CALLS_AT_ONCE = 4;
const FRESH_MS = 10 * 60_000;
/** A denial lasts longer than a batch, and must not be asked for with each; a right that is given counts soon. */
const FAILED_FRESH_MS = 60_000;

interface Kept {
  readonly at: number;
  readonly tags: Known<Tags>;
}

export const ecrRepositoryTags = (clock: Clock): RepositoryTagSource => {
  const ecrOf = ecrClients();
  const kept = new Map<string, Kept>();

  return {
    tagsOf: async (images) => {
      const at = clock.now().getTime();
      for (const [arn, one] of kept) if (!isFresh(one, at)) kept.delete(arn);
      // With the account of the image: whether a registry of others tells its tags is for its owners to say.
      const regions = new Map(images.map((image) => [repositoryArn(image), image.region]));
      const missing = [...regions].filter(([arn]) => !kept.has(arn));
      await mapEnded(
        missing,
        async ([arn, region]) => kept.set(arn, { at, tags: await listTags(ecrOf({ region }), arn) }),
        { concurrency: CALLS_AT_ONCE },
      );
      return images.map((image) => kept.get(repositoryArn(image))?.tags ?? unknown('not looked up'));
    },
  };
};

const isFresh = ({ at, tags }: Kept, now: number): boolean => now - at <= (tags.known ? FRESH_MS : FAILED_FRESH_MS);

const listTags = async (ecr: ECRClient, resourceArn: string): Promise<Known<Tags>> => {
  try {
    const { tags = [] } = await ecr.send(new ListTagsForResourceCommand({ resourceArn }));
    return known(tagsFromPairs(tags.map(({ Key, Value }) => [Key, Value])));
  } catch (thrown) {
    return unknown(errorFromAws(thrown, 'Listing the tags of the repository').message);
  }
};
