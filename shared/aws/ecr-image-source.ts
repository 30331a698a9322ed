/** Manifests and configs out of ECR, by its API: no registry login, and the customer's own IAM decides. */

import { createHash } from 'node:crypto';
import { BatchGetImageCommand, type ECRClient } from '@aws-sdk/client-ecr';
import { SekishoError } from '../base/errors.ts';
import type { Digest } from '../image/digest.ts';
import type { ImageReference } from '../image/image-reference.ts';
import { MANIFEST_MEDIA_TYPES } from '../image/media-types.ts';
import type { ByteFetcher, ImageSource } from '../pipeline/ports.ts';
import { blobAddress, notFound, saysNotThere } from './ecr-blob-address.ts';
import { ecrClients } from './ecr-clients.ts';
import { errorFromAws } from './error-from-aws.ts';

/** A config lists commands and labels; the largest that are known stay far under this. */
const CONFIG_LIMIT_BYTES = 4 * 1024 * 1024;

const NOT_THERE = new Set(['ImageNotFound', 'InvalidImageDigest', 'InvalidImageTag', 'MissingDigestAndTag']);

export const ecrImageSource = (fetchBytes: ByteFetcher): ImageSource => {
  const ecrOf = ecrClients();
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
  const downloadUrl = await blobAddress(ecr, image, digest);
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

const checkDigest = (bytes: Buffer | string, digest: Digest): void => {
  const actual = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (actual !== digest)
    throw new SekishoError('DIGEST_MISMATCH', `ECR answered ${actual} where ${digest} was asked for.`);
};
