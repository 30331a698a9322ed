/** The identity of what a rule says of an image: it outlives the digest, so that a new push of the tag updates the finding. */
import { type ImageReference, registryHost } from '../image/image-reference.ts';
import { type FindingKey, findingKey } from './finding-key.ts';

export interface ImageIssueIdentity extends Omit<ImageReference, 'digest'> {
  /** Absent: the image was pushed by digest. */
  readonly tag?: string;
  /** `linux/arm64`. */
  readonly platform: string;
  /** `IMG-001`. */
  readonly rule: string;
}

export const imageIssueKey = (identity: ImageIssueIdentity): FindingKey => {
  const { partition, account, region, repository, tag = '', platform, rule } = identity;
  return findingKey('sekisho', [partition, account, region, repository, tag, platform, rule]);
};

/** `sekisho:111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/checkout:1.4:linux/arm64:IMG-001`; without a tag, `::`. */
export const imageIssueSourceId = (identity: ImageIssueIdentity): string => {
  const { repository, tag = '', platform, rule } = identity;
  return `sekisho:${registryHost(identity)}/${repository}:${tag}:${platform}:${rule}`;
};
