/** The layers of a repository: which are there, and where to get them. */
import type {
  BatchCheckLayerAvailabilityRequest,
  BatchCheckLayerAvailabilityResponse,
  GetDownloadUrlForLayerRequest,
  GetDownloadUrlForLayerResponse,
  Layer,
  LayerFailure,
} from '@aws-sdk/client-ecr';
import { type Digest, isDigest } from '../../../shared/image/digest.ts';
import { AwsError } from '../../endpoint/aws-error.ts';
import type { Checked } from '../../endpoint/local-service.ts';
import type { StoredImage } from '../../registry/stored-image.ts';
import { type EcrScope, imagesOf } from './ecr-scope.ts';

export const getDownloadUrlForLayer = (
  scope: EcrScope,
  input: Checked<GetDownloadUrlForLayerRequest>,
): GetDownloadUrlForLayerResponse => {
  imagesOf(scope, input);
  const { repositoryName, layerDigest } = input;
  if (!isDigest(layerDigest) || scope.store.blobSize(repositoryName, layerDigest) === undefined) {
    throw new AwsError('LayersNotFoundException', `The repository has no layer ${layerDigest}`);
  }
  return { layerDigest, downloadUrl: `http://${scope.host()}/v2/${repositoryName}/blobs/${layerDigest}` };
};

/** A blob has a media type by the manifests that name it, and none before the first of them is pushed. */
const mediaTypeOf = (images: readonly StoredImage[], layer: Digest): string | undefined =>
  images.flatMap(({ parsed }) => parsed.blobs).find(({ digest }) => digest === layer)?.mediaType;

export const batchCheckLayerAvailability = (
  scope: EcrScope,
  input: Checked<BatchCheckLayerAvailabilityRequest>,
): BatchCheckLayerAvailabilityResponse => {
  const images = imagesOf(scope, input);
  const layers: Layer[] = [];
  const failures: LayerFailure[] = [];
  for (const layerDigest of input.layerDigests) {
    if (!isDigest(layerDigest)) {
      const failureCode = layerDigest === '' ? 'MissingLayerDigest' : 'InvalidLayerDigest';
      failures.push({ layerDigest, failureCode, failureReason: 'The layer digest is no sha256 digest' });
      continue;
    }
    const layerSize = scope.store.blobSize(input.repositoryName, layerDigest);
    layers.push(
      layerSize === undefined
        ? { layerDigest, layerAvailability: 'UNAVAILABLE' }
        : { layerDigest, layerAvailability: 'AVAILABLE', layerSize, mediaType: mediaTypeOf(images, layerDigest) },
    );
  }
  return { layers, failures };
};
