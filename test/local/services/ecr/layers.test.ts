import { BatchCheckLayerAvailabilityCommand, InvalidParameterException } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pushBlob, pushImage, sha256 } from '../../registry/images.ts';
import { type EcrFront, startEcr } from './ecr-front.ts';

let front: EcrFront;
beforeAll(async () => {
  front = await startEcr();
  await pushImage(front.host, 'team/app', 'v1', '0123456789');
  await pushBlob(front.host, 'team/app', 'of no image yet');
});
afterAll(() => front.close());

const check = (layerDigests: string[]) =>
  front.client.send(new BatchCheckLayerAvailabilityCommand({ repositoryName: 'team/app', layerDigests }));

describe('layers', () => {
  it('are available with their size, and with the media type that a manifest gives them', async () => {
    const { layers, failures } = await check([sha256('0123456789'), sha256('of no image yet'), sha256('missing')]);
    expect(failures).toEqual([]);
    expect(layers).toEqual([
      {
        layerDigest: sha256('0123456789'),
        layerAvailability: 'AVAILABLE',
        layerSize: 10,
        mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
      },
      { layerDigest: sha256('of no image yet'), layerAvailability: 'AVAILABLE', layerSize: 15 },
      { layerDigest: sha256('missing'), layerAvailability: 'UNAVAILABLE' },
    ]);
  });

  it.each([
    ['sha256:short', 'InvalidLayerDigest'],
    ['', 'MissingLayerDigest'],
  ])('fail one by one: %j', async (layerDigest, failureCode) => {
    expect(await check([layerDigest])).toMatchObject({ layers: [], failures: [{ layerDigest, failureCode }] });
  });

  it.each([0, 101])('are not asked for by %i', async (count) => {
    await expect(check(Array(count).fill(sha256('x')))).rejects.toBeInstanceOf(InvalidParameterException);
  });
});
