/** The images of any party that speaks ECR, pushed by ECR's own API or by the registry's. */
import { createHash } from 'node:crypto';
import {
  CompleteLayerUploadCommand,
  CreateRepositoryCommand,
  ECRClient,
  InitiateLayerUploadCommand,
  PutImageCommand,
  RepositoryAlreadyExistsException,
  UploadLayerPartCommand,
} from '@aws-sdk/client-ecr';
import { ecrImageSource } from '../../../shared/aws/ecr-image-source.ts';
import { fetchBytes } from '../../../shared/http/fetch-bytes.ts';
import type { ByteFetcher } from '../../../shared/pipeline/ports.ts';
import { pushBlob, putManifest } from '../../local/registry/images.ts';
import type { ImageSourceSubject, PushedImage } from '../../shared/pipeline/contracts/image-source.ts';
import type { AwsEndpoint } from './aws-endpoint.ts';

const sha256 = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** An emulator may hand out addresses of AWS itself: a test calls none of them. */
const onThisMachine: ByteFetcher = async (url, options) => {
  const { hostname } = new URL(url);
  if (hostname !== '127.0.0.1') throw new Error(`the address is not on this machine: ${hostname}`);
  return fetchBytes(url, options);
};

export const imagesByApi = (aws: AwsEndpoint): ImageSourceSubject => {
  const admin = new ECRClient(aws);
  const uploadBlob = async (repositoryName: string, blob: string): Promise<void> => {
    const { uploadId } = await admin.send(new InitiateLayerUploadCommand({ repositoryName }));
    const layerPartBlob = Buffer.from(blob);
    const part = { partFirstByte: 0, partLastByte: layerPartBlob.length - 1, layerPartBlob };
    await admin.send(new UploadLayerPartCommand({ repositoryName, uploadId, ...part }));
    const layerDigests = [sha256(blob)];
    await admin.send(new CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests }));
  };
  const push = async ({ repository, blobs, manifest }: PushedImage): Promise<void> => {
    await admin.send(new CreateRepositoryCommand({ repositoryName: repository })).catch((thrown: unknown) => {
      if (!(thrown instanceof RepositoryAlreadyExistsException)) throw thrown;
    });
    for (const blob of blobs) await uploadBlob(repository, blob);
    await admin.send(
      new PutImageCommand({
        repositoryName: repository,
        imageManifest: manifest.body,
        imageManifestMediaType: manifest.mediaType,
        imageDigest: sha256(manifest.body),
      }),
    );
  };
  return { source: ecrImageSource(onThisMachine), push };
};

/** `host`: where the registry answers under /v2/. */
export const imagesByRegistry = (host: string): ImageSourceSubject => ({
  source: ecrImageSource(onThisMachine),
  push: async ({ repository, blobs, manifest }) => {
    for (const blob of blobs) await pushBlob(host, repository, blob);
    const digest = sha256(manifest.body);
    const response = await putManifest(host, repository, digest, manifest.body, manifest.mediaType);
    if (response.status !== 201) throw new Error(`the manifest was not taken: ${response.status}`);
  },
});
