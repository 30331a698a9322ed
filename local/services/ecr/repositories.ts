/** ECR's repositories: those that were pushed to, and those that were created. */
import type {
  CreateRepositoryRequest,
  CreateRepositoryResponse,
  DeleteRepositoryRequest,
  DeleteRepositoryResponse,
  DescribeRepositoriesRequest,
  DescribeRepositoriesResponse,
  PutImageTagMutabilityRequest,
  PutImageTagMutabilityResponse,
  Repository,
} from '@aws-sdk/client-ecr';
import { AwsError } from '../../endpoint/aws-error.ts';
import type { Checked } from '../../endpoint/local-service.ts';
import type { StoredRepository } from '../../registry/registry-store.ts';
import type { TagMutability } from '../../registry/tag-mutability.ts';
import { pageOf } from '../page.ts';
import { type EcrScope, INVALID, imagesOf, PAGE, repositoryArn, requireRepository } from './ecr-scope.ts';
import type { EcrState } from './ecr-state.ts';
import { withTags } from './repository-tags.ts';

type MutabilityInput = Pick<
  Checked<PutImageTagMutabilityRequest>,
  'imageTagMutability' | 'imageTagMutabilityExclusionFilters'
>;

const mutabilityFrom = (input: Partial<MutabilityInput>): TagMutability => ({
  mode: input.imageTagMutability ?? 'MUTABLE',
  exclusions: (input.imageTagMutabilityExclusionFilters ?? []).map(({ filter }) => filter),
});

const mutabilityMembers = ({ mode, exclusions }: TagMutability): Partial<PutImageTagMutabilityRequest> => ({
  imageTagMutability: mode,
  ...(exclusions.length > 0 && {
    imageTagMutabilityExclusionFilters: exclusions.map((filter) => ({ filterType: 'WILDCARD', filter })),
  }),
});

const repositoryFrom = (
  scope: EcrScope,
  state: EcrState,
  { name, createdAt, tagMutability }: StoredRepository,
): Repository => ({
  repositoryArn: repositoryArn(scope, name),
  registryId: scope.account,
  repositoryName: name,
  repositoryUri: `${scope.host()}/${name}`,
  createdAt,
  ...mutabilityMembers(tagMutability),
  imageScanningConfiguration: { scanOnPush: state.scannedOnPush.has(name) },
  encryptionConfiguration: { encryptionType: 'AES256' },
});

export const describeRepositories = (
  scope: EcrScope,
  state: EcrState,
  { registryId, repositoryNames, maxResults = PAGE, nextToken }: Checked<DescribeRepositoriesRequest>,
): DescribeRepositoriesResponse => {
  const describe = (repository: StoredRepository): Repository => repositoryFrom(scope, state, repository);
  if (repositoryNames !== undefined) {
    const named = repositoryNames.map((name) => requireRepository(scope, name, registryId));
    return { repositories: named.map(describe) };
  }
  const all = (registryId ?? scope.account) === scope.account ? scope.store.repositories() : [];
  const page = pageOf(all, maxResults, nextToken, INVALID);
  return { repositories: page.items.map(describe), nextToken: page.nextToken };
};

export const createRepository = (
  scope: EcrScope,
  state: EcrState,
  input: Checked<CreateRepositoryRequest>,
): CreateRepositoryResponse => {
  const { repositoryName: name, imageScanningConfiguration, tags } = input;
  const given = withTags(undefined, tags ?? []);
  if (!scope.store.createRepository(name, mutabilityFrom(input))) {
    throw new AwsError(
      'RepositoryAlreadyExistsException',
      `The repository with name '${name}' already exists in the registry with id '${scope.account}'`,
    );
  }
  if (imageScanningConfiguration?.scanOnPush) state.scannedOnPush.add(name);
  state.tags.set(name, given);
  return { repository: repositoryFrom(scope, state, requireRepository(scope, name)) };
};

export const deleteRepository = (
  scope: EcrScope,
  state: EcrState,
  { registryId, repositoryName: name, force = false }: Checked<DeleteRepositoryRequest>,
): DeleteRepositoryResponse => {
  const repository = repositoryFrom(scope, state, requireRepository(scope, name, registryId));
  if (!force && imagesOf(scope, { repositoryName: name }).length > 0) {
    throw new AwsError(
      'RepositoryNotEmptyException',
      `The repository with name '${name}' in registry with id '${scope.account}' still contains images`,
    );
  }
  scope.store.deleteRepository(name);
  state.scannedOnPush.delete(name);
  state.tags.delete(name);
  return { repository };
};

export const putImageTagMutability = (
  scope: EcrScope,
  input: Checked<PutImageTagMutabilityRequest>,
): PutImageTagMutabilityResponse => {
  const { repositoryName } = input;
  requireRepository(scope, repositoryName, input.registryId);
  const mutability = mutabilityFrom(input);
  scope.store.setTagMutability(repositoryName, mutability);
  return { registryId: scope.account, repositoryName, ...mutabilityMembers(mutability) };
};
