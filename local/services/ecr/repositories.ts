/** ECR's repositories: those that were pushed to, and those that were created. */
import type {
  CreateRepositoryRequest,
  CreateRepositoryResponse,
  DescribeRepositoriesRequest,
  DescribeRepositoriesResponse,
  Repository,
} from '@aws-sdk/client-ecr';
import { AwsError } from '../../endpoint/aws-error.ts';
import type { Checked } from '../../endpoint/local-service.ts';
import { isRepositoryName } from '../../registry/names.ts';
import { pageOf, pageSize } from '../page.ts';
import { type EcrScope, INVALID, MAX_PAGE, repositoryNotFound } from './ecr-scope.ts';

const repositoryFrom = ({ account, region, host }: EcrScope, name: string, createdAt: Date): Repository => ({
  repositoryArn: `arn:aws:ecr:${region}:${account}:repository/${name}`,
  registryId: account,
  repositoryName: name,
  repositoryUri: `${host()}/${name}`,
  createdAt,
  imageTagMutability: 'MUTABLE',
});

export const describeRepositories = (
  scope: EcrScope,
  input: Checked<DescribeRepositoriesRequest>,
): DescribeRepositoriesResponse => {
  const { registryId = scope.account, repositoryNames: wanted } = input;
  const all = registryId === scope.account ? scope.store.repositories() : [];
  const missing = wanted?.find((name) => !all.some((repository) => repository.name === name));
  if (missing !== undefined) throw repositoryNotFound(missing, registryId);
  const chosen = all.filter(({ name }) => wanted === undefined || wanted.includes(name));
  const size = pageSize(input.maxResults, MAX_PAGE, INVALID);
  const { items, nextToken } = pageOf(chosen, size, input.nextToken, INVALID);
  return { repositories: items.map(({ name, createdAt }) => repositoryFrom(scope, name, createdAt)), nextToken };
};

export const createRepository = (
  scope: EcrScope,
  { repositoryName }: Checked<CreateRepositoryRequest>,
): CreateRepositoryResponse => {
  if (!isRepositoryName(repositoryName)) {
    throw new AwsError(INVALID, `Invalid parameter at 'repositoryName': ${repositoryName}`);
  }
  if (!scope.store.createRepository(repositoryName)) {
    throw new AwsError(
      'RepositoryAlreadyExistsException',
      `The repository with name '${repositoryName}' already exists in the registry with id '${scope.account}'`,
    );
  }
  return { repository: repositoryFrom(scope, repositoryName, scope.clock.now()) };
};
