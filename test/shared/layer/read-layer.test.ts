import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DEFAULT_BUDGET } from '../../../shared/layer/budget.ts';
import { PATH_HASHES } from '../../../shared/layer/path-set.ts';
import { readLayer } from '../../../shared/layer/read-layer.ts';
import { layerOf, notingReaders, QUIET, sha256, slices, sourceOf } from './layer-source.ts';
import { tarBlock, tarEntry, tarOf } from './tar/tar-bytes.ts';

const TAR = tarOf(
  tarEntry({ name: './', typeflag: '5' }),
  tarEntry({ name: 'etc/', typeflag: '5' }),
  tarEntry({ name: 'etc/passwd' }, 'root:x:0:0'),
  tarEntry({ name: 'bin', typeflag: '2', linkName: 'usr/bin' }),
  tarEntry({ name: 'root/.wh..netrc' }),
  tarEntry({ name: 'var/cache/.wh..wh..opq' }),
);
const GZIP = gzipSync(TAR);
const OTHER = sha256(Buffer.from('other'));

const FORMS = [
  ['gzip', GZIP],
  ['zstd', zstdCompressSync(TAR)],
  ['none', TAR],
] as const;

describe('a layer', () => {
  it.each(FORMS)('compressed by %s gives the same report', async (compression, blob) => {
    const { readers, noted } = notingReaders();
    const source = sourceOf(slices(blob, 100));
    const { paths, ...report } = await readLayer(source, readers, layerOf(blob, { expectedDiffId: sha256(TAR) }));
    expect(report).toEqual({
      version: 1,
      digest: sha256(blob),
      diffId: sha256(TAR),
      compression,
      size: blob.length,
      uncompressedSize: TAR.length,
      files: 2,
      truncated: [],
      whiteouts: ['root/.netrc'],
      opaque: ['var/cache'],
      secrets: [],
      components: [],
      databases: [],
      notable: [],
      system: {},
    });
    expect(new Set(PATH_HASHES.in(paths))).toEqual(new Set(['etc/passwd', 'bin'].map(PATH_HASHES.of)));
    expect(noted.map(({ entry, content, whole }) => [entry.path, content, whole])).toEqual([
      ['', '', true],
      ['etc', '', true],
      ['etc/passwd', 'root:x:0:0', true],
      ['bin', '', true],
      ['root/.wh..netrc', '', true],
      ['var/cache/.wh..wh..opq', '', true],
    ]);
    expect(source.isEnded()).toBe(true);
  });

  it('that is empty has a report without anything', async () => {
    const blob = gzipSync(Buffer.alloc(1024));
    expect(await readLayer(sourceOf([blob]), QUIET, layerOf(blob))).toMatchObject({
      files: 0,
      paths: '',
      truncated: [],
    });
  });

  it('that is encrypted is not read', async () => {
    const source = sourceOf([GZIP]);
    const mediaType = 'application/vnd.oci.image.layer.v1.tar+gzip+encrypted';
    expect(await readLayer(source, QUIET, layerOf(GZIP, { mediaType }))).toMatchObject({
      size: 0,
      compression: 'unknown',
      truncated: [{ by: 'encrypted', text: 'the layer is encrypted' }],
    });
    expect(source.taken()).toBe(0);
  });
});

describe('a layer that is not what was asked for', () => {
  it.each([
    ['has another digest', { digest: OTHER }, 'DIGEST_MISMATCH'],
    ['unpacks to another diff id', { expectedDiffId: OTHER }, 'DIGEST_MISMATCH'],
    ['is shorter than the manifest says', { size: GZIP.length + 1 }, 'LAYER_MISMATCH'],
    ['is longer than the manifest says', { size: GZIP.length - 1 }, 'LAYER_MISMATCH'],
  ])('has no report: it %s', async (_how, more, code) => {
    const source = sourceOf(slices(GZIP, 50));
    await expect(readLayer(source, QUIET, layerOf(GZIP, more))).rejects.toMatchObject({ code, retryable: false });
    expect(source.isEnded()).toBe(true);
  });

  it('is read no further than one chunk behind its size', async () => {
    const source = sourceOf(endless());
    await expect(readLayer(source, QUIET, layerOf(GZIP, { size: 10_000 }))).rejects.toMatchObject({
      code: 'LAYER_MISMATCH',
    });
    expect(source.taken()).toBeLessThanOrEqual(10_512);
  });

  it('is not taken for damaged: what the registry keeps may be whole', async () => {
    const damaged = Buffer.concat([GZIP.subarray(0, 60), Buffer.alloc(20), GZIP.subarray(80)]);
    await expect(readLayer(sourceOf([damaged]), QUIET, layerOf(GZIP))).rejects.toMatchObject({
      code: 'DIGEST_MISMATCH',
    });
  });
});

function* endless(): Generator<Buffer> {
  for (const entry = tarEntry({}); ; ) yield entry;
}

describe('a layer whose archive is damaged', () => {
  const good = tarEntry({ name: 'kept' }, 'kept');
  it.each([
    [
      'in a header',
      Buffer.concat([good, tarBlock({ checksum: '000001\0 ' })]),
      'none',
      'a tar header does not have the checksum that it names',
    ],
    [
      'by its end in a file',
      Buffer.concat([good, tarEntry({}, 'abc').subarray(0, 514)]),
      'none',
      'the archive ends in the middle of an entry',
    ],
    [
      'in its compression',
      gzipSync(Buffer.concat([good, Buffer.alloc(100_000)])).subarray(0, -12),
      'gzip',
      'the compressed stream is damaged',
    ],
    [
      'by what follows its compression',
      Buffer.concat([zstdCompressSync(tarOf(good)), Buffer.from('more')]),
      'zstd',
      'what follows a zstd frame is no frame',
    ],
  ])('%s reports what came before', async (_where, blob, compression, text) => {
    const { readers, noted } = notingReaders();
    const report = await readLayer(sourceOf(slices(blob, 50)), readers, layerOf(blob));
    expect(report).toMatchObject({
      files: expect.any(Number),
      size: blob.length,
      compression: compression === 'none' ? 'unknown' : compression,
      truncated: [{ by: 'unreadable-archive', text }],
    });
    expect(report.diffId).toBeUndefined();
    expect(noted[0]).toMatchObject({ entry: { path: 'kept' }, content: 'kept', whole: true });
    expect(noted.every(({ whole }) => whole !== undefined)).toBe(true);
  });

  it('by a window too large for its decompression is cut by bytes', async () => {
    const blob = Buffer.from('28b52ffd00a0010000', 'hex');
    expect(await readLayer(sourceOf([blob]), QUIET, layerOf(blob))).toMatchObject({ truncated: [{ by: 'bytes' }] });
  });
});

describe('a budget', () => {
  const MANY = tarOf(...Array.from({ length: 1000 }, (_, at) => tarEntry({ name: `file-${at}` }, 'x')));
  it.each([
    ['compressedBytes', 20_000, 'bytes'],
    ['uncompressedBytes', 20_000, 'bytes'],
    ['entries', 20, 'files'],
  ] as const)('of %s ends the reading, and the source', async (name, most, by) => {
    const { readers, noted } = notingReaders();
    const source = sourceOf(slices(MANY, 1000));
    const report = await readLayer(source, readers, layerOf(MANY, { budget: { ...DEFAULT_BUDGET, [name]: most } }));
    expect(report.truncated).toEqual([
      { by, text: expect.stringMatching(/the rest was not read, and the digest not checked$/) },
    ]);
    expect(report.diffId).toBeUndefined();
    expect(report.size).toBe(source.taken());
    expect(source.taken()).toBeLessThan(25_000);
    expect(source.isEnded()).toBe(true);
    expect(noted).toHaveLength(report.files);
    expect(noted.every(({ whole }) => whole !== undefined)).toBe(true);
  });

  it('of time ends the reading of a source that drips', async () => {
    let clock = 0;
    const source = sourceOf(endless());
    const layer = layerOf(MANY, { size: Number.MAX_SAFE_INTEGER, now: () => clock++ * 1000 });
    const report = await readLayer(source, QUIET, layer);
    expect(report.truncated).toMatchObject([{ by: 'time' }]);
    expect(source.taken()).toBeLessThan(1_000_000);
  });

  it('of time ends the reading within a chunk that is costly to read', async () => {
    // One chunk; its reader takes a second for 64 KiB.
    const content = Buffer.alloc(50 * 1024 * 1024, 'x');
    const blob = tarOf(tarEntry({ name: 'hostile' }, content));
    let clock = 0;
    const readers = {
      ...QUIET,
      secrets: {
        ...QUIET.secrets,
        entry: () => ({
          write: (bytes: Buffer) => {
            clock += bytes.length / 64 / 1.024;
          },
          end: () => undefined,
        }),
      },
    };
    const budget = { ...DEFAULT_BUDGET, milliseconds: 10_000 };
    const report = await readLayer(sourceOf([blob]), readers, layerOf(blob, { now: () => clock, budget }));
    expect(report.truncated).toMatchObject([{ by: 'time' }]);
    expect(clock).toBeLessThan(12_000);
  });

  it('that is passed while a damaged layer is compared is named too', async () => {
    const source = sourceOf(slices(Buffer.alloc(100_000, 'x'), 1000));
    const budget = { ...DEFAULT_BUDGET, compressedBytes: 50_000 };
    const report = await readLayer(source, QUIET, layerOf(Buffer.alloc(100_000, 'x'), { budget }));
    expect(report.truncated).toMatchObject([{ by: 'unreadable-archive' }, { by: 'bytes' }]);
    expect(source.taken()).toBeLessThan(52_000);
  });

  it('of paths and whiteouts leaves the rest to be read', async () => {
    const blob = tarOf(tarEntry({ name: 'a' }), tarEntry({ name: 'b' }), tarEntry({ name: '.wh.long-name' }));
    const budget = { ...DEFAULT_BUDGET, paths: 1, whiteoutLength: 5 };
    const report = await readLayer(sourceOf([blob]), QUIET, layerOf(blob, { budget }));
    expect(report).toMatchObject({
      files: 2,
      diffId: sha256(blob),
      whiteouts: [],
      truncated: [{ by: 'files' }, { by: 'files' }],
    });
  });
});

it.each([
  ['a whiteout that names nothing', tarEntry({ name: 'a/.wh.' }), 'a whiteout of the layer names nothing'],
  ['a sparse file', tarEntry({ typeflag: 'S' }, 'x'), 'a sparse file of the layer was read without its holes'],
])('is not clean with %s', async (_what, entry, text) => {
  const blob = tarOf(entry);
  expect((await readLayer(sourceOf([blob]), QUIET, layerOf(blob))).truncated).toEqual([
    { by: 'unreadable-archive', text },
  ]);
});

describe('what ends the reading from outside', () => {
  it('is thrown on: the source fails', async () => {
    const failure = new Error('the connection broke');
    const source = sourceOf([GZIP.subarray(0, 60)], failure);
    await expect(readLayer(source, QUIET, layerOf(GZIP))).rejects.toBe(failure);
  });

  it('is thrown on: the signal, after which no more is taken', async () => {
    const controller = new AbortController();
    const reason = new Error('the function has to end');
    const source = sourceOf(endless());
    const readers = {
      ...QUIET,
      files: {
        ...QUIET.files,
        entry: () => {
          controller.abort(reason);
          return undefined;
        },
      },
    };
    const layer = layerOf(GZIP, { size: Number.MAX_SAFE_INTEGER, signal: controller.signal });
    await expect(readLayer(source, readers, layer)).rejects.toBe(reason);
    expect(source.taken()).toBeLessThan(5000);
    expect(source.isEnded()).toBe(true);
  });
});
