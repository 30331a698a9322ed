/** Where ECR keeps a blob: an address that is good for an hour. */
import {
  type ECRClient,
  GetDownloadUrlForLayerCommand,
  LayersNotFoundException,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { SekishoError } from '../base/errors.ts';
import { type Digest, shortDigest } from '../image/digest.ts';
import type { ImageReference } from '../image/image-reference.ts';
import { errorFromAws } from './error-from-aws.ts';

/** Throws IMAGE_NOT_FOUND and the AWS_* codes. */
export const blobAddress = async (ecr: ECRClient, image: ImageReference, digest: Digest): Promise<string> => {
  const { downloadUrl } = await ecr
    .send(
      new GetDownloadUrlForLayerCommand({
        registryId: image.account,
        repositoryName: image.repository,
        layerDigest: digest,
      }),
    )
    .catch((thrown: unknown) => {
      if (thrown instanceof LayersNotFoundException) throw notFound(image, thrown, `blob ${shortDigest(digest)}`);
      if (saysNotThere(thrown)) throw notFound(image, thrown);
      throw errorFromAws(thrown, 'Asking ECR where a blob is');
    });
  if (downloadUrl === undefined) throw new SekishoError('AWS_UNAVAILABLE', 'ECR gave no address for a blob.');
  return downloadUrl;
};

/** `what`: that is not there; absent: the image itself. */
export const notFound = (
  image: ImageReference,
  cause?: unknown,
  what = `image ${shortDigest(image.digest)}`,
): SekishoError =>
  new SekishoError(
    'IMAGE_NOT_FOUND',
    `The registry of ${image.account} in ${image.region} has no ${what} in ${image.repository}.`,
    { cause },
  );

export const saysNotThere = (thrown: unknown): boolean =>
  thrown instanceof RepositoryNotFoundException || thrown instanceof LayersNotFoundException;
