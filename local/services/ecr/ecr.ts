/** ECR's control plane: the API's view of what the OCI registry holds. */
import { randomUUID } from 'node:crypto';
import * as schemas from '@aws-sdk/client-ecr';
import { isDigest } from '../../../shared/image/digest.ts';
import { AwsError } from '../../endpoint/aws-error.ts';
import type { Checked, LocalService } from '../../endpoint/local-service.ts';
import { type EcrScope, INVALID, imagesOf } from './ecr-scope.ts';
import { batchDeleteImage, batchGetImage, describeImages, listImages } from './images.ts';
import { createRepository, describeRepositories } from './repositories.ts';

const TOKEN_LIFETIME_MS = 12 * 60 * 60 * 1000;

const downloadUrl = (
  scope: EcrScope,
  input: Checked<schemas.GetDownloadUrlForLayerRequest>,
): schemas.GetDownloadUrlForLayerResponse => {
  imagesOf(scope, input);
  const { repositoryName, layerDigest } = input;
  if (!isDigest(layerDigest) || !scope.store.hasBlob(repositoryName, layerDigest)) {
    throw new AwsError('LayersNotFoundException', `The repository has no layer ${layerDigest}`);
  }
  return { layerDigest, downloadUrl: `http://${scope.host()}/v2/${repositoryName}/blobs/${layerDigest}` };
};

const authorizationToken = ({ clock, host }: EcrScope): schemas.GetAuthorizationTokenResponse => ({
  authorizationData: [
    {
      authorizationToken: Buffer.from(`AWS:${randomUUID()}`).toString('base64'),
      expiresAt: new Date(clock.now().getTime() + TOKEN_LIFETIME_MS),
      proxyEndpoint: `http://${host()}`,
    },
  ],
});

export const createEcr = (scope: EcrScope): LocalService => ({
  name: 'ecr',
  client: { schemas, config: new schemas.ECRClient({ region: scope.region }).config },
  invalidInputCode: INVALID,
  handlers: {
    DescribeRepositories: (input: Checked<schemas.DescribeRepositoriesRequest>) => describeRepositories(scope, input),
    CreateRepository: (input: Checked<schemas.CreateRepositoryRequest>) => createRepository(scope, input),
    DescribeImages: (input: Checked<schemas.DescribeImagesRequest>) => describeImages(scope, input),
    ListImages: (input: Checked<schemas.ListImagesRequest>) => listImages(scope, input),
    BatchGetImage: (input: Checked<schemas.BatchGetImageRequest>) => batchGetImage(scope, input),
    BatchDeleteImage: (input: Checked<schemas.BatchDeleteImageRequest>) => batchDeleteImage(scope, input),
    GetDownloadUrlForLayer: (input: Checked<schemas.GetDownloadUrlForLayerRequest>) => downloadUrl(scope, input),
    GetAuthorizationToken: () => authorizationToken(scope),
  },
});
