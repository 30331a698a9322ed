/** ECR's view of the images in a repository. */
import type {
  DescribeImagesRequest,
  DescribeImagesResponse,
  ImageDetail,
  ImageIdentifier,
  ListImagesRequest,
  ListImagesResponse,
} from '@aws-sdk/client-ecr';
import type { Checked } from '../../endpoint/local-service.ts';
import type { StoredImage } from '../../registry/stored-image.ts';
import { pageOf } from '../page.ts';
import { type EcrScope, INVALID, imagesOf, PAGE } from './ecr-scope.ts';
import { requireImage } from './image-id.ts';

type Filter = Checked<DescribeImagesRequest>['filter'];

/** No image is ever archived here. */
const ACTIVE = 'ACTIVE';

const fits = ({ tags }: StoredImage, { tagStatus = 'ANY', imageStatus = ACTIVE }: NonNullable<Filter> = {}): boolean =>
  (tagStatus === 'ANY' || (tagStatus === 'TAGGED') === tags.length > 0) &&
  (imageStatus === 'ANY' || imageStatus === ACTIVE);

/** Without status and summary of a scan: since basic scanning is AWS's own, only DescribeImageScanFindings has them. */
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
  imageStatus: ACTIVE,
});

export const describeImages = (scope: EcrScope, input: Checked<DescribeImagesRequest>): DescribeImagesResponse => {
  const images = imagesOf(scope, input);
  const { repositoryName, imageIds, filter, maxResults = PAGE, nextToken } = input;
  const detail = (image: StoredImage): ImageDetail => detailFrom(scope.account, repositoryName, image);
  if (imageIds !== undefined) {
    const found = new Set(imageIds.map((id) => requireImage(images, id, repositoryName)));
    return { imageDetails: [...found].filter((image) => fits(image, filter)).map(detail) };
  }
  const listed = images.filter((image) => fits(image, filter));
  const page = pageOf(listed, maxResults, nextToken, INVALID);
  return { imageDetails: page.items.map(detail), nextToken: page.nextToken };
};

export const listImages = (scope: EcrScope, input: Checked<ListImagesRequest>): ListImagesResponse => {
  const ids = imagesOf(scope, input)
    .filter((image) => fits(image, input.filter))
    .flatMap(({ digest: imageDigest, tags }): ImageIdentifier[] =>
      tags.length === 0 ? [{ imageDigest }] : tags.map((imageTag) => ({ imageDigest, imageTag })),
    );
  const { items, nextToken } = pageOf(ids, input.maxResults ?? PAGE, input.nextToken, INVALID);
  return { imageIds: items, nextToken };
};
