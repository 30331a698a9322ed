/** What every source of layers holds to. */
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Digest, isDigest } from '../../../../shared/image/digest.ts';
import type { ImageReference } from '../../../../shared/image/image-reference.ts';
import type { LayerSource } from '../../../../shared/pipeline/inspection-ports.ts';
import type { PushedImage } from './image-source.ts';

export interface LayerSourceSubject {
  readonly source: LayerSource;
  /** Makes the repository where it is missing. */
  readonly push: (image: PushedImage) => Promise<void>;
}

const LAYER = 'a layer of no use, 関所 '.repeat(20_000);
const CONFIG = '{"architecture":"amd64","os":"linux","author":"layers"}';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';

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
const manifest = JSON.stringify({
  schemaVersion: 2,
  mediaType: MANIFEST,
  config: descriptor('application/vnd.oci.image.config.v1+json', CONFIG),
  layers: [descriptor('application/vnd.oci.image.layer.v1.tar+gzip', LAYER)],
});
const IMAGE: ImageReference = {
  partition: 'aws',
  account: '111122223333',
  region: 'eu-west-1',
  repository: 'team/layers',
  digest: digestOf(manifest),
};

const read = async (pieces: AsyncIterable<Uint8Array>): Promise<string> => {
  const collected: Uint8Array[] = [];
  for await (const piece of pieces) collected.push(piece);
  return Buffer.concat(collected).toString('utf8');
};

export const layerSourceContract = (start: () => Promise<LayerSourceSubject>): void => {
  let source: LayerSource;
  beforeAll(async () => {
    const subject = await start();
    source = subject.source;
    const { repository } = IMAGE;
    await subject.push({ repository, blobs: [CONFIG, LAYER], manifest: { mediaType: MANIFEST, body: manifest } });
  });

  describe('a layer', () => {
    it('is read by its digest, as it was pushed', async () => {
      expect(await read(await source.open(IMAGE, digestOf(LAYER)))).toBe(LAYER);
    });

    it('can be left unread', async () => {
      let pieces = 0;
      for await (const _ of await source.open(IMAGE, digestOf(LAYER))) {
        pieces += 1;
        break;
      }
      expect(pieces).toBe(1);
      await source.open(IMAGE, digestOf(LAYER));
    });

    it('that the repository does not have is named, for its image is there', async () => {
      const missing = digestOf('missing');
      await expect(source.open(IMAGE, missing)).rejects.toMatchObject({
        message: expect.stringContaining(missing.slice('sha256:'.length, 'sha256:'.length + 12)),
      });
    });

    it.each<[string, Partial<ImageReference>, Digest]>([
      ['that the repository does not have', {}, digestOf('missing')],
      ['of a repository that is not there', { repository: 'team/missing' }, digestOf(LAYER)],
    ])('%s is not found, for good', async (_, change, layer) => {
      await expect(source.open({ ...IMAGE, ...change }, layer)).rejects.toMatchObject({
        code: 'IMAGE_NOT_FOUND',
        retryable: false,
      });
    });
  });
};
