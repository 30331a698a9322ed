/** Which image: the repository of one registry, and the digest of a manifest in it. */
import type { Digest } from './digest.ts';

export interface ImageReference {
  readonly partition: string;
  /** 12 digits: the account that owns the registry. */
  readonly account: string;
  readonly region: string;
  /** May hold slashes: `team/app`. */
  readonly repository: string;
  readonly digest: Digest;
}

/** `arn:aws:ecr:eu-west-1:123456789012:repository/team/app/sha256:…`, as Inspector and Security Hub write it. */
export const imageArn = (image: ImageReference): string =>
  `arn:${image.partition}:ecr:${image.region}:${image.account}:repository/${image.repository}/${image.digest}`;

/** `123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app@sha256:…`, as a container runtime pulls it. */
export const imageUri = (image: ImageReference): string => `${registryHost(image)}/${image.repository}@${image.digest}`;

/** `arn:aws:ecr:eu-west-1:123456789012:repository/team/app`. */
export const repositoryArn = ({ partition, region, account, repository }: Omit<ImageReference, 'digest'>): string =>
  `arn:${partition}:ecr:${region}:${account}:repository/${repository}`;

/** The registry's host: `123456789012.dkr.ecr.eu-west-1.amazonaws.com`. */
export const registryHost = ({
  partition,
  region,
  account,
}: Pick<ImageReference, 'partition' | 'region' | 'account'>): string =>
  `${account}.dkr.ecr.${region}.${partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'}`;
