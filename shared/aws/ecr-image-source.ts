/** Manifests and configs out of ECR, by its API: no registry login, and the customer's own IAM decides. */

import { createHash } from 'node:crypto';
import {
  BatchGetImageCommand,
  ECRClient,
  GetDownloadUrlForLayerCommand,
  LayersNotFoundException,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { SekishoError } from '../base/errors.ts';
import { type Digest, shortDigest } from '../image/digest.ts';
import type { ImageReference } from '../image/image-reference.ts';
import { MANIFEST_MEDIA_TYPES } from '../image/media-types.ts';
import type { ByteFetcher, ImageSource } from '../pipeline/ports.ts';
import { clientDefaults } from './client-defaults.ts';
import { errorFromAws } from './error-from-aws.ts';

/** A config lists commands and labels; the largest that are known stay far under this. */
const CONFIG_LIMIT_BYTES = 4 * 1024 * 1024;

const NOT_THERE = new Set(['ImageNotFound', 'InvalidImageDigest', 'InvalidImageTag', 'MissingDigestAndTag']);

export const ecrImageSource = (fetchBytes: ByteFetcher): ImageSource => {
  const clients = new Map<string, ECRClient>();
  /** A registry answers in its own Region only. */
  const ecrOf = ({ region }: ImageReference): ECRClient => {
    const client = clients.get(region) ?? new ECRClient({ ...clientDefaults, region });
    clients.set(region, client);
    return client;
  };
  return {
    fetchManifest: (image) => fetchManifest(ecrOf(image), image),
    fetchBlob: (image, digest) => fetchBlob(ecrOf(image), fetchBytes, image, digest),
  };
};

const fetchManifest = async (ecr: ECRClient, image: ImageReference): Promise<{ mediaType: string; body: string }> => {
  const response = await ecr
    .send(
      new BatchGetImageCommand({
        registryId: image.account,
        repositoryName: image.repository,
        imageIds: [{ imageDigest: image.digest }],
        acceptedMediaTypes: [...MANIFEST_MEDIA_TYPES],
      }),
    )
    .catch((thrown: unknown) => {
      if (saysNotThere(thrown)) throw notFound(image, thrown);
      throw errorFromAws(thrown, 'Reading the manifest from ECR');
    });
  const found = response.images?.[0];
  if (found?.imageManifest === undefined) throw failureOf(image, response.failures?.[0]?.failureCode);
  checkDigest(found.imageManifest, image.digest);
  return { mediaType: found.imageManifestMediaType ?? '', body: found.imageManifest };
};

const fetchBlob = async (
  ecr: ECRClient,
  fetchBytes: ByteFetcher,
  image: ImageReference,
  digest: Digest,
): Promise<string> => {
  const { downloadUrl } = await ecr
    .send(
      new GetDownloadUrlForLayerCommand({
        registryId: image.account,
        repositoryName: image.repository,
        layerDigest: digest,
      }),
    )
    .catch((thrown: unknown) => {
      if (saysNotThere(thrown)) throw notFound(image, thrown);
      throw errorFromAws(thrown, 'Asking ECR where the image config is');
    });
  if (downloadUrl === undefined) throw new SekishoError('AWS_UNAVAILABLE', 'ECR gave no address for the image config.');
  const bytes = await fetchBytes(downloadUrl, { limitBytes: CONFIG_LIMIT_BYTES });
  checkDigest(bytes, digest);
  return bytes.toString('utf8');
};

/** ECR reports some failures inside HTTP 200: only some of them say that there is no such image. */
const failureOf = (image: ImageReference, code: string | undefined): SekishoError => {
  if (code === undefined || NOT_THERE.has(code)) return notFound(image);
  const denied = code === 'KmsError' || code === 'UpstreamAccessDenied';
  return new SekishoError(denied ? 'AWS_DENIED' : 'AWS_UNAVAILABLE', `Reading the manifest from ECR failed: ${code}`);
};

const notFound = (image: ImageReference, cause?: unknown): SekishoError =>
  new SekishoError(
    'IMAGE_NOT_FOUND',
    `The registry of ${image.account} in ${image.region} has no image ${shortDigest(image.digest)} in ${image.repository}.`,
    { cause },
  );

const checkDigest = (bytes: Buffer | string, digest: Digest): void => {
  const actual = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (actual !== digest)
    throw new SekishoError('DIGEST_MISMATCH', `ECR answered ${actual} where ${digest} was asked for.`);
};

const saysNotThere = (thrown: unknown): boolean =>
  thrown instanceof RepositoryNotFoundException || thrown instanceof LayersNotFoundException;
