import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type LocalFront, startFront } from '../services/local-front.ts';
import { manifestOf, OCI_CONFIG, OCI_MANIFEST, pushBlob, pushImage, putManifest, sha256 } from './images.ts';
import { OCI_INDEX, pushIndex, pushReferrer } from './index-images.ts';

let front: LocalFront;
const at = (path: string): string => `http://${front.host}/v2/${path}`;
const errorOf = async (response: Response): Promise<string> => {
  const { errors } = (await response.json()) as { errors: { code: string }[] };
  return `${response.status} ${errors[0]?.code}`;
};
const startUpload = async (repository: string): Promise<string> => {
  const response = await fetch(at(`${repository}/blobs/uploads/`), { method: 'POST' });
  expect(response.status).toBe(202);
  return `http://${front.host}${response.headers.get('location')}`;
};
const patch = (location: string, bytes: string, range?: string): Promise<Response> =>
  fetch(location, { method: 'PATCH', body: bytes, headers: range === undefined ? {} : { 'content-range': range } });

beforeAll(async () => {
  front = await startFront();
});
afterAll(() => front.close());
beforeEach(() => {
  front.actions.length = 0;
  front.faults.length = 0;
});

describe('blobs', () => {
  it('answers the version check whatever the credentials', async () => {
    const response = await fetch(at(''), { headers: { authorization: 'Basic QVdTOmFueQ==' } });
    expect([response.status, response.headers.get('docker-distribution-api-version')]).toEqual([200, 'registry/2.0']);
  });

  it('gives back what was pushed in one request', async () => {
    const digest = await pushBlob(front.host, 'team/app', 'some bytes');
    const response = await fetch(at(`team/app/blobs/${digest}`));
    expect(await response.text()).toBe('some bytes');
    expect(response.headers.get('docker-content-digest')).toBe(digest);
  });

  it('gives the size of a blob to HEAD', async () => {
    const digest = await pushBlob(front.host, 'team/app', 'twelve bytes');
    const response = await fetch(at(`team/app/blobs/${digest}`), { method: 'HEAD' });
    expect(response.headers.get('content-length')).toBe('12');
  });

  it('counts how often a blob was asked for and how many of its bytes were sent', async () => {
    const digest = await pushBlob(front.host, 'team/app', 'counted bytes');
    expect(front.registry.blobReads()[digest]).toBeUndefined();
    await (await fetch(at(`team/app/blobs/${digest}`), { method: 'HEAD' })).text();
    await (await fetch(at(`team/app/blobs/${digest}`))).text();
    await (await fetch(at(`team/app/blobs/${digest}`), { headers: { range: 'bytes=0-2' } })).text();
    await expect.poll(() => front.registry.blobReads()[digest]).toEqual({ reads: 2, bytes: 16 });
  });

  it('gives a range of a blob', async () => {
    const digest = await pushBlob(front.host, 'team/app', '0123456789');
    const response = await fetch(at(`team/app/blobs/${digest}`), { headers: { range: 'bytes=2-5' } });
    expect([response.status, response.headers.get('content-range'), await response.text()]).toEqual([
      206,
      'bytes 2-5/10',
      '2345',
    ]);
  });

  it.each(['bytes=5-2', 'bytes=10-', 'bytes=99-100'])('refuses the range %s of ten bytes', async (range) => {
    const digest = await pushBlob(front.host, 'team/app', '0123456789');
    const response = await fetch(at(`team/app/blobs/${digest}`), { headers: { range } });
    expect(await errorOf(response)).toBe('416 RANGE_INVALID');
    expect(front.faults).toEqual([]);
  });

  it('takes chunks in order, and says how far it is', async () => {
    const location = await startUpload('team/chunks');
    const first = await patch(location, 'abc', '0-2');
    expect([first.status, first.headers.get('range')]).toEqual([202, '0-2']);
    expect((await patch(location, 'def', '3-5')).headers.get('range')).toBe('0-5');
    const progress = await fetch(location);
    expect([progress.status, progress.headers.get('range')]).toEqual([204, '0-5']);
    const digest = sha256('abcdefg');
    const last = await fetch(`${location}?digest=${digest}`, { method: 'PUT', body: 'g' });
    expect(last.status).toBe(201);
    expect(await (await fetch(at(`team/chunks/blobs/${digest}`))).text()).toBe('abcdefg');
  });

  it('has the same bytes however they are cut into chunks', async () => {
    const cuts = fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(cuts, async (chunks) => {
        const location = await startUpload('team/cuts');
        for (const chunk of chunks) expect((await patch(location, chunk)).status).toBe(202);
        const digest = sha256(chunks.join(''));
        expect((await fetch(`${location}?digest=${digest}`, { method: 'PUT' })).status).toBe(201);
        expect(await (await fetch(at(`team/cuts/blobs/${digest}`))).text()).toBe(chunks.join(''));
      }),
      { numRuns: 20 },
    );
  });

  it('refuses a chunk that leaves a gap', async () => {
    const location = await startUpload('team/chunks');
    await patch(location, 'abc', '0-2');
    expect(await errorOf(await patch(location, 'xyz', '7-9'))).toBe('416 RANGE_INVALID');
  });

  it('refuses a chunk that is shorter than its range', async () => {
    const location = await startUpload('team/chunks');
    expect(await errorOf(await patch(location, 'abc', '0-9'))).toBe('400 BLOB_UPLOAD_INVALID');
  });

  it('refuses a blob whose bytes have another digest, and keeps nothing of it', async () => {
    const digest = sha256('the right bytes');
    const response = await fetch(at(`team/app/blobs/uploads/?digest=${digest}`), {
      method: 'POST',
      body: 'wrong bytes',
    });
    expect(await errorOf(response)).toBe('400 DIGEST_INVALID');
    expect((await fetch(at(`team/app/blobs/${digest}`), { method: 'HEAD' })).status).toBe(404);
  });

  it('mounts a blob of another repository', async () => {
    const digest = await pushBlob(front.host, 'team/base', 'a shared layer');
    const mounted = await fetch(at(`team/mounted/blobs/uploads/?mount=${digest}&from=team/base`), { method: 'POST' });
    expect(mounted.status).toBe(201);
    expect(await (await fetch(at(`team/mounted/blobs/${digest}`))).text()).toBe('a shared layer');
  });

  it('starts an upload when the other repository does not have the blob', async () => {
    const digest = sha256('nowhere');
    const response = await fetch(at(`team/app/blobs/uploads/?mount=${digest}&from=team/base`), { method: 'POST' });
    expect(response.status).toBe(202);
  });

  it('does not show the blobs of one repository in another', async () => {
    const digest = await pushBlob(front.host, 'team/private', 'not yours');
    expect(await errorOf(await fetch(at(`team/other/blobs/${digest}`)))).toBe('404 BLOB_UNKNOWN');
  });

  it('forgets an upload whose client hung up in the middle, and goes on', async () => {
    const location = await startUpload('team/app');
    const { pathname } = new URL(location);
    const [hostname = '', port] = front.host.split(':');
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), hostname, () => {
        socket.write(`PATCH ${pathname} HTTP/1.1\r\nHost: ${front.host}\r\nContent-Length: 1000000\r\n\r\nonly this`);
        setTimeout(() => socket.destroy(), 30);
      });
      socket.on('close', () => resolve());
    });
    await expect.poll(async () => (await patch(location, 'x')).status, { timeout: 20_000 }).toBe(404);
    expect(front.faults).toEqual([]);
  });

  it('survives a client that hangs up while it pulls', async () => {
    const digest = await pushBlob(front.host, 'team/app', 'x'.repeat(8_000_000));
    const controller = new AbortController();
    const response = await fetch(at(`team/app/blobs/${digest}`), { signal: controller.signal });
    controller.abort();
    await expect(response.text()).rejects.toThrow();
    expect((await fetch(at(''))).status).toBe(200);
    expect(front.faults).toEqual([]);
  });
});

describe('manifests', () => {
  it('are found by tag and by digest, byte by byte', async () => {
    const digest = await pushImage(front.host, 'shop/cart', 'v1');
    const byTag = await fetch(at('shop/cart/manifests/v1'));
    expect(byTag.headers.get('docker-content-digest')).toBe(digest);
    expect(byTag.headers.get('content-type')).toBe(OCI_MANIFEST);
    expect(sha256(await byTag.text())).toBe(digest);
    expect((await fetch(at(`shop/cart/manifests/${digest}`), { method: 'HEAD' })).status).toBe(200);
  });

  it.each([
    {
      why: 'names a layer that was not pushed',
      manifest: manifestOf('{}', ['missing']),
      expected: '400 MANIFEST_BLOB_UNKNOWN',
    },
    { why: 'is not JSON', manifest: '{"schemaVersion":', expected: '400 MANIFEST_INVALID' },
    { why: 'is a list', manifest: '[]', expected: '400 MANIFEST_INVALID' },
    {
      why: 'has a descriptor without a digest',
      manifest: { schemaVersion: 2, layers: [{}] },
      expected: '400 MANIFEST_INVALID',
    },
    {
      why: 'contradicts its Content-Type',
      manifest: { schemaVersion: 2, mediaType: 'application/x' },
      expected: '400 MANIFEST_INVALID',
    },
  ])('refuses a manifest that $why', async ({ manifest, expected }) => {
    expect(await errorOf(await putManifest(front.host, 'shop/cart', 'bad', manifest))).toBe(expected);
  });

  it('refuses an unknown media type without a schemaVersion', async () => {
    const response = await putManifest(front.host, 'shop/cart', 'bad', {}, 'application/json');
    expect(await errorOf(response)).toBe('400 MANIFEST_INVALID');
  });

  it('refuses a manifest under the digest of another', async () => {
    const response = await putManifest(front.host, 'shop/cart', sha256('other'), { schemaVersion: 2 });
    expect(await errorOf(response)).toBe('400 DIGEST_INVALID');
  });

  it('refuses a manifest of more than 4 MiB', async () => {
    const response = await putManifest(front.host, 'shop/cart', 'big', ' '.repeat(4 * 1024 * 1024 + 1));
    expect(await errorOf(response)).toBe('413 SIZE_INVALID');
  });

  it.each([
    ['Upper/case', '400 NAME_INVALID'],
    ['a', '400 NAME_INVALID'],
    ['trailing-/x', '400 NAME_INVALID'],
  ])('refuses the repository name %s', async (name, expected) => {
    expect(await errorOf(await putManifest(front.host, name, 'v1', { schemaVersion: 2 }))).toBe(expected);
  });

  it('says what it does not have', async () => {
    expect(await errorOf(await fetch(at('shop/cart/manifests/nope')))).toBe('404 MANIFEST_UNKNOWN');
    expect(await errorOf(await fetch(at('no/such/tags/list')))).toBe('404 NAME_UNKNOWN');
    expect(await errorOf(await fetch(at('shop/cart/blobs/sha256:short')))).toBe('400 DIGEST_INVALID');
  });

  it('takes an index only after its manifests', async () => {
    const index = (digest: string): object => ({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: [{ mediaType: OCI_MANIFEST, digest, size: 1 }],
    });
    const put = (digest: string) =>
      putManifest(front.host, 'shop/multi', 'v1', index(digest), 'application/vnd.oci.image.index.v1+json');
    expect(await errorOf(await put(sha256('missing')))).toBe('400 MANIFEST_BLOB_UNKNOWN');
    const child = await pushImage(front.host, 'shop/multi', undefined);
    expect((await put(child)).status).toBe(201);
    const refused = await fetch(at(`shop/multi/manifests/${child}`), { method: 'DELETE' });
    expect(await errorOf(refused)).toBe('403 DENIED');
  });

  it('lists tags in order and by pages', async () => {
    for (const tag of ['b', 'c', 'a']) await pushImage(front.host, 'shop/tags', tag);
    const first = await fetch(at('shop/tags/tags/list?n=2'));
    expect(await first.json()).toEqual({ name: 'shop/tags', tags: ['a', 'b'] });
    expect(first.headers.get('link')).toBe('</v2/shop/tags/tags/list?n=2&last=b>; rel="next"');
    const second = await fetch(at('shop/tags/tags/list?n=2&last=b'));
    expect(await second.json()).toEqual({ name: 'shop/tags', tags: ['c'] });
    expect(second.headers.get('link')).toBeNull();
  });

  it('lists what refers to an image', async () => {
    const subject = await pushImage(front.host, 'shop/signed', 'v1');
    const config = '{}';
    await pushBlob(front.host, 'shop/signed', config);
    const signature = manifestOf(config, [], {
      artifactType: 'application/vnd.example.signature',
      subject: { mediaType: OCI_MANIFEST, digest: subject, size: 1 },
    });
    const put = await putManifest(front.host, 'shop/signed', 'signature', signature);
    expect(put.headers.get('oci-subject')).toBe(subject);
    const all = (await (await fetch(at(`shop/signed/referrers/${subject}`))).json()) as { manifests: unknown[] };
    expect(all.manifests).toEqual([
      expect.objectContaining({
        digest: sha256(JSON.stringify(signature)),
        artifactType: 'application/vnd.example.signature',
      }),
    ]);
    const none = await fetch(at(`shop/signed/referrers/${subject}?artifactType=application/x`));
    expect(none.headers.get('oci-filters-applied')).toBe('artifactType');
    expect(await none.json()).toMatchObject({ manifests: [] });
  });
});

describe('what ECR does not offer', () => {
  it('is the catalogue of repositories', async () => {
    expect(await errorOf(await fetch(at('_catalog')))).toBe('405 UNSUPPORTED');
  });

  it('is any digest but sha256', async () => {
    const response = await fetch(at(`team/app/blobs/sha512:${'a'.repeat(128)}`));
    expect(await errorOf(response)).toBe('400 DIGEST_INVALID');
  });
});

describe('a repository with immutable tags', () => {
  it('refuses a tag that is on another image, and takes the same image again', async () => {
    front.registry.store.createRepository('fixed/tags', { mode: 'IMMUTABLE', exclusions: [] });
    const digest = await pushImage(front.host, 'fixed/tags', 'v1', 'one');
    const other = await pushImage(front.host, 'fixed/tags', 'v2', 'two');
    const manifest = await (await fetch(at(`fixed/tags/manifests/${other}`))).text();
    expect(await errorOf(await putManifest(front.host, 'fixed/tags', 'v1', manifest))).toBe('400 TAG_INVALID');
    expect(await pushImage(front.host, 'fixed/tags', 'v1', 'one')).toBe(digest);
    expect(front.actions.map(({ tag }) => tag)).toEqual(['v1', 'v2']);
    expect((await fetch(at('fixed/tags/manifests/v1'))).headers.get('docker-content-digest')).toBe(digest);
  });
});

describe('image actions', () => {
  it('tell of every manifest of an index, and of its attestations, without tags, and of the index with its own', async () => {
    const { digest, platforms, attestations } = await pushIndex(front.host, 'act/index', 'v1', ['amd', 'arm']);
    expect(front.actions.map((action) => [action.digest, action.tag])).toEqual([
      [platforms[0], undefined],
      [attestations[0], undefined],
      [platforms[1], undefined],
      [attestations[1], undefined],
      [digest, 'v1'],
    ]);
    expect(front.actions.at(-1)).toMatchObject({ manifestMediaType: OCI_INDEX, artifactMediaType: undefined });
  });

  it('tell of what refers to an image as of any image', async () => {
    const subject = await pushImage(front.host, 'act/signed', 'v1');
    const digest = await pushReferrer(front.host, 'act/signed', subject, 'application/vnd.example.signature');
    expect(front.actions.at(-1)).toMatchObject({
      action: 'PUSH',
      digest,
      tag: undefined,
      artifactMediaType: 'application/vnd.example.signature',
    });
  });

  it('leave the image from which a tag moves, without tags', async () => {
    const before = await pushImage(front.host, 'act/moved', 'v1', 'one');
    const after = await pushImage(front.host, 'act/moved', 'v1', 'two');
    const images = front.registry.store.images('act/moved') ?? [];
    expect(images.map(({ digest, tags }) => [digest, tags])).toEqual([
      [before, []],
      [after, ['v1']],
    ]);
  });

  it('tells of a push with its tag, its digest and both media types', async () => {
    const digest = await pushImage(front.host, 'act/tagged', 'v1');
    expect(front.actions).toEqual([
      {
        action: 'PUSH',
        repository: 'act/tagged',
        digest,
        tag: 'v1',
        manifestMediaType: OCI_MANIFEST,
        artifactMediaType: OCI_CONFIG,
        time: new Date('2026-03-01T10:00:00.000Z'),
      },
    ]);
  });

  it('tells of a push by digest without a tag', async () => {
    await pushImage(front.host, 'act/untagged', undefined);
    expect(front.actions.map(({ tag }) => tag)).toEqual([undefined]);
  });

  it('tells nothing when the same image is pushed again with the same tag', async () => {
    await pushImage(front.host, 'act/again', 'v1');
    await pushImage(front.host, 'act/again', 'v1');
    expect(front.actions).toHaveLength(1);
  });

  it('tells of a second tag for the same image, and of a tag that moves', async () => {
    await pushImage(front.host, 'act/move', 'v1', 'one');
    await pushImage(front.host, 'act/move', 'v2', 'one');
    await pushImage(front.host, 'act/move', 'v1', 'two');
    expect(front.actions.map(({ tag }) => tag)).toEqual(['v1', 'v2', 'v1']);
  });

  it('tells of a deletion once for each tag, and the image is gone', async () => {
    const digest = await pushImage(front.host, 'act/gone', 'v1');
    await pushImage(front.host, 'act/gone', 'v2');
    front.actions.length = 0;
    const response = await fetch(at(`act/gone/manifests/${digest}`), { method: 'DELETE' });
    expect(response.status).toBe(202);
    expect(front.actions.map(({ action, tag }) => [action, tag])).toEqual([
      ['DELETE', 'v1'],
      ['DELETE', 'v2'],
    ]);
    expect((await fetch(at('act/gone/manifests/v1'))).status).toBe(404);
  });
});

const hasTools = ['skopeo', 'umoci'].every((tool) => spawnSync(tool, ['--version']).status === 0);
if (!hasTools) console.log('skopeo or umoci is not installed: the push of a real image is not tested');

it.skipIf(!hasTools)('takes and gives an image of skopeo', { timeout: 20_000 }, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'sekisho-test-'));
  const run = async (tool: string, ...args: string[]): Promise<string> =>
    (await promisify(execFile)(tool, args, { cwd: directory })).stdout;
  try {
    await run('umoci', 'init', '--layout', 'oci');
    await run('umoci', 'new', '--image', 'oci:real');
    const image = `docker://${front.host}/real/image:v1`;
    await run('skopeo', 'copy', '--insecure-policy', '--dest-tls-verify=false', 'oci:oci:real', image);
    const described = await run('skopeo', 'inspect', '--tls-verify=false', '--format', '{{.Digest}}', image);
    expect(front.actions).toMatchObject([
      { action: 'PUSH', repository: 'real/image', tag: 'v1', digest: described.trim() },
    ]);
    await run('skopeo', 'copy', '--insecure-policy', '--src-tls-verify=false', image, 'oci:back:v1');
    expect(front.faults).toEqual([]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
