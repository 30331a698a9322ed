/** The limits that the model of ECR's API states for the operations offered here. */
import {
  ArtifactStatusFilter,
  ImageStatusFilter,
  ImageTagMutability,
  ImageTagMutabilityExclusionFilterType,
  type PutImageTagMutabilityRequest,
  ScanFrequency,
  ScanningRepositoryFilterType,
  ScanType,
  TagStatus,
} from '@aws-sdk/client-ecr';
import {
  type ConstraintTable,
  type CrossRule,
  items,
  length,
  oneOf,
  pattern,
  range,
} from '../../endpoint/constraints.ts';

const MAX_MANIFEST_CHARACTERS = 4_194_304;
const NAME = [length(2, 256), pattern(/^[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*(\/[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*)*$/)];
const TAG = length(1, 300);
const PAGE = { maxResults: range(1, 1000) };
const REPOSITORY = { registryId: pattern(/^[0-9]{12}$/), repositoryName: NAME };
const IMAGE = { ...REPOSITORY, 'imageId.imageTag': TAG };
const IMAGES = { ...REPOSITORY, imageIds: items(1, 100), 'imageIds[].imageTag': TAG };
const FILTER = { 'filter.tagStatus': oneOf(TagStatus), 'filter.imageStatus': oneOf(ImageStatusFilter) };
const MUTABILITY = {
  imageTagMutability: oneOf(ImageTagMutability),
  imageTagMutabilityExclusionFilters: items(1, 5),
  'imageTagMutabilityExclusionFilters[].filterType': oneOf(ImageTagMutabilityExclusionFilterType),
  'imageTagMutabilityExclusionFilters[].filter': [length(1, 128), pattern(/^[0-9a-zA-Z._*-]*$/)],
};

/** Filters belong to the two modes with exclusion, and to no other. */
const exclusionsFit: CrossRule = ({
  imageTagMutability: mode = 'MUTABLE',
  imageTagMutabilityExclusionFilters: filters,
}: Partial<PutImageTagMutabilityRequest>) =>
  mode.endsWith('_WITH_EXCLUSION') === (filters !== undefined)
    ? undefined
    : `imageTagMutabilityExclusionFilters do not go with the imageTagMutability ${mode}`;

interface NamesOrPages {
  readonly imageIds?: unknown;
  readonly repositoryNames?: unknown;
  readonly maxResults?: unknown;
  readonly nextToken?: unknown;
}

/** What is named is answered whole. */
const noPagesOfNamed: CrossRule = ({ imageIds, repositoryNames, maxResults, nextToken }: NamesOrPages) =>
  (imageIds ?? repositoryNames) !== undefined && (maxResults ?? nextToken) !== undefined
    ? 'maxResults and nextToken cannot be used when the members of the answer are named'
    : undefined;

export const ECR_CONSTRAINTS: ConstraintTable = {
  BatchCheckLayerAvailability: {
    members: { ...REPOSITORY, layerDigests: items(1, 100), 'layerDigests[]': length(0, 1000) },
  },
  BatchDeleteImage: { members: IMAGES },
  BatchGetImage: { members: { ...IMAGES, acceptedMediaTypes: items(1, 100) } },
  BatchGetRepositoryScanningConfiguration: { members: { repositoryNames: items(1, 25), 'repositoryNames[]': NAME } },
  CreateRepository: { members: { ...REPOSITORY, ...MUTABILITY }, together: [exclusionsFit] },
  DeleteRepository: { members: REPOSITORY },
  DescribeImages: { members: { ...IMAGES, ...PAGE, ...FILTER }, together: [noPagesOfNamed] },
  DescribeImageScanFindings: { members: { ...IMAGE, ...PAGE } },
  DescribeRepositories: {
    members: { registryId: REPOSITORY.registryId, repositoryNames: items(1, 100), 'repositoryNames[]': NAME, ...PAGE },
    together: [noPagesOfNamed],
  },
  GetAuthorizationToken: { members: { registryIds: items(1, 10), 'registryIds[]': REPOSITORY.registryId } },
  GetDownloadUrlForLayer: { members: { ...REPOSITORY, layerDigest: pattern(/^[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+$/) } },
  ListImageReferrers: {
    members: {
      ...REPOSITORY,
      'filter.artifactTypes': items(0, 5),
      'filter.artifactTypes[]': length(1, 255),
      'filter.artifactStatus': oneOf(ArtifactStatusFilter),
      maxResults: range(1, 50),
    },
  },
  ListImages: { members: { ...REPOSITORY, ...PAGE, ...FILTER } },
  PutImage: { members: { ...REPOSITORY, imageManifest: length(1, MAX_MANIFEST_CHARACTERS), imageTag: TAG } },
  PutImageScanningConfiguration: { members: REPOSITORY },
  PutImageTagMutability: { members: { ...REPOSITORY, ...MUTABILITY }, together: [exclusionsFit] },
  PutRegistryScanningConfiguration: {
    members: {
      scanType: oneOf(ScanType),
      rules: items(0, 2),
      'rules[].scanFrequency': oneOf(ScanFrequency),
      'rules[].repositoryFilters': items(0, 100),
      'rules[].repositoryFilters[].filter': [length(1, 255), pattern(/^[a-z0-9*]+(?:[._\-/][a-z0-9*]+)*$/)],
      'rules[].repositoryFilters[].filterType': oneOf(ScanningRepositoryFilterType),
    },
  },
  StartImageScan: { members: IMAGE },
};
