import { describe, expect, it } from 'vitest';
import { outsideAws } from '../../../cli/inspect/image-store.ts';
import { platformsOf, type RunnableImage } from '../../../cli/inspect/platforms-of.ts';
import { SekishoError } from '../../../shared/base/errors.ts';
import type { Digest } from '../../../shared/image/digest.ts';
import { parseManifest } from '../../../shared/image/manifest.ts';
import type { ImageSource } from '../../../shared/pipeline/ports.ts';
import { OCI, sha256Of } from '../../support/build-image-layout.ts';

interface Entry {
  readonly digest: Digest;
  readonly platform?: object;
  readonly annotations?: object;
  readonly artifactType?: string;
}

/** Documents by digest, as a registry has them. */
const store = () => {
  const documents = new Map<string, string>();
  const put = (document: object): Digest => {
    const body = JSON.stringify(document);
    documents.set(sha256Of(body), body);
    return sha256Of(body);
  };
  const read = async (digest: string): Promise<string> => {
    const body = documents.get(digest);
    if (body === undefined) throw new SekishoError('IMAGE_NOT_FOUND', 'The registry does not have it.');
    return body;
  };
  const images: ImageSource = {
    fetchManifest: async ({ digest }) => ({ mediaType: '', body: await read(digest) }),
    fetchBlob: async (_image, digest) => read(digest),
  };
  const image = (architecture: string, variant?: string): Digest =>
    put({
      layers: [],
      config: {
        mediaType: OCI.config,
        size: 1,
        digest: put({ os: 'linux', architecture, ...(variant && { variant }), rootfs: { diff_ids: [] } }),
      },
    });
  const index = (entries: readonly Entry[]): Digest =>
    put({ manifests: entries.map((entry) => ({ mediaType: OCI.manifest, size: 1, ...entry })) });
  const find = async (digest: Digest, platform?: string): Promise<readonly RunnableImage[]> => {
    const manifest = parseManifest(await read(digest));
    if (manifest.kind !== 'index') throw new TypeError('no index');
    return platformsOf(outsideAws('app', digest), manifest, platform, images);
  };
  return { put, image, index, find };
};

const linux = (architecture: string, variant?: string) => ({
  platform: { os: 'linux', architecture, ...(variant && { variant }) },
});
const ATTESTATION = { platform: { os: 'unknown', architecture: 'unknown' } };
const digests = (found: readonly RunnableImage[]): readonly Digest[] => found.map(({ image }) => image.digest);
const MISSING = sha256Of('missing');

describe('the images of an index', () => {
  it('are those to run, in the order of the index', async () => {
    const { image, index, find, put } = store();
    const [amd64, arm64] = [image('amd64'), image('arm64', 'v8')];
    const chart = put({
      config: { mediaType: 'application/vnd.cncf.helm.config.v1+json', digest: amd64, size: 1 },
      layers: [],
    });
    const listed = index([
      { digest: arm64, ...linux('arm64', 'v8') },
      { digest: MISSING, ...ATTESTATION },
      { digest: chart },
      { digest: amd64, ...linux('amd64') },
    ]);
    const found = await find(listed);
    expect(digests(found)).toEqual([arm64, amd64]);
    expect(found.map(({ indexes }) => indexes)).toEqual([[listed], [listed]]);
  });

  it('are told once, however often they are listed', async () => {
    const { image, index, find } = store();
    const amd64 = image('amd64');
    expect(digests(await find(index([{ digest: amd64, ...linux('amd64') }, { digest: amd64 }])))).toEqual([amd64]);
  });

  it('are found through an index of indexes', async () => {
    const { image, index, find } = store();
    const amd64 = image('amd64');
    const inner = index([{ digest: amd64, ...linux('amd64') }]);
    const outer = index([{ digest: inner }]);
    expect(await find(outer)).toMatchObject([{ image: { digest: amd64 }, indexes: [outer, inner] }]);
  });

  it.each<[string, string, string]>([
    ['linux/arm64', 'arm64', 'v8'],
    ['linux/arm/v7', 'arm', 'v7'],
  ])('are that of %s alone, and the others need not be there', async (platform, architecture, variant) => {
    const { image, index, find } = store();
    const wanted = image(architecture, variant);
    const listed = index([
      { digest: MISSING, ...linux('amd64') },
      { digest: wanted, ...linux(architecture, variant) },
    ]);
    expect(digests(await find(listed, platform))).toEqual([wanted]);
  });

  it('have the platform that their config says where the index says none', async () => {
    const { image, index, find } = store();
    const [amd64, arm64] = [image('amd64'), image('arm64')];
    expect(digests(await find(index([{ digest: amd64 }, { digest: arm64 }]), 'linux/arm64'))).toEqual([arm64]);
  });

  it('are none of another platform', async () => {
    const { image, index, find } = store();
    const listed = index([{ digest: image('amd64'), ...linux('amd64') }, { digest: image('arm64') }]);
    await expect(find(listed, 'linux/s390x')).rejects.toThrow(
      new TypeError('the image has no platform linux/s390x: it has linux/amd64, linux/arm64'),
    );
  });

  it.each<[string, Omit<Entry, 'digest'>]>([
    ['of an attestation', { ...linux('amd64'), annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } }],
    ['of an attestation, and no platform', { annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } }],
    ['of an artifact', { ...linux('amd64'), artifactType: 'application/spdx+json' }],
    ['of an artifact, and no platform', { artifactType: 'application/spdx+json' }],
  ])('are those too that carry the marks %s: a runtime takes them all the same', async (_title, marks) => {
    const { image, index, find } = store();
    const amd64 = image('amd64');
    const listed = index([{ digest: amd64, ...marks }]);
    for (const platform of [undefined, 'linux/amd64']) expect(digests(await find(listed, platform))).toEqual([amd64]);
  });

  it.each<[string, (artifact: Digest) => readonly Entry[]]>([
    ['nothing', () => []],
    ['attestations alone', () => [{ digest: MISSING, ...ATTESTATION }]],
    ['artifacts alone', (digest) => [{ digest, artifactType: 'application/spdx+json' }]],
  ])('are not none: an index of %s is refused', async (_title, entriesOf) => {
    const { put, index, find } = store();
    const empty = { mediaType: 'application/vnd.oci.empty.v1+json', digest: MISSING, size: 2 };
    const entries = entriesOf(put({ artifactType: 'application/spdx+json', config: empty, layers: [] }));
    for (const platform of [undefined, 'linux/amd64'])
      await expect(find(index(entries), platform)).rejects.toMatchObject({
        code: 'IMAGE_NOT_FOUND',
        message: 'The index lists no image to run.',
      });
  });

  it('that are not there are named, with what to do', async () => {
    const { index, find } = store();
    await expect(find(index([{ digest: MISSING, ...linux('amd64') }]))).rejects.toMatchObject({
      code: 'IMAGE_NOT_FOUND',
      message: expect.stringMatching(/for linux\/amd64 that is not there: .*skopeo copy --all.*--platform/),
    });
  });

  it('are not more than any index has', async () => {
    const { put, index, find } = store();
    const chart = (at: number): Digest =>
      put({ config: { mediaType: 'application/x', digest: MISSING, size: at }, layers: [] });
    const inner = (from: number): Digest =>
      index(Array.from({ length: 600 }, (_, at) => ({ digest: chart(from + at) })));
    await expect(find(index([{ digest: inner(0) }, { digest: inner(600) }]))).rejects.toMatchObject({
      code: 'TOO_LARGE',
    });
  });
});
