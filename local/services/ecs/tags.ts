/** The tags of ECS's task definitions, services and tasks. */
import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-ecs';
import { AwsError, notImplemented } from '../../endpoint/aws-error.ts';
import type { Checked } from '../../endpoint/local-service.ts';
import { type EcsState, INVALID } from './ecs-state.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html */
const MOST_TAGS = 50;

/** Of two with the same key, the later wins. Throws InvalidParameterException for more than ECS takes. */
export const mergedTags = (before: readonly Tag[] = [], added: readonly Tag[] = []): readonly Tag[] => {
  const tags = [...new Map([...before, ...added].map((tag) => [tag.key, tag])).values()];
  if (tags.length > MOST_TAGS) throw new AwsError(INVALID, `A resource may have ${MOST_TAGS} tags.`);
  return tags;
};

const KIND = /^arn:[^:]+:ecs:[^:]+:\d{12}:(task-definition|service|task)\//;

/** Every such resource has its entry from the beginning, even without tags. */
const tagsOf = (tags: ReadonlyMap<string, readonly Tag[]>, arn: string): readonly Tag[] => {
  const found = tags.get(arn);
  if (found !== undefined) return found;
  if (!KIND.test(arn)) throw notImplemented('tags of other ECS resources than task definitions, services and tasks');
  throw new AwsError('ResourceNotFoundException', 'The specified resource could not be found.');
};

export const listTagsForResource = (
  state: EcsState,
  { resourceArn }: Checked<ListTagsForResourceRequest>,
): ListTagsForResourceResponse => ({ tags: [...tagsOf(state.tags.seen(), resourceArn)] });

export const tagResource = (state: EcsState, { resourceArn, tags }: Checked<TagResourceRequest>): object => {
  state.tags.set(resourceArn, mergedTags(tagsOf(state.tags, resourceArn), tags));
  return {};
};

export const untagResource = (state: EcsState, { resourceArn, tagKeys }: Checked<UntagResourceRequest>): object => {
  const kept = tagsOf(state.tags, resourceArn).filter(({ key }) => key === undefined || !tagKeys.includes(key));
  state.tags.set(resourceArn, kept);
  return {};
};
