import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { checkoutImage, SAMPLE_LAYERS } from '../../../local/sample/checkout-image.ts';
import type { SampleBlob } from '../../../local/sample/image-layout.ts';

const image = await checkoutImage();
const json = ({ bytes }: SampleBlob) => JSON.parse(bytes.toString('utf8'));
const sha256 = (bytes: Uint8Array): string => `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

describe('the sample image', () => {
  it('is the same in every run and on every machine', async () => {
    expect(await checkoutImage()).toEqual(image);
  });

  it('names every blob by its digest and size', () => {
    const { config, layers } = json(image.manifest);
    const blobs = [image.config, ...image.layers];
    expect([config, ...layers].map(({ digest, size }) => ({ digest, size }))).toEqual(
      blobs.map(({ bytes }) => ({ digest: sha256(bytes), size: bytes.length })),
    );
    expect(image.manifest.digest).toBe(sha256(image.manifest.bytes));
  });

  it('lists the uncompressed layers in its config, and one layer per instruction that makes one', () => {
    const { rootfs, history } = json(image.config);
    expect(rootfs.diff_ids).toEqual(image.layers.map(({ bytes }) => sha256(gunzipSync(bytes))));
    const made = history.filter((entry: { empty_layer?: boolean }) => entry.empty_layer !== true);
    expect(made).toHaveLength(image.layers.length);
  });

  it.each([
    ['base', 'ADD rootfs.tar.xz /'],
    ['openssl', 'install -y --no-install-recommends openssl'],
    ['npm', 'npm ci'],
  ] as const)('has the layer of %s where "%s" made it', (name, instruction) => {
    const { history } = json(image.config);
    const made = history.filter((entry: { empty_layer?: boolean }) => entry.empty_layer !== true);
    expect(made[SAMPLE_LAYERS[name]].created_by).toContain(instruction);
  });
});
