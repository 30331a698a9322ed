/** ECR's view of the images in a repository. */
import type {
  BatchDeleteImageRequest,
  BatchDeleteImageResponse,
  BatchGetImageRequest,
  BatchGetImageResponse,
  DescribeImagesRequest,
  DescribeImagesResponse,
  Image,
  ImageDetail,
  ImageFailure,
  ImageIdentifier,
  ListImagesRequest,
  ListImagesResponse,
} from '@aws-sdk/client-ecr';
import { AwsError } from '../../endpoint/aws-error.ts';
import type { Checked } from '../../endpoint/local-service.ts';
import type { StoredImage } from '../../registry/registry-store.ts';
import { pageOf, pageSize } from '../page.ts';
import { type EcrScope, INVALID, imagesOf, MAX_PAGE } from './ecr-scope.ts';
import { type IdProblem, lookUpImage } from './image-id.ts';

type ImageId = Checked<ImageIdentifier>;

const MAX_IMAGE_IDS = 100;

const checkIdCount = (ids: readonly ImageId[]): void => {
  if (ids.length < 1 || ids.length > MAX_IMAGE_IDS) {
    throw new AwsError(INVALID, `imageIds has 1 to ${MAX_IMAGE_IDS} members, not ${ids.length}.`);
  }
};

const failureFrom = (imageId: ImageId, { code, reason }: IdProblem): ImageFailure => ({
  imageId,
  failureCode: code,
  failureReason: reason,
});

const hasTagStatus = ({ tags }: StoredImage, status: string | undefined): boolean =>
  status === undefined || status === 'ANY' || (status === 'TAGGED') === tags.length > 0;

const detailFrom = (registryId: string, repositoryName: string, image: StoredImage): ImageDetail => ({
  registryId,
  repositoryName,
  imageDigest: image.digest,
  imageTags: image.tags.length > 0 ? [...image.tags] : undefined,
  imageSizeInBytes: image.sizeInBytes,
  imagePushedAt: image.pushedAt,
  imageManifestMediaType: image.parsed.mediaType,
  artifactMediaType: image.parsed.artifactMediaType,
  subjectManifestDigest: image.parsed.subject,
  imageStatus: 'ACTIVE',
});

const requireImage = (images: readonly StoredImage[], id: ImageId, repositoryName: string): StoredImage => {
  const image = lookUpImage(images, id);
  if (!('code' in image)) return image;
  throw new AwsError(
    'ImageNotFoundException',
    `The image with imageId ${JSON.stringify(id)} does not exist within the repository with name '${repositoryName}'`,
  );
};

export const describeImages = (scope: EcrScope, input: Checked<DescribeImagesRequest>): DescribeImagesResponse => {
  const images = imagesOf(scope, input);
  const { repositoryName, imageIds } = input;
  if (imageIds !== undefined) {
    checkIdCount(imageIds);
    const found = new Set(imageIds.map((id) => requireImage(images, id, repositoryName)));
    return { imageDetails: [...found].map((image) => detailFrom(scope.account, repositoryName, image)) };
  }
  const listed = images.filter((image) => hasTagStatus(image, input.filter?.tagStatus));
  const size = pageSize(input.maxResults, MAX_PAGE, INVALID);
  const { items, nextToken } = pageOf(listed, size, input.nextToken, INVALID);
  return { imageDetails: items.map((image) => detailFrom(scope.account, repositoryName, image)), nextToken };
};

export const listImages = (scope: EcrScope, input: Checked<ListImagesRequest>): ListImagesResponse => {
  const ids = imagesOf(scope, input)
    .filter((image) => hasTagStatus(image, input.filter?.tagStatus))
    .flatMap(({ digest: imageDigest, tags }): ImageIdentifier[] =>
      tags.length === 0 ? [{ imageDigest }] : tags.map((imageTag) => ({ imageDigest, imageTag })),
    );
  const { items, nextToken } = pageOf(ids, pageSize(input.maxResults, MAX_PAGE, INVALID), input.nextToken, INVALID);
  return { imageIds: items, nextToken };
};

export const batchGetImage = (scope: EcrScope, input: Checked<BatchGetImageRequest>): BatchGetImageResponse => {
  const stored = imagesOf(scope, input);
  checkIdCount(input.imageIds);
  const images: Image[] = [];
  const failures: ImageFailure[] = [];
  for (const id of input.imageIds) {
    const image = lookUpImage(stored, id, input.acceptedMediaTypes);
    if ('code' in image) failures.push(failureFrom(id, image));
    else {
      images.push({
        registryId: scope.account,
        repositoryName: input.repositoryName,
        imageId: { imageDigest: image.digest, imageTag: id.imageTag },
        imageManifest: image.manifest.toString('utf8'),
        imageManifestMediaType: image.parsed.mediaType,
      });
    }
  }
  return { images, failures };
};

export const batchDeleteImage = (
  scope: EcrScope,
  input: Checked<BatchDeleteImageRequest>,
): BatchDeleteImageResponse => {
  imagesOf(scope, input);
  checkIdCount(input.imageIds);
  const imageIds: ImageIdentifier[] = [];
  const failures: ImageFailure[] = [];
  for (const id of input.imageIds) {
    const image = lookUpImage(imagesOf(scope, input), id);
    if ('code' in image) failures.push(failureFrom(id, image));
    else if (scope.store.deleteImage(input.repositoryName, id.imageTag ?? image.digest) === 'in-index') {
      const reason = 'Requested image referenced by manifest list';
      failures.push(failureFrom(id, { code: 'ImageReferencedByManifestList', reason }));
    } else imageIds.push({ imageDigest: image.digest, imageTag: id.imageTag });
  }
  return { imageIds, failures };
};
