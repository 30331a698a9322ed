import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type InspectOptions, inspectStore } from '../../../cli/inspect/inspect-store.ts';
import type { LayerProgress } from '../../../cli/inspect/layer-scans.ts';
import { openOciLayout } from '../../../cli/inspect/oci-layout.ts';
import type { Digest } from '../../../shared/image/digest.ts';
import { BUILT_IN_POLICY } from '../../../shared/policy/policy.ts';
import type { InspectedReference } from '../../../shared/report/inspected-reference.ts';
import { createLayout, OCI, sha256Of, type TestDescriptor, type TestLayout } from '../../support/build-image-layout.ts';
import { plantedSecrets } from '../../support/planted-secrets.ts';

let folder: string;
let layout: TestLayout;
let opened: Digest[];
let progress: LayerProgress[];
let count = 0;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sekisho-store-'));
});
beforeEach(async () => {
  count += 1;
  layout = await createLayout(path.join(folder, String(count)));
  opened = [];
  progress = [];
});
afterAll(() => rm(folder, { recursive: true }));

const [SECRET, OTHER] = plantedSecrets().filter(({ kind }) => kind === 'github-token');
const inspect = async (entry: TestDescriptor, options: Partial<InspectOptions> = {}): Promise<InspectedReference> => {
  await layout.name({ '1.4': entry });
  const store = await openOciLayout(layout.directory, undefined, 'oci:test');
  const layers: typeof store.layers = {
    open: (image, layer) => {
      opened.push(layer);
      return store.layers.open(image, layer);
    },
  };
  return inspectStore(
    { ...store, layers },
    { policy: BUILT_IN_POLICY, today: '2026-11-20', onProgress: (one) => progress.push(one), ...options },
  );
};

describe('an image', () => {
  it('is inspected as a whole', async () => {
    const image = await layout.addImage({ layers: [{ 'etc/os-release': 'PRETTY_NAME="Debian 12"\n' }, { b: 'b' }] });
    const inspected = await inspect(image);
    expect(inspected).toMatchObject({
      reference: 'oci:test',
      digest: image.digest,
      mediaType: OCI.manifest,
      platform: 'linux/amd64',
      platforms: [
        {
          platform: 'linux/amd64',
          digest: image.digest,
          instructions: [{ text: 'COPY layer0 /' }, { text: 'COPY layer1 /' }],
          attribution: { attributed: true },
          inspection: { complete: true, distribution: 'Debian 12', layers: [{ files: 1 }, { files: 1 }] },
        },
      ],
    });
  });

  it('tells how far the reading of each layer is', async () => {
    await inspect(await layout.addImage({ layers: [{ a: 'a' }] }));
    const [layer] = opened;
    expect(progress.at(-1)).toMatchObject({ layer, done: progress.at(-1)?.total });
  });

  it('has no other platform than its own', async () => {
    const image = await layout.addImage({ layers: [{ a: 'a' }] });
    expect((await inspect(image, { platform: 'linux/amd64' })).platforms).toHaveLength(1);
    await expect(inspect(image, { platform: 'linux/arm64' })).rejects.toThrow(
      new TypeError('the image has no platform linux/arm64: it has linux/amd64'),
    );
  });

  it('whose layer stands in it twice has it read once', async () => {
    const { platforms } = await inspect(await layout.addImage({ layers: [{ a: 'a' }, { a: 'a' }] }));
    expect(opened).toHaveLength(1);
    expect(platforms[0]?.inspection.layers).toHaveLength(2);
  });
});

describe('an index', () => {
  it('has each of its platforms inspected, with the layers that they share read once', async () => {
    const images = [
      await layout.addImage({ layers: [{ shared: 's' }, { own: 'amd64' }] }),
      await layout.addImage({ layers: [{ shared: 's' }, { own: 'arm64' }], architecture: 'arm64' }),
    ];
    const index = await layout.addIndex(images);
    const inspected = await inspect(index);
    expect(inspected).toMatchObject({ digest: index.digest, mediaType: OCI.index });
    expect(inspected.platform).toBeUndefined();
    expect(inspected.platforms.map(({ platform, digest }) => [platform, digest])).toEqual([
      ['linux/amd64', images[0]?.digest],
      ['linux/arm64', images[1]?.digest],
    ]);
    expect(opened).toHaveLength(3);
  });

  it('has the platform inspected that is wanted', async () => {
    const index = await layout.addIndex([
      await layout.addImage({ layers: [{ own: 'amd64' }] }),
      await layout.addImage({ layers: [{ own: 'arm64' }], architecture: 'arm64' }),
    ]);
    const { platforms } = await inspect(index, { platform: 'linux/arm64' });
    expect(platforms.map(({ platform }) => platform)).toEqual(['linux/arm64']);
    expect(opened).toHaveLength(1);
  });

  it('whose platforms disagree about a layer is refused', async () => {
    const index = await layout.addIndex([
      await layout.addImage({ layers: [{ shared: 's' }] }),
      await layout.addImage({ layers: [{ shared: 's' }], architecture: 'arm64', diffIds: () => [sha256Of('other')] }),
    ]);
    await expect(inspect(index)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
  });
});

describe('what is no image', () => {
  it('is told for what it is', async () => {
    const config = await layout.addBlob('application/vnd.cncf.helm.config.v1+json', {});
    const chart = await layout.addBlob(OCI.manifest, { schemaVersion: 2, config, layers: [] });
    expect(await inspect(chart)).toMatchObject({
      platforms: [],
      artifact: { type: 'application/vnd.cncf.helm.config.v1+json' },
    });
  });
});

describe('a layer', () => {
  const [one, half, twice] = [
    (layers: readonly TestDescriptor[]) => layers.map((layer) => ({ ...layer, digest: sha256Of('other') })),
    (layers: readonly TestDescriptor[]) => layers.map((layer) => ({ ...layer, size: layer.size - 1 })),
    (layers: readonly TestDescriptor[]) => layers.map((layer) => ({ ...layer, size: layer.size * 2 })),
  ];
  it.each<[string, Parameters<TestLayout['addImage']>[0]['describe'], string]>([
    ['is not there', one, 'IMAGE_NOT_FOUND'],
    ['is longer than the manifest says', half, 'LAYER_MISMATCH'],
    ['is shorter than the manifest says', twice, 'LAYER_MISMATCH'],
  ])('that %s ends the inspection, and is named', async (_title, describe, code) => {
    const image = await layout.addImage({ layers: [{ a: 'a' }], ...(describe && { describe }) });
    const failure = inspect(image);
    await expect(failure).rejects.toMatchObject({ code });
    await expect(failure).rejects.toThrow(/sha256:[a-f0-9]{64}/);
  });

  it('that is another than the config says ends the inspection', async () => {
    const image = await layout.addImage({ layers: [{ a: 'a' }], diffIds: () => [sha256Of('other')] });
    await expect(inspect(image)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
  });

  it.each<[string, string]>([
    ['is encrypted', 'application/vnd.oci.image.layer.v1.tar+gzip+encrypted'],
    ['lies elsewhere', 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip'],
  ])('that %s is not read, and the answer is not complete', async (_title, mediaType) => {
    const image = await layout.addImage({
      layers: [{ a: 'a' }, { b: 'b' }],
      describe: ([first, ...others]) => (first ? [{ ...first, mediaType }, ...others] : []),
    });
    const { platforms } = await inspect(image);
    expect(platforms[0]?.inspection).toMatchObject({
      complete: false,
      layers: [{ truncated: [expect.anything()] }, { truncated: [] }],
    });
    expect(opened).toHaveLength(1);
  });
});

describe('the mark of a secret', () => {
  const marksOf = async (fingerprintKey?: string): Promise<readonly string[]> => {
    const secret = (value?: Buffer) => value ?? Buffer.alloc(0);
    const image = await layout.addImage({
      layers: [
        {
          'srv/one': secret(SECRET?.content),
          'srv/again': secret(SECRET?.content),
          'srv/other': secret(OTHER?.content),
        },
      ],
    });
    const { platforms } = await inspect(image, fingerprintKey === undefined ? {} : { fingerprintKey });
    const found = platforms[0]?.inspection.secrets ?? [];
    return ['srv/one', 'srv/again', 'srv/other'].map(
      (wanted) => found.find((secret) => secret.path === wanted)?.fingerprint ?? 'not found',
    );
  };

  it('is the same for the same secret in two places, and another for another', async () => {
    const [first, again, other] = await marksOf();
    expect(first).toMatch(/^[a-f0-9]{32}$/);
    expect(again).toBe(first);
    expect(other).toMatch(/^[a-f0-9]{32}$/);
    expect(other).not.toBe(first);
  });

  it('is the same with the same key, and another with another or none', async () => {
    const [one, again, other, none] = [
      await marksOf('key'),
      await marksOf('key'),
      await marksOf('other'),
      await marksOf(),
    ];
    expect(again).toEqual(one);
    expect(new Set([...one, ...other, ...none]).size).toBe(6);
  });
});
