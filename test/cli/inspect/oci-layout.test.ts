import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openOciLayout } from '../../../cli/inspect/oci-layout.ts';
import { createLayout, OCI, sha256Of, type TestLayout } from '../../support/build-image-layout.ts';

let folder: string;
let layout: TestLayout;
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sekisho-layout-'));
});
beforeEach(async () => {
  count += 1;
  layout = await createLayout(path.join(folder, `layout${count}`));
});
afterAll(() => rm(folder, { recursive: true }));

const opened = (tag?: string) => openOciLayout(layout.directory, tag, `oci:${layout.directory}`);

describe('an OCI layout', () => {
  it('is the one image that it holds', async () => {
    const image = await layout.addImage({ layers: [{ hello: 'hello' }] });
    await layout.name({ '1.4': image });
    const store = await opened();
    expect([store.image.digest, store.image.repository, store.tag]).toEqual([image.digest, `layout${count}`, '1.4']);
    const { body, mediaType } = await store.images.fetchManifest(store.image);
    expect([sha256Of(body), mediaType]).toEqual([image.digest, OCI.manifest]);
    expect((await buffer(await store.layers.open(store.image, JSON.parse(body).layers[0].digest))).length).toBe(
      JSON.parse(body).layers[0].size,
    );
  });

  it('is the image of the tag', async () => {
    const [one, two] = [
      await layout.addImage({ layers: [{ a: 'a' }] }),
      await layout.addImage({ layers: [{ b: 'b' }] }),
    ];
    await layout.name({ one, two });
    const store = await opened('two');
    expect([store.image.digest, store.tag]).toEqual([two.digest, 'two']);
  });

  it('with one image under two names is that image', async () => {
    const image = await layout.addImage({ layers: [{ a: 'a' }] });
    await layout.name({ one: image, two: image });
    expect((await opened()).image.digest).toBe(image.digest);
  });

  it('has signatures beside its image, which are not meant', async () => {
    const image = await layout.addImage({ layers: [{ a: 'a' }] });
    const signature = await layout.addBlob(OCI.manifest, { schemaVersion: 2, config: image, layers: [] });
    const referrer = { ...(await layout.addBlob(OCI.manifest, { subject: image })), artifactType: 'application/x' };
    await layout.name({ '1.4': image, [`sha256-${image.digest.slice(7)}.sig`]: signature, '': referrer });
    expect((await opened()).image.digest).toBe(image.digest);
  });

  it('that holds an artifact alone is that artifact', async () => {
    const chart = {
      ...(await layout.addBlob(OCI.manifest, {})),
      artifactType: 'application/vnd.cncf.helm.config.v1+json',
    };
    await layout.name({ '1.0.0': chart });
    expect((await opened()).image.digest).toBe(chart.digest);
  });

  it('knows what refers to an image, and under which names', async () => {
    const image = await layout.addImage({ layers: [{ a: 'a' }] });
    const statement = { schemaVersion: 2, artifactType: 'application/spdx+json', subject: image };
    const referrer = await layout.addBlob(OCI.manifest, statement);
    const untyped = await layout.addBlob(OCI.manifest, { schemaVersion: 2, subject: image });
    const other = await layout.addBlob(OCI.manifest, { ...statement, subject: referrer });
    await layout.name({ '1.4': image, one: referrer, two: untyped, three: other });
    const { facts, image: reference } = await opened('1.4');
    expect(await facts.referrersOf(reference)).toEqual({
      known: true,
      value: [
        expect.objectContaining({ digest: referrer.digest, artifactType: 'application/spdx+json' }),
        expect.objectContaining({ digest: untyped.digest, artifactType: '' }),
      ],
    });
    expect(await facts.digestOfTag(reference, 'one')).toEqual({ known: true, value: referrer.digest });
    expect(await facts.digestOfTag(reference, 'none')).toEqual({ known: true, value: undefined });
    expect(await facts.tagMutabilityOf(reference)).toMatchObject({ known: false });
  });

  it.each<[string, (digest: ReturnType<typeof sha256Of>) => Promise<void>]>([
    ['is not there', (digest) => unlink(layout.blobFile(digest))],
    ['has other bytes', (digest) => writeFile(layout.blobFile(digest), '{}')],
  ])('does not know what refers to an image where an entry %s', async (_title, spoil) => {
    const image = await layout.addImage({ layers: [{ a: 'a' }] });
    const referrer = await layout.addBlob(OCI.manifest, { subject: image });
    await layout.name({ '1.4': image, other: referrer });
    await spoil(referrer.digest);
    const { facts, image: reference } = await opened('1.4');
    expect(await facts.referrersOf(reference)).toMatchObject({ known: false });
  });

  it('does not know what refers to an image where an entry is no JSON', async () => {
    const image = await layout.addImage({ layers: [{ a: 'a' }] });
    await layout.name({ '1.4': image, other: await layout.addBlob(OCI.manifest, Buffer.from('no JSON')) });
    const { facts, image: reference } = await opened('1.4');
    expect(await facts.referrersOf(reference)).toMatchObject({ known: false, reason: /is no manifest/ });
  });
});

describe('a layout that is refused', () => {
  it('is a folder without an index', async () => {
    await expect(opened()).rejects.toThrow(`${layout.directory} is no OCI layout: it has no index.json.`);
  });

  it('is no folder', async () => {
    await expect(openOciLayout(`${layout.directory}/none`, undefined, 'oci:none')).rejects.toMatchObject({
      code: 'IMAGE_NOT_FOUND',
    });
  });

  it.each<[string, string, string]>([
    ['no JSON', '<html>', 'MANIFEST_INVALID'],
    ['an image', JSON.stringify({ config: {}, layers: [] }), 'MANIFEST_INVALID'],
    ['too long', ' '.repeat(4 * 1024 * 1024 + 1), 'TOO_LARGE'],
  ])('has an index that is %s', async (_title, text, code) => {
    await writeFile(path.join(layout.directory, 'index.json'), text);
    await expect(opened()).rejects.toMatchObject({ code });
  });

  it('holds nothing', async () => {
    await layout.name({});
    await expect(opened()).rejects.toThrow(/holds no image \(it names none\)/);
  });

  it('holds more than one image', async () => {
    const [one, two] = [
      await layout.addImage({ layers: [{ a: 'a' }] }),
      await layout.addImage({ layers: [{ b: 'b' }] }),
    ];
    await layout.name({ one, two });
    await expect(opened()).rejects.toThrow(/holds more than one image: say which as oci:DIR:TAG \(it has one, two\)/);
  });

  it('has no such tag', async () => {
    await layout.name({ '1.4': await layout.addImage({ layers: [{ a: 'a' }] }) });
    await expect(opened('1.5')).rejects.toThrow(/has no image 1\.5 \(it has 1\.4\)/);
  });

  it('names two images alike', async () => {
    const [one, two] = [
      await layout.addImage({ layers: [{ a: 'a' }] }),
      await layout.addImage({ layers: [{ b: 'b' }] }),
    ];
    const annotations = { 'org.opencontainers.image.ref.name': '1' };
    const manifests = [one, two].map((entry) => ({ ...entry, annotations }));
    await writeFile(path.join(layout.directory, 'index.json'), JSON.stringify({ manifests }));
    await expect(opened('1')).rejects.toThrow(/has several images 1/);
  });
});

describe('a blob of a layout', () => {
  const digest = sha256Of('other');

  it.each<[string, () => Promise<void>, string]>([
    ['is missing', async () => {}, 'IMAGE_NOT_FOUND'],
    ['has other bytes', () => writeFile(layout.blobFile(digest), '{}'), 'DIGEST_MISMATCH'],
    ['is too long', () => writeFile(layout.blobFile(digest), Buffer.alloc(4 * 1024 * 1024 + 1)), 'TOO_LARGE'],
    ['is a device without end', () => symlink('/dev/zero', layout.blobFile(digest)), 'IMAGE_NOT_FOUND'],
    ['is a folder', () => symlink('/', layout.blobFile(digest)), 'IMAGE_NOT_FOUND'],
    [
      'is a named pipe that nobody writes to',
      async () => void execFileSync('mkfifo', [layout.blobFile(digest)]),
      'IMAGE_NOT_FOUND',
    ],
  ])('that %s is refused as a document, and as a layer where it is none', async (_title, make, code) => {
    await layout.name({ '1.4': await layout.addImage({ layers: [{ a: 'a' }] }) });
    await make();
    const { images, layers, image } = await opened();
    await expect(images.fetchManifest({ ...image, digest })).rejects.toMatchObject({ code });
    if (code === 'IMAGE_NOT_FOUND')
      await expect(layers.open(image, digest).then(buffer)).rejects.toMatchObject({ code });
  });
});
