/** Which image an ECR image id means: by digest, by tag, or by both when they agree. */
import type { ImageFailureCode, ImageIdentifier } from '@aws-sdk/client-ecr';
import { isDigest } from '../../../shared/image/digest.ts';
import { AwsError } from '../../endpoint/aws-error.ts';
import type { Checked } from '../../endpoint/local-service.ts';
import type { StoredImage } from '../../registry/stored-image.ts';
import { INVALID } from './ecr-scope.ts';

export type ImageId = Checked<ImageIdentifier>;

export interface IdProblem {
  readonly code: ImageFailureCode;
  readonly reason: string;
}

const NOT_FOUND: IdProblem = { code: 'ImageNotFound', reason: 'Requested image not found' };

const matching = (
  images: readonly StoredImage[],
  imageDigest: string | undefined,
  imageTag: string | undefined,
): StoredImage | IdProblem => {
  if (imageDigest === undefined) {
    if (imageTag === undefined) return { code: 'MissingDigestAndTag', reason: 'Neither a digest nor a tag is given' };
    return images.find(({ tags }) => tags.includes(imageTag)) ?? NOT_FOUND;
  }
  if (!isDigest(imageDigest)) {
    return { code: 'InvalidImageDigest', reason: 'Invalid request parameters: image digest should satisfy the regex' };
  }
  const image = images.find(({ digest }) => digest === imageDigest);
  if (image === undefined || imageTag === undefined || image.tags.includes(imageTag)) return image ?? NOT_FOUND;
  return { code: 'ImageTagDoesNotMatchDigest', reason: 'The tag is not on the image with this digest' };
};

/** An image of a media type that the caller does not accept counts as not found. */
export const lookUpImage = (
  images: readonly StoredImage[],
  id: ImageId,
  acceptedMediaTypes?: readonly string[],
): StoredImage | IdProblem => {
  const image = matching(images, id.imageDigest, id.imageTag);
  if ('code' in image || acceptedMediaTypes === undefined) return image;
  return acceptedMediaTypes.includes(image.parsed.mediaType) ? image : NOT_FOUND;
};

/** Throws ImageNotFoundException, or InvalidParameterException for an id that can be no image's. */
export const requireImage = (images: readonly StoredImage[], id: ImageId, repositoryName: string): StoredImage => {
  const image = lookUpImage(images, id);
  if (!('code' in image)) return image;
  if (image.code === 'MissingDigestAndTag' || image.code === 'InvalidImageDigest') {
    throw new AwsError(INVALID, image.reason);
  }
  throw new AwsError(
    'ImageNotFoundException',
    `The image with imageId ${JSON.stringify(id)} does not exist within the repository with name '${repositoryName}'`,
  );
};
