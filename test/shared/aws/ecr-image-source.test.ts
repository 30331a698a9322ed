import * as schemas from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../local/endpoint/aws-error.ts';
import { ecrImageSource } from '../../../shared/aws/ecr-image-source.ts';
import { fetchBytes } from '../../../shared/http/fetch-bytes.ts';
import { type Digest, isDigest } from '../../../shared/image/digest.ts';
import type { ImageReference } from '../../../shared/image/image-reference.ts';
import { manifestOf, pushBlob, pushImage, sha256 } from '../../local/registry/images.ts';
import { ACCOUNT, type LocalFront, REGION, startFront } from '../../local/services/local-front.ts';
import { useAwsEndpoint } from '../../support/aws-environment.ts';
import { imagesBy, pushByRegistry } from '../../support/aws-subjects/images.ts';
import { startService } from '../../support/one-service.ts';
import { imageSourceContract } from '../pipeline/contracts/image-source.ts';

const digestFrom = (text: string): Digest => {
  if (!isDigest(text)) throw new Error(`${text} is no digest`);
  return text;
};
const CONFIG = JSON.stringify({ architecture: 'amd64', os: 'linux', layer: 'a layer' });

let front: LocalFront;
let restore: () => void;
let refusal: AwsError | undefined;
let image: ImageReference;
beforeAll(async () => {
  front = await startFront({
    authorize: () => {
      if (refusal) throw refusal;
    },
  });
  restore = useAwsEndpoint(`http://${front.host}`);
  const digest = digestFrom(await pushImage(front.host, 'team/app', 'v1', 'a layer'));
  image = { partition: 'aws', account: ACCOUNT, region: REGION, repository: 'team/app', digest };
});
afterAll(async () => {
  restore();
  await front.close();
});
beforeEach(() => {
  refusal = undefined;
  front.calls.length = 0;
});

imageSourceContract(async () => imagesBy(pushByRegistry(front.host)));

describe('the manifest of an image in ECR', () => {
  it('that ECR denies may be there at the next try', async () => {
    refusal = new AwsError('AccessDeniedException', 'not allowed', { status: 400 });
    await expect(ecrImageSource(fetchBytes).fetchManifest(image)).rejects.toMatchObject({
      code: 'AWS_DENIED',
      message: 'Reading the manifest from ECR failed: AccessDeniedException',
    });
    expect(front.calls).toHaveLength(1);
  });

  it.each([
    ['ImageNotFound', 'IMAGE_NOT_FOUND'],
    ['KmsError', 'AWS_DENIED'],
    ['UpstreamAccessDenied', 'AWS_DENIED'],
    ['UpstreamUnavailable', 'AWS_UNAVAILABLE'],
  ])('that fails with %s inside an answer of 200 is %s', async (failureCode, code) => {
    const service = await startService({
      name: 'ecr',
      client: { schemas, config: new schemas.ECRClient({ region: REGION }).config },
      invalidInputCode: 'InvalidParameterException',
      handlers: { BatchGetImage: () => ({ images: [], failures: [{ failureCode }] }) },
    });
    process.env.AWS_ENDPOINT_URL = service.url;
    try {
      await expect(ecrImageSource(fetchBytes).fetchManifest(image)).rejects.toMatchObject({ code });
    } finally {
      process.env.AWS_ENDPOINT_URL = `http://${front.host}`;
      await service.close();
    }
  });

  it('that has another digest than asked for is not used', async () => {
    const service = await startService({
      name: 'ecr',
      client: { schemas, config: new schemas.ECRClient({ region: REGION }).config },
      invalidInputCode: 'InvalidParameterException',
      handlers: { BatchGetImage: () => ({ images: [{ imageManifest: JSON.stringify(manifestOf('{}', [])) }] }) },
    });
    process.env.AWS_ENDPOINT_URL = service.url;
    try {
      const reading = ecrImageSource(fetchBytes).fetchManifest(image);
      await expect(reading).rejects.toMatchObject({ code: 'DIGEST_MISMATCH', retryable: false });
    } finally {
      process.env.AWS_ENDPOINT_URL = `http://${front.host}`;
      await service.close();
    }
  });
});

describe('the config of an image in ECR', () => {
  it.each([
    ['whose repository is gone', 'RepositoryNotFoundException'],
    ['that the repository does not have', 'LayersNotFoundException'],
  ])('%s is not found, for good', async (_, code) => {
    refusal = new AwsError(code, 'gone', { status: 400 });
    await expect(ecrImageSource(fetchBytes).fetchBlob(image, image.digest)).rejects.toMatchObject({
      code: 'IMAGE_NOT_FOUND',
      retryable: false,
    });
  });

  it('is asked for with a limit, and not used when the bytes are others', async () => {
    const limits: number[] = [];
    const source = ecrImageSource(async (_url, { limitBytes }) => {
      limits.push(limitBytes);
      return Buffer.from(`${CONFIG} `);
    });
    const reading = source.fetchBlob(image, digestFrom(sha256(CONFIG)));
    await expect(reading).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
    expect(limits).toEqual([4 * 1024 * 1024]);
  });

  it('is checked by its bytes, even where they are no text', async () => {
    const bytes = Buffer.from([0x22, 0xff, 0x22]);
    const digest = digestFrom(sha256(bytes));
    await fetch(`http://${front.host}/v2/team/app/blobs/uploads/?digest=${digest}`, { method: 'POST', body: bytes });
    expect(await ecrImageSource(fetchBytes).fetchBlob(image, digest)).toBe('"\uFFFD"');
  });

  it('that is larger than the limit is not read', async () => {
    const large = `{"x":"${'x'.repeat(4 * 1024 * 1024)}"}`;
    const digest = digestFrom(await pushBlob(front.host, 'team/app', large));
    await expect(ecrImageSource(fetchBytes).fetchBlob(image, digest)).rejects.toMatchObject({ code: 'TOO_LARGE' });
  });
});
