/** What ECR calls need: most act on a repository, which may be in the registry of another account. */
import { textsAt } from '../../services/values-at.ts';
import { arnOf, type OperationTable, type Place, type RequiredBy, sameFor, textAt } from './required.ts';

const repositoryArn = (name: string, input: object | undefined, place: Place): string =>
  arnOf('ecr', { ...place, account: textAt(input, 'registryId') ?? place.account }, `repository/${name}`);

const repositoryOf = (input: object | undefined, place: Place): readonly string[] => [
  repositoryArn(textAt(input, 'repositoryName') ?? '*', input, place),
];

/** Tags at creation need the right to tag as well. */
const createRepository: RequiredBy = (input, place) => {
  const actions = textAt(input, 'tags.Key') === undefined ? ['CreateRepository'] : ['CreateRepository', 'TagResource'];
  return actions.flatMap((action) =>
    repositoryOf(input, place).map((resource) => ({ action: `ecr:${action}`, resource })),
  );
};

const ON_REPOSITORY = [
  'BatchCheckLayerAvailability',
  'BatchDeleteImage',
  'BatchGetImage',
  'CompleteLayerUpload',
  'DeleteRepository',
  'DescribeImageScanFindings',
  'DescribeImages',
  'GetDownloadUrlForLayer',
  'GetLifecyclePolicy',
  'GetRepositoryPolicy',
  'InitiateLayerUpload',
  'ListImageReferrers',
  'ListImages',
  'PutImage',
  'PutImageScanningConfiguration',
  'PutImageTagMutability',
  'SetRepositoryPolicy',
  'StartImageScan',
  'UploadLayerPart',
];

export const ECR: OperationTable = {
  ...sameFor('ecr', ON_REPOSITORY, repositoryOf),
  ...sameFor('ecr', ['ListTagsForResource', 'TagResource', 'UntagResource'], (input) => [
    textAt(input, 'resourceArn') ?? '*',
  ]),
  CreateRepository: createRepository,
  ...sameFor('ecr', ['DescribeRepositories'], (input, place) => {
    const names = textsAt(input, 'repositoryNames');
    return (names.length === 0 ? ['*'] : names).map((name) => repositoryArn(name, input, place));
  }),
};
