/** Names of images and repositories in ECR, as findings (ARNs) and task definitions (pull URIs) write them. */
import { type Digest, parseDigest } from './digest.ts';
import type { ImageReference } from './image-reference.ts';

export type RepositoryReference = Omit<ImageReference, 'digest'>;

export interface ImageUri extends RepositoryReference {
  readonly tag?: string;
  readonly digest?: Digest;
}

const ARN = /^arn:(aws[a-z-]{0,20}):ecr:([a-z0-9-]{5,30}):(\d{12}):repository\/(.+)$/;
/** With the FIPS endpoints (`dkr.ecr-fips`) and the dual-stack ones (`dkr-ecr.REGION.on.aws`). */
const REGISTRY =
  /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]{5,30})\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|on\.aws)\/(.+)$/;
const TAG = /^\w[\w.-]{0,127}$/;
/** ECR's own rule: 2 to 256 characters of words joined by `.`, `_`, `-` and `/`. */
const REPOSITORY = /^[a-z0-9][a-z0-9._/-]{1,255}$/;

/** `arn:aws:ecr:eu-west-1:123456789012:repository/team/app`; undefined for anything else, image ARNs among them. */
export const parseRepositoryArn = (arn: string): RepositoryReference | undefined => {
  const [, partition = '', region = '', account = '', repository = ''] = ARN.exec(arn) ?? [];
  return REPOSITORY.test(repository) ? { partition, region, account, repository } : undefined;
};

/** `arn:aws:ecr:eu-west-1:123456789012:repository/team/app/sha256:…`; undefined for anything else. */
export const parseImageArn = (arn: string): ImageReference | undefined => {
  const slash = arn.lastIndexOf('/');
  const digest = parseDigest(arn.slice(slash + 1));
  const repository = parseRepositoryArn(arn.slice(0, Math.max(0, slash)));
  return repository && digest && { ...repository, digest };
};

/**
 * `123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app:1.2@sha256:…`, with a tag, a digest, both or neither;
 * undefined for anything else, images of other registries among them.
 */
export const parseImageUri = (uri: string): ImageUri | undefined => {
  const [, account = '', region = '', name = ''] = REGISTRY.exec(uri) ?? [];
  const [tagged = '', digestText, ...more] = name.split('@');
  const [repository = '', tag, ...others] = tagged.split(':');
  const digest = parseDigest(digestText);
  if (!REPOSITORY.test(repository) || more.length > 0 || others.length > 0) return undefined;
  if ((tag !== undefined && !TAG.test(tag)) || (digestText !== undefined && digest === undefined)) return undefined;
  return {
    account,
    region,
    partition: partitionOf(region),
    repository,
    ...(tag && { tag }),
    ...(digest && { digest }),
  };
};

const PARTITIONS = [
  ['cn-', 'aws-cn'],
  ['us-gov-', 'aws-us-gov'],
  ['eusc-', 'aws-eusc'],
] as const;

export const partitionOf = (region: string): string =>
  PARTITIONS.find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'aws';
