/** Whose registry ECR's operations work on, and what they may find in it. */
import type { Clock } from '../../../shared/base/clock.ts';
import { AwsError } from '../../endpoint/aws-error.ts';
import type { RegistryStore, StoredRepository } from '../../registry/registry-store.ts';
import type { StoredImage } from '../../registry/stored-image.ts';
import type { EventBridgeOptions } from '../event-bridge.ts';

export interface EcrScope {
  readonly clock: Clock;
  readonly account: string;
  readonly region: string;
  readonly store: RegistryStore;
  /** Host and port under which clients reach the registry. */
  readonly host: () => string;
  /** Takes what ECR says of its scans to the bus; without it, nobody is told. */
  readonly putEvent?: EventBridgeOptions['putEvent'];
}

export interface InRepository {
  readonly registryId?: string;
  readonly repositoryName: string;
}

/** The service's code for a parameter outside its limits. */
export const INVALID = 'InvalidParameterException';
/** Results on a page where the caller does not say how many. */
export const PAGE = 100;

export const repositoryNotFound = (name: string, registry: string): AwsError =>
  new AwsError(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${registry}'`,
  );

/** There is one registry, that of the own account; throws RepositoryNotFoundException. */
export const imagesOf = (
  { account, store }: EcrScope,
  { registryId = account, repositoryName }: InRepository,
): readonly StoredImage[] => {
  const images = registryId === account ? store.images(repositoryName) : undefined;
  if (images === undefined) throw repositoryNotFound(repositoryName, registryId);
  return images;
};

/** Throws RepositoryNotFoundException. */
export const requireRepository = (
  { account, store }: EcrScope,
  name: string,
  registryId = account,
): StoredRepository => {
  const repository = registryId === account ? store.repository(name) : undefined;
  if (repository === undefined) throw repositoryNotFound(name, registryId);
  return repository;
};

export const repositoryArn = ({ account, region }: EcrScope, name: string): string =>
  `arn:aws:ecr:${region}:${account}:repository/${name}`;
