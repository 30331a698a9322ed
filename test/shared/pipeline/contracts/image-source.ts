/** What every source of manifests and configs holds to. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Digest, isDigest } from '../../../../shared/image/digest.ts';
import type { ImageReference } from '../../../../shared/image/image-reference.ts';
import type { ImageSource } from '../../../../shared/pipeline/ports.ts';

export interface PushedImage {
  readonly repository: string;
  /** Configs and layers. */
  readonly blobs: readonly string[];
  readonly manifest: { readonly mediaType: string; readonly body: string };
}

export interface ImageSourceSubject {
  readonly source: ImageSource;
  /** Makes the repository where it is missing. */
  readonly push: (image: PushedImage) => Promise<void>;
}

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const LAYER = 'a layer';
const CONFIG = '{"architecture":"amd64","os":"linux","author":"関所"}\n';

const digestOf = (text: string): Digest => {
  const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
  if (!isDigest(digest)) throw new Error(`${digest} is no digest`);
  return digest;
};
const descriptor = (mediaType: string, text: string) => ({
  mediaType,
  digest: digestOf(text),
  size: Buffer.byteLength(text),
});

// Indented, and with a line break at its end: a digest is that of the very bytes.
const manifest = `${JSON.stringify(
  {
    schemaVersion: 2,
    mediaType: MANIFEST,
    config: descriptor('application/vnd.oci.image.config.v1+json', CONFIG),
    layers: [descriptor('application/vnd.oci.image.layer.v1.tar+gzip', LAYER)],
  },
  null,
  3,
)}\n`;
const index = JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: [descriptor(MANIFEST, manifest)] });

const IMAGE: ImageReference = {
  partition: 'aws',
  account: '111122223333',
  region: 'eu-west-1',
  repository: 'team/app',
  digest: digestOf(manifest),
};

export const imageSourceContract = (start: () => Promise<ImageSourceSubject>): void => {
  let source: ImageSource;
  beforeAll(async () => {
    const subject = await start();
    source = subject.source;
    const { repository } = IMAGE;
    await subject.push({ repository, blobs: [CONFIG, LAYER], manifest: { mediaType: MANIFEST, body: manifest } });
    await subject.push({ repository, blobs: [], manifest: { mediaType: INDEX, body: index } });
  });

  describe('the manifest of an image', () => {
    it.each([
      ['an image', manifest, MANIFEST],
      ['an index', index, INDEX],
    ])('of %s is read by its digest, as it was pushed', async (_, body, mediaType) => {
      expect(await source.fetchManifest({ ...IMAGE, digest: digestOf(body) })).toEqual({ mediaType, body });
    });

    it.each<[string, Partial<ImageReference>]>([
      ['of another digest', { digest: digestOf('missing') }],
      ['in another repository', { repository: 'team/other' }],
      ['of another account', { account: '999988887777' }],
    ])('%s is not found, for good', async (_, change) => {
      await expect(source.fetchManifest({ ...IMAGE, ...change })).rejects.toMatchObject({
        code: 'IMAGE_NOT_FOUND',
        retryable: false,
      });
    });
  });

  describe('the config of an image', () => {
    it('is read by its digest, as it was pushed', async () => {
      expect(await source.fetchBlob(IMAGE, digestOf(CONFIG))).toBe(CONFIG);
    });

    it('that the repository does not have is not found, for good', async () => {
      const reading = source.fetchBlob(IMAGE, digestOf('missing'));
      await expect(reading).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND', retryable: false });
    });
  });
};
