/** Images got and deleted by the batch: what fails is said one by one. */
import type {
  BatchDeleteImageRequest,
  BatchDeleteImageResponse,
  BatchGetImageRequest,
  BatchGetImageResponse,
  Image,
  ImageFailure,
  ImageIdentifier,
} from '@aws-sdk/client-ecr';
import type { Checked } from '../../endpoint/local-service.ts';
import { type EcrScope, imagesOf } from './ecr-scope.ts';
import { type IdProblem, type ImageId, lookUpImage } from './image-id.ts';

const failureFrom = (imageId: ImageId, { code, reason }: IdProblem): ImageFailure => ({
  imageId,
  failureCode: code,
  failureReason: reason,
});

export const batchGetImage = (scope: EcrScope, input: Checked<BatchGetImageRequest>): BatchGetImageResponse => {
  const stored = imagesOf(scope, input);
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
