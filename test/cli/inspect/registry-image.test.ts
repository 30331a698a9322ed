import { mkdtemp, readFile, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ImageStore } from '../../../cli/inspect/image-store.ts';
import { openRegistryImage } from '../../../cli/inspect/registry-image.ts';
import { parseRegistryReference } from '../../../cli/inspect/registry-reference.ts';
import type { Digest } from '../../../shared/image/digest.ts';
import { createLayout, OCI, sha256Of, type TestDescriptor, type TestLayout } from '../../support/build-image-layout.ts';
import { type HttpServer, startServer } from '../../support/http-server.ts';

let folder: string;
let layout: TestLayout;
let image: TestDescriptor;
let base: TestDescriptor;
let server: HttpServer;
let host: string;
let asked: string[];
/** Path → what is answered; else the layout's blobs. */
let answers: Map<string, (response: ServerResponse) => void>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sekisho-inspect-registry-'));
  process.env.DOCKER_CONFIG = folder;
  layout = await createLayout(path.join(folder, 'layout'));
  image = await layout.addImage({ layers: [{ hello: 'hello' }] });
  base = await layout.addImage({ layers: [{ base: 'base' }] });
  server = await startServer((request, response) => void answer(request, response));
  host = server.url.slice('http://'.length);
});
afterAll(async () => {
  delete process.env.DOCKER_CONFIG;
  await server.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => {
  asked = [];
  answers = new Map([
    ['/v2/shop/app/manifests/1.4', manifest(image)],
    ['/v2/shop/base/manifests/12', manifest(base)],
  ]);
});

const manifest =
  ({ digest }: TestDescriptor) =>
  async (response: ServerResponse): Promise<void> => {
    response.writeHead(200, { 'content-type': `${OCI.manifest}; charset=utf-8` });
    response.end(await readFile(layout.blobFile(digest)));
  };
const fallbackTag = (): string => image.digest.replace(':', '-');
const status =
  (code: number) =>
  (response: ServerResponse): void => {
    response.writeHead(code).end('{}');
  };

const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const url = decodeURIComponent(request.url ?? '');
  asked.push(`${request.method} ${url}`);
  const prepared = answers.get(url);
  if (prepared) return prepared(response);
  const digest = /\/v2\/shop\/(?:app|base)\/(?:blobs|manifests)\/(sha256:[a-f0-9]{64})$/.exec(url)?.[1];
  const bytes = digest && (await readFile(layout.blobFile(digest as Digest)).catch(() => undefined));
  response.writeHead(bytes ? 200 : 404).end(bytes);
};

const opened = (name: string): Promise<ImageStore> =>
  openRegistryImage(parseRegistryReference(`${host}/${name}`), `${host}/${name}`);

describe('an image in a registry', () => {
  it('is the one that the tag names', async () => {
    const store = await opened('shop/app:1.4');
    expect(store).toMatchObject({
      image: { repository: 'shop/app', digest: image.digest },
      tag: '1.4',
      registry: host,
    });
    expect((await store.images.fetchManifest(store.image)).mediaType).toBe(OCI.manifest);
  });

  it('is asked for once, and its layers where they are read', async () => {
    const store = await opened('shop/app:1.4');
    const { body } = await store.images.fetchManifest(store.image);
    const [{ digest, size }] = JSON.parse(body).layers;
    expect((await buffer(await store.layers.open(store.image, digest))).length).toBe(size);
    expect(asked).toEqual(['GET /v2/shop/app/manifests/1.4', `GET /v2/shop/app/blobs/${digest}`]);
  });

  it('is the one of the digest', async () => {
    const { image: found, tag } = await opened(`shop/app@${image.digest}`);
    expect([found.digest, tag]).toEqual([image.digest, undefined]);
  });

  it('is what the registry says that refers to it', async () => {
    const referrers = { manifests: [{ mediaType: OCI.manifest, digest: base.digest, size: 1, artifactType: 'a/b' }] };
    answers.set(`/v2/shop/app/referrers/${image.digest}`, (response) => response.end(JSON.stringify(referrers)));
    const { facts, image: found } = await opened('shop/app:1.4');
    expect(await facts.referrersOf(found)).toEqual({
      known: true,
      value: [{ digest: base.digest, artifactType: 'a/b' }],
    });
  });

  it('is what all pages say that refers to it', async () => {
    const page = ({ digest }: TestDescriptor) =>
      JSON.stringify({ manifests: [{ mediaType: OCI.manifest, digest, size: 1 }] });
    answers.set(`/v2/shop/app/referrers/${image.digest}`, (response) =>
      response.writeHead(200, { link: '</v2/shop/app/more>; rel="next"' }).end(page(base)),
    );
    answers.set('/v2/shop/app/more', (response) => response.end(page(image)));
    const { facts, image: found } = await opened('shop/app:1.4');
    expect(await facts.referrersOf(found)).toEqual({
      known: true,
      value: [
        { digest: base.digest, artifactType: '' },
        { digest: image.digest, artifactType: '' },
      ],
    });
  });

  it('is what the list under its tag says that refers to it, where the registry has none of its own', async () => {
    const referrers = { manifests: [{ mediaType: OCI.manifest, digest: base.digest, size: 1, artifactType: 'a/b' }] };
    answers.set(`/v2/shop/app/manifests/${fallbackTag()}`, (response) => response.end(JSON.stringify(referrers)));
    const { facts, image: found } = await opened('shop/app:1.4');
    expect(await facts.referrersOf(found)).toEqual({
      known: true,
      value: [{ digest: base.digest, artifactType: 'a/b' }],
    });
  });

  it('has nothing that refers to it where the registry has no such list, and no such tag', async () => {
    const { facts, image: found } = await opened('shop/app:1.4');
    expect(await facts.referrersOf(found)).toEqual({ known: true, value: [] });
    expect(asked.at(-1)).toBe(`GET /v2/shop/app/manifests/${fallbackTag()}`);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['refuses it', status(403)],
    ['fails', status(500)],
    ['has another image there', (response) => void manifest(base)(response)],
  ])('may have what refers to it where the registry is asked for that tag and %s', async (_title, prepared) => {
    answers.set(`/v2/shop/app/manifests/${fallbackTag()}`, prepared);
    const { facts, image: found } = await opened('shop/app:1.4');
    expect(await facts.referrersOf(found)).toMatchObject({ known: false });
  });

  it.each<[string, (response: ServerResponse) => void]>([
    ['refuses it', status(403)],
    ['fails', status(500)],
    ['answers what is no JSON', (response) => response.end('<html>')],
    ['answers what is no index', (response) => void manifest(base)(response)],
    [
      'has more pages elsewhere',
      (response) => response.writeHead(200, { link: '<https://192.0.2.1/>; rel="next"' }).end('{"manifests":[]}'),
    ],
  ])('may have what refers to it where the registry %s', async (_title, prepared) => {
    answers.set(`/v2/shop/app/referrers/${image.digest}`, prepared);
    const { facts, image: found } = await opened('shop/app:1.4');
    expect(await facts.referrersOf(found)).toMatchObject({ known: false });
  });

  it('has a base image in another repository of the registry', async () => {
    const { facts, images, image: found } = await opened('shop/app:1.4');
    const other = { ...found, repository: 'shop/base' };
    expect(await facts.digestOfTag(other, '12')).toEqual({ known: true, value: base.digest });
    expect(await facts.digestOfTag(found, '12')).toEqual({ known: true, value: undefined });
    expect((await images.fetchManifest({ ...other, digest: base.digest })).body).toContain('"layers"');
    expect(asked).toContain(`GET /v2/shop/base/manifests/${base.digest}`);
  });

  it.each([
    ['../../api', '12'],
    ['shop/base', '12/../../x'],
    ['shop/base', '1?x=y'],
    ['Shop', '12'],
    ['shop', '1'.repeat(200)],
  ])('is not asked for what an image named as its base: %s:%s', async (repository, tag) => {
    const { facts, image: found } = await opened('shop/app:1.4');
    expect(await facts.digestOfTag({ ...found, repository }, tag)).toMatchObject({ known: false });
    expect(asked).toHaveLength(1);
  });

  it('has a tag of which nobody says whether it moves', async () => {
    const { facts, image: found } = await opened('shop/app:1.4');
    expect(await facts.tagMutabilityOf(found)).toMatchObject({ known: false });
  });
});

describe('a registry that', () => {
  it.each<[string, (response: ServerResponse) => void, string]>([
    ['does not have the tag', status(404), 'IMAGE_NOT_FOUND'],
    ['gives no right to it', status(403), 'REGISTRY_DENIED'],
    ['wants a login that there is none of', status(401), 'REGISTRY_DENIED'],
    ['fails', status(503), 'REGISTRY_UNAVAILABLE'],
    ['breaks off', (response) => response.destroy(), 'REGISTRY_UNAVAILABLE'],
    ['answers without an end', (response) => response.end(Buffer.alloc(4 * 1024 * 1024 + 1)), 'TOO_LARGE'],
    [
      'sends elsewhere in the clear',
      (response) => response.writeHead(302, { location: 'http://192.0.2.1/' }).end(),
      'ADDRESS_REFUSED',
    ],
    [
      'sends round in circles',
      (response) => response.writeHead(302, { location: '/v2/shop/app/manifests/1.4' }).end(),
      'REGISTRY_UNAVAILABLE',
    ],
  ])('%s is an error', async (_title, prepared, code) => {
    answers.set('/v2/shop/app/manifests/1.4', prepared);
    await expect(opened('shop/app:1.4')).rejects.toMatchObject({ code });
  });

  it('gives another manifest than the digest’s is an error', async () => {
    answers.set(`/v2/shop/app/manifests/${image.digest}`, manifest(base));
    await expect(opened(`shop/app@${image.digest}`)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
  });

  it('gives another blob than the digest’s is an error', async () => {
    const wanted = sha256Of('config');
    answers.set(`/v2/shop/app/blobs/${wanted}`, (response) => response.end('another'));
    const { images, image: found } = await opened('shop/app:1.4');
    await expect(images.fetchBlob(found, wanted)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
  });

  it('breaks off within a layer is an error', async () => {
    const wanted = sha256Of('layer');
    answers.set(`/v2/shop/app/blobs/${wanted}`, (response) => {
      response.writeHead(200, { 'content-length': 1_000 }).write('some', () => response.destroy());
    });
    const { layers, image: found } = await opened('shop/app:1.4');
    await expect(layers.open(found, wanted).then(buffer)).rejects.toMatchObject({ code: 'REGISTRY_UNAVAILABLE' });
  });
});
