import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDockerArchive } from '../../../cli/inspect/docker-archive.ts';
import type { ImageStore } from '../../../cli/inspect/image-store.ts';
import type { Digest } from '../../../shared/image/digest.ts';
import { sha256Of, type TestFiles, tarOf } from '../../support/build-image-layout.ts';

let folder: string;
let file: string;
let layer: Buffer;
let config: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sekisho-archive-'));
  file = path.join(folder, 'image.tar');
  layer = await tarOf({ hello: 'hello' });
  config = JSON.stringify({ os: 'linux', architecture: 'amd64', rootfs: { diff_ids: [sha256Of(layer)] } });
});
afterAll(() => rm(folder, { recursive: true }));

const list = (...entries: readonly object[]): string => JSON.stringify(entries);
const APP = { Config: 'config.json', RepoTags: ['shop/app:1.4'], Layers: ['aa/layer.tar'] };

const opened = async (files: TestFiles | Buffer, tag?: string): Promise<ImageStore> => {
  await writeFile(file, Buffer.isBuffer(files) ? files : await tarOf(files));
  return openDockerArchive(file, tag, file);
};

const layersOf = async ({ images, image }: ImageStore): Promise<readonly { digest: Digest; size: number }[]> =>
  JSON.parse((await images.fetchManifest(image)).body).layers;

const bytesOf = async (store: ImageStore, digest: Digest): Promise<Buffer> =>
  buffer(await store.layers.open(store.image, digest));

describe('an archive of docker save', () => {
  it('is an image with the name that it has there', async () => {
    const store = await opened({ 'manifest.json': list(APP), 'config.json': config, 'aa/layer.tar': layer });
    expect([store.image.repository, store.tag, store.reference]).toEqual(['shop/app', '1.4', file]);
    expect(await store.images.fetchBlob(store.image, store.image.digest)).toBe(config);
    await store.close();
  });

  it('without a name has that of its file', async () => {
    const store = await opened({
      'manifest.json': list({ ...APP, RepoTags: null }),
      'config.json': config,
      'aa/layer.tar': layer,
    });
    expect([store.image.repository, store.tag]).toEqual(['image', undefined]);
    await store.close();
  });

  it('gives a manifest whose digest is that of its bytes', async () => {
    const store = await opened({ 'manifest.json': list(APP), 'config.json': config, 'aa/layer.tar': layer });
    const { body } = await store.images.fetchManifest(store.image);
    expect(store.image.digest).toBe(sha256Of(body));
    expect(JSON.parse(body).config).toMatchObject({ digest: sha256Of(config), size: config.length });
    await store.close();
  });

  it.each<[string, string, (layer: Buffer) => Buffer]>([
    ['as old Docker names them', 'aa/layer.tar', (bytes) => bytes],
    ['as Docker names them since 25', 'blobs/sha256/HEX', (bytes) => bytes],
    ['as Jib, ko and Kaniko name them, compressed', 'HEX.tar.gz', (bytes) => gzipSync(bytes)],
  ])('gives its layers %s', async (_title, pattern, compress) => {
    const stored = compress(layer);
    const name = pattern.replace('HEX', sha256Of(stored).slice('sha256:'.length));
    const store = await opened({
      'manifest.json': list({ ...APP, Layers: [name] }),
      'config.json': config,
      [name]: stored,
    });
    expect(await layersOf(store)).toMatchObject([{ digest: sha256Of(stored), size: stored.length }]);
    expect(await bytesOf(store, sha256Of(stored))).toEqual(stored);
    await store.close();
  });

  it('knows of nothing that refers to it', async () => {
    const store = await opened({ 'manifest.json': list(APP), 'config.json': config, 'aa/layer.tar': layer });
    expect(await store.facts.referrersOf(store.image)).toEqual({ known: true, value: [] });
    expect(await store.facts.digestOfTag(store.image, '1.4')).toEqual({ known: true, value: undefined });
    expect(await store.facts.tagMutabilityOf(store.image)).toMatchObject({ known: false });
    await store.close();
  });

  it.each<[string, () => TestFiles | Buffer, string, RegExp]>([
    ['is text', () => Buffer.alloc(2_000, 'text '), 'LAYER_INVALID', /is no tar archive that can be read/],
    ['is compressed', () => gzipSync(layer, { level: 0 }), 'LAYER_INVALID', /decompress it first/],
    ['is empty', () => Buffer.alloc(0), 'IMAGE_NOT_FOUND', /is no archive of docker save/],
    ['is an OCI layout', () => ({ 'index.json': '{}', 'oci-layout': '{}' }), 'IMAGE_NOT_FOUND', /write oci:DIR/],
    ['is another archive', () => ({ 'package.json': '{}' }), 'IMAGE_NOT_FOUND', /is no archive of docker save/],
    ['lists no image', () => ({ 'manifest.json': '[]' }), 'MANIFEST_INVALID', /lists no image/],
    ['lacks the config', () => ({ 'manifest.json': list(APP) }), 'IMAGE_NOT_FOUND', /does not have "config\.json"/],
    ['has a config that is none', () => ({ 'manifest.json': list(APP), 'config.json': '[' }), 'CONFIG_INVALID', /./],
    [
      'lacks a layer',
      () => ({ 'manifest.json': list(APP), 'config.json': config }),
      'IMAGE_NOT_FOUND',
      /does not have "aa\/layer\.tar"/,
    ],
    [
      'has more layers than its config',
      () => ({
        'manifest.json': list({ ...APP, Layers: ['aa/layer.tar', 'bb/layer.tar'] }),
        'config.json': config,
        'aa/layer.tar': layer,
        'bb/layer.tar': layer,
      }),
      'CONFIG_INVALID',
      /names fewer layers/,
    ],
  ])('that %s is refused', async (_title, files, code, message) => {
    const failure = opened(files());
    await expect(failure).rejects.toMatchObject({ code });
    await expect(failure).rejects.toThrow(message);
  });

  it('has no layers but its own', async () => {
    const store = await opened({ 'manifest.json': list(APP), 'config.json': config, 'aa/layer.tar': layer });
    await expect(bytesOf(store, sha256Of('another'))).rejects.toMatchObject({ code: 'IMAGE_NOT_FOUND' });
    await store.close();
  });

  it('that is a directory is none', async () => {
    await expect(openDockerArchive(folder, undefined, folder)).rejects.toThrow(TypeError);
  });
});
