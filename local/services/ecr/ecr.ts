/** ECR's control plane: the API's view of what the OCI registry holds. */
import { randomUUID } from 'node:crypto';
import * as schemas from '@aws-sdk/client-ecr';
import type { Digest } from '../../../shared/image/digest.ts';
import type { Checked, LocalService } from '../../endpoint/local-service.ts';
import type { ImageAction } from '../../registry/image-action.ts';
import { ECR_CONSTRAINTS } from './ecr-constraints.ts';
import { type EcrScope, INVALID } from './ecr-scope.ts';
import { createEcrState } from './ecr-state.ts';
import { batchDeleteImage, batchGetImage } from './image-batches.ts';
import { listImageReferrers } from './image-referrers.ts';
import { describeImageScanFindings, scanPushed, startImageScan } from './image-scans.ts';
import { describeImages, listImages } from './images.ts';
import { batchCheckLayerAvailability, getDownloadUrlForLayer } from './layers.ts';
import { putImage } from './put-image.ts';
import { createRepository, deleteRepository, describeRepositories, putImageTagMutability } from './repositories.ts';
import { listTagsForResource, tagResource, untagResource } from './repository-tags.ts';
import {
  batchGetRepositoryScanningConfiguration,
  getRegistryScanningConfiguration,
  putImageScanningConfiguration,
  putRegistryScanningConfiguration,
} from './scanning-configuration.ts';

export interface Ecr extends LocalService {
  /** After an image was pushed, and its own event was put: scans it where the registry's rules want that. */
  readonly scanPushed: (action: ImageAction) => Promise<void>;
  /** What basic scans of the image find from now on; nothing until then. */
  readonly provideScanFindings: (digest: Digest, findings: readonly schemas.ImageScanFinding[]) => void;
}

const TOKEN_LIFETIME_MS = 12 * 60 * 60 * 1000;

const authorizationToken = ({ clock, host }: EcrScope): schemas.GetAuthorizationTokenResponse => ({
  authorizationData: [
    {
      authorizationToken: Buffer.from(`AWS:${randomUUID()}`).toString('base64'),
      expiresAt: new Date(clock.now().getTime() + TOKEN_LIFETIME_MS),
      proxyEndpoint: `http://${host()}`,
    },
  ],
});

export const createEcr = (scope: EcrScope): Ecr => {
  const state = createEcrState();
  return {
    name: 'ecr',
    client: { schemas, config: new schemas.ECRClient({ region: scope.region }).config },
    invalidInputCode: INVALID,
    constraints: ECR_CONSTRAINTS,
    handlers: {
      DescribeRepositories: (input: Checked<schemas.DescribeRepositoriesRequest>) =>
        describeRepositories(scope, state, input),
      CreateRepository: (input: Checked<schemas.CreateRepositoryRequest>) => createRepository(scope, state, input),
      DeleteRepository: (input: Checked<schemas.DeleteRepositoryRequest>) => deleteRepository(scope, state, input),
      PutImageTagMutability: (input: Checked<schemas.PutImageTagMutabilityRequest>) =>
        putImageTagMutability(scope, input),
      ListTagsForResource: (input: Checked<schemas.ListTagsForResourceRequest>) =>
        listTagsForResource(scope, state, input),
      TagResource: (input: Checked<schemas.TagResourceRequest>) => tagResource(scope, state, input),
      UntagResource: (input: Checked<schemas.UntagResourceRequest>) => untagResource(scope, state, input),
      DescribeImages: (input: Checked<schemas.DescribeImagesRequest>) => describeImages(scope, input),
      ListImages: (input: Checked<schemas.ListImagesRequest>) => listImages(scope, input),
      ListImageReferrers: (input: Checked<schemas.ListImageReferrersRequest>) => listImageReferrers(scope, input),
      PutImage: (input: Checked<schemas.PutImageRequest>) => putImage(scope, input),
      BatchGetImage: (input: Checked<schemas.BatchGetImageRequest>) => batchGetImage(scope, input),
      BatchDeleteImage: (input: Checked<schemas.BatchDeleteImageRequest>) => batchDeleteImage(scope, input),
      BatchCheckLayerAvailability: (input: Checked<schemas.BatchCheckLayerAvailabilityRequest>) =>
        batchCheckLayerAvailability(scope, input),
      GetDownloadUrlForLayer: (input: Checked<schemas.GetDownloadUrlForLayerRequest>) =>
        getDownloadUrlForLayer(scope, input),
      GetRegistryScanningConfiguration: () => getRegistryScanningConfiguration(scope, state),
      PutRegistryScanningConfiguration: (input: Checked<schemas.PutRegistryScanningConfigurationRequest>) =>
        putRegistryScanningConfiguration(scope, state, input),
      BatchGetRepositoryScanningConfiguration: (
        input: Checked<schemas.BatchGetRepositoryScanningConfigurationRequest>,
      ) => batchGetRepositoryScanningConfiguration(scope, state, input),
      PutImageScanningConfiguration: (input: Checked<schemas.PutImageScanningConfigurationRequest>) =>
        putImageScanningConfiguration(scope, state, input),
      StartImageScan: (input: Checked<schemas.StartImageScanRequest>) => startImageScan(scope, state, input),
      DescribeImageScanFindings: (input: Checked<schemas.DescribeImageScanFindingsRequest>) =>
        describeImageScanFindings(scope, state, input),
      GetAuthorizationToken: () => authorizationToken(scope),
    },
    scanPushed: (action) => scanPushed(scope, state, action),
    provideScanFindings: (digest, findings) => void state.findings.set(digest, findings),
  };
};
