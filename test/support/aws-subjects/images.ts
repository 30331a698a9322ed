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
import { ecrLayerSource, type StreamOpener } from '../../../shared/aws/ecr-layer-source.ts';
import { fetchBytes } from '../../../shared/http/fetch-bytes.ts';
import { openStream } from '../../../shared/http/open-stream.ts';
import type { ByteFetcher } from '../../../shared/pipeline/ports.ts';
import { pushBlob, putManifest } from '../../local/registry/images.ts';
import type { ImageSourceSubject, PushedImage } from '../../shared/pipeline/contracts/image-source.ts';
import type { LayerSourceSubject } from '../../shared/pipeline/contracts/layer-source.ts';
import type { AwsEndpoint } from './aws-endpoint.ts';

const sha256 = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** An emulator may hand out addresses of AWS itself: a test calls none of them. */
const onThisMachine: ByteFetcher = async (url, options) => {
  const { hostname } = new URL(url);
  if (hostname !== '127.0.0.1') throw new Error(`the address is not on this machine: ${hostname}`);
  return fetchBytes(url, options);
};

/** The same for layers. */
const openOnThisMachine: StreamOpener = async (url) => {
  const { hostname } = new URL(url);
  if (hostname !== '127.0.0.1') throw new Error(`the address is not on this machine: ${hostname}`);
  return openStream(url);
};

/** Makes the repository where it is missing. `tag`: absent: by digest. */
export type Push = (image: PushedImage, tag?: string) => Promise<void>;

export const pushByApi = (aws: AwsEndpoint): Push => {
  const admin = new ECRClient(aws);
  const uploadBlob = async (repositoryName: string, blob: string): Promise<void> => {
    const { uploadId } = await admin.send(new InitiateLayerUploadCommand({ repositoryName }));
    const layerPartBlob = Buffer.from(blob);
    const part = { partFirstByte: 0, partLastByte: layerPartBlob.length - 1, layerPartBlob };
    await admin.send(new UploadLayerPartCommand({ repositoryName, uploadId, ...part }));
    const layerDigests = [sha256(blob)];
    await admin.send(new CompleteLayerUploadCommand({ repositoryName, uploadId, layerDigests }));
  };
  const uploaded = new Set<string>();
  return async ({ repository, blobs, manifest }, imageTag) => {
    await admin.send(new CreateRepositoryCommand({ repositoryName: repository })).catch((thrown: unknown) => {
      if (!(thrown instanceof RepositoryAlreadyExistsException)) throw thrown;
    });
    for (const blob of blobs.filter((one) => !uploaded.has(`${repository} ${one}`))) {
      await uploadBlob(repository, blob);
      uploaded.add(`${repository} ${blob}`);
    }
    await admin.send(
      new PutImageCommand({
        repositoryName: repository,
        imageManifest: manifest.body,
        imageManifestMediaType: manifest.mediaType,
        imageDigest: sha256(manifest.body),
        imageTag,
      }),
    );
  };
};

/** `host`: where the registry answers under /v2/. */
export const pushByRegistry =
  (host: string): Push =>
  async ({ repository, blobs, manifest }, tag) => {
    for (const blob of blobs) await pushBlob(host, repository, blob);
    const reference = tag ?? sha256(manifest.body);
    const response = await putManifest(host, repository, reference, manifest.body, manifest.mediaType);
    if (response.status !== 201) throw new Error(`the manifest was not taken: ${response.status}`);
  };

export const imagesBy = (push: Push): ImageSourceSubject => ({ source: ecrImageSource(onThisMachine), push });
export const layersBy = (push: Push): LayerSourceSubject => ({ source: ecrLayerSource(openOnThisMachine), push });
