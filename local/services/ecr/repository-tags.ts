/** The tags of ECR's repositories. */
import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  Tag,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-ecr';
import { AwsError } from '../../endpoint/aws-error.ts';
import type { Checked } from '../../endpoint/local-service.ts';
import { type EcrScope, INVALID, repositoryArn, requireRepository } from './ecr-scope.ts';
import type { EcrState, RepositoryTags } from './ecr-state.ts';

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/ecr-using-tags.html */
const MOST_TAGS = 50;
const KEY = /^(?!aws:)[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/iu;
const VALUE = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u;

type GivenTag = Checked<Tag>;

const NONE: RepositoryTags = new Map();

/** Throws InvalidTagParameterException and TooManyTagsException. */
export const withTags = (before: RepositoryTags = NONE, added: readonly GivenTag[]): RepositoryTags => {
  const wrong = added.find(({ Key, Value }) => !KEY.test(Key) || !VALUE.test(Value));
  if (wrong) throw new AwsError('InvalidTagParameterException', `The tag with the key '${wrong.Key}' is not valid`);
  const fresh = new Map(added.map(({ Key, Value }) => [Key, Value]));
  if (fresh.size < added.length) throw new AwsError('InvalidTagParameterException', 'Tag keys must be unique');
  const tags = new Map([...before, ...fresh]);
  if (tags.size > MOST_TAGS) throw new AwsError('TooManyTagsException', `A repository may have ${MOST_TAGS} tags`);
  return tags;
};

const ARN = /^arn:[^:]+:ecr:[^:]+:(?<registry>\d{12}):repository\/(?<name>.+)$/;

/** Throws InvalidParameterException for no ARN of this Region, RepositoryNotFoundException for one of nothing. */
const nameFrom = (scope: EcrScope, resourceArn: string): string => {
  const { registry, name = '' } = ARN.exec(resourceArn)?.groups ?? {};
  if (registry === undefined || (registry === scope.account && repositoryArn(scope, name) !== resourceArn))
    throw new AwsError(INVALID, `Invalid parameter at 'resourceArn': '${resourceArn}' is no repository of this Region`);
  return requireRepository(scope, name, registry).name;
};

export const listTagsForResource = (
  scope: EcrScope,
  state: EcrState,
  { resourceArn }: Checked<ListTagsForResourceRequest>,
): ListTagsForResourceResponse => {
  const tags = state.tags.get(nameFrom(scope, resourceArn)) ?? NONE;
  return { tags: [...tags].map(([Key, Value]) => ({ Key, Value })) };
};

export const tagResource = (
  scope: EcrScope,
  state: EcrState,
  { resourceArn, tags }: Checked<TagResourceRequest>,
): object => {
  const name = nameFrom(scope, resourceArn);
  state.tags.set(name, withTags(state.tags.get(name), tags));
  return {};
};

/** A key that the repository does not have is passed over. */
export const untagResource = (
  scope: EcrScope,
  state: EcrState,
  { resourceArn, tagKeys }: Checked<UntagResourceRequest>,
): object => {
  const name = nameFrom(scope, resourceArn);
  const kept = [...(state.tags.get(name) ?? NONE)].filter(([key]) => !tagKeys.includes(key));
  state.tags.set(name, new Map(kept));
  return {};
};
