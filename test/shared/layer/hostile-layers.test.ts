/** Layers that were made to hurt: each ends early, says so, and takes little. */
import { constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DEFAULT_BUDGET } from '../../../shared/layer/budget.ts';
import { readLayer } from '../../../shared/layer/read-layer.ts';
import { scanLayer } from '../../../shared/layer/scan-layer.ts';
import { layerOf, notingReaders, QUIET, slices, sourceOf } from './layer-source.ts';
import { octal, tarBlock, tarEntry, tarOf } from './tar/tar-bytes.ts';

const MIB = 1024 * 1024;
const SMALL = { ...DEFAULT_BUDGET, ratioFreeBytes: 4 * MIB };

/** One huge file of zeros: its content comes out of very few bytes. */
const zeros = (bytes: number): Buffer =>
  Buffer.concat([tarBlock({ size: octal(bytes) }), Buffer.alloc(bytes), Buffer.alloc(1024)]);

const BOMB = zeros(64 * MIB);

describe('a bomb', () => {
  it.each([
    ['gzip', gzipSync(BOMB, { level: 9 })],
    ['zstd', zstdCompressSync(BOMB)],
    ['gzip in many members', Buffer.concat(Array.from({ length: 8 }, () => gzipSync(BOMB.subarray(0, 8 * MIB))))],
    [
      'zstd in many frames',
      Buffer.concat(Array.from({ length: 8 }, () => zstdCompressSync(BOMB.subarray(0, 8 * MIB)))),
    ],
  ])('of %s is cut by its ratio, whether it comes in pieces or at once', async (_kind, blob) => {
    for (const chunks of [slices(blob, 512), [blob]]) {
      const report = await readLayer(sourceOf(chunks), QUIET, layerOf(blob, { budget: SMALL }));
      expect(report.truncated).toMatchObject([{ by: 'ratio' }]);
      expect(report.uncompressedSize).toBeLessThanOrEqual(6 * MIB);
    }
  });

  it('is not read on behind what was unpacked of it', async () => {
    const blob = gzipSync(BOMB, { level: 1 });
    const source = sourceOf(slices(blob, 512));
    await readLayer(source, QUIET, layerOf(blob, { budget: { ...SMALL, ratioFreeBytes: MIB } }));
    expect(blob.length).toBeGreaterThan(250_000);
    // What the decompressor is given ahead is bounded too, by 1 MiB.
    expect(source.taken()).toBeLessThanOrEqual(blob.length);
    expect(source.isEnded()).toBe(true);
  });

  it('in an archive inside the archive stays packed', async () => {
    const inner = gzipSync(BOMB);
    const blob = gzipSync(tarOf(tarEntry({ name: 'bomb.tar.gz' }, inner)));
    const report = await readLayer(sourceOf(slices(blob)), QUIET, layerOf(blob));
    expect(report).toMatchObject({ files: 1, truncated: [] });
    expect(report.uncompressedSize).toBeLessThan(MIB);
  });

  it('of gzip around gzip is no archive', async () => {
    const blob = gzipSync(gzipSync(BOMB));
    const report = await readLayer(sourceOf([blob]), QUIET, layerOf(blob));
    expect(report.truncated).toMatchObject([{ by: 'unreadable-archive' }]);
    expect(report.uncompressedSize).toBeLessThan(MIB);
  });
});

describe('a stream without end that unpacks to nothing', () => {
  const emptyFrame = zstdCompressSync(Buffer.alloc(0));
  const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 0, 0, 0, 0]);
  it.each([
    ['empty gzip members', gzipSync(Buffer.alloc(0))],
    ['empty zstd frames', emptyFrame],
    ['skippable zstd frames', skippable],
  ])('of %s is cut by its budgets', async (_what, piece) => {
    const chunk = Buffer.concat(Array.from({ length: 100 }, () => piece));
    const source = sourceOf(again(chunk));
    const budget = { ...DEFAULT_BUDGET, compressedBytes: 200_000 };
    const report = await readLayer(source, QUIET, layerOf(piece, { size: Number.MAX_SAFE_INTEGER, budget }));
    expect(report.truncated).toMatchObject([{ by: 'bytes' }]);
    expect(source.taken()).toBeLessThan(210_000);
  });
});

function* again(chunk: Buffer): Generator<Buffer> {
  for (;;) yield chunk;
}

it('reads headers upon headers only as far as the budget goes', async () => {
  const header = tarEntry({ typeflag: 'L' }, 'n'.repeat(1000));
  const source = sourceOf(again(header));
  const budget = { ...DEFAULT_BUDGET, uncompressedBytes: 2 * MIB };
  const report = await readLayer(source, QUIET, layerOf(header, { size: Number.MAX_SAFE_INTEGER, budget }));
  expect(report.truncated).toMatchObject([{ by: 'bytes' }]);
});

it('says that an entry larger than everything is not whole', async () => {
  const blob = tarBlock({ size: Buffer.from([0x80, 0, 0, 0, 0, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]) });
  const { readers, noted } = notingReaders();
  expect((await readLayer(sourceOf([blob]), readers, layerOf(blob))).truncated).toMatchObject([
    { by: 'unreadable-archive' },
  ]);
  expect(noted).toMatchObject([{ content: '', whole: false }]);
});

it('keeps a file that more than once is in the layer once for each time', async () => {
  const blob = tarOf(tarEntry({ name: 'a' }, 'first'), tarEntry({ name: './a' }, 'last'));
  const { readers, noted } = notingReaders();
  await readLayer(sourceOf([blob]), readers, layerOf(blob));
  expect(noted.map(({ entry, content }) => [entry.path, content])).toEqual([
    ['a', 'first'],
    ['a', 'last'],
  ]);
});

it('notes names that climb out, and follows none of them', async () => {
  const blob = tarOf(
    tarEntry({ name: '../../../../tmp/sekisho-escaped' }, 'x'),
    tarEntry({ name: '/tmp/sekisho-absolute' }, 'x'),
    tarEntry({ name: 'link', typeflag: '2', linkName: '../../../tmp' }),
    tarEntry({ name: 'link/sekisho-escaped' }, 'x'),
    tarEntry({ name: 'hard', typeflag: '1', linkName: '../../../etc/shadow' }),
    tarEntry({ name: 'dev/mem', typeflag: '3', major: '0000001\0', minor: '0000001\0' }),
  );
  const report = await scanLayer(sourceOf([blob]), { ...layerOf(blob), fingerprint: () => '0'.repeat(32) });
  expect(report).toMatchObject({ files: 6, truncated: [] });
  expect(report.notable.map(({ kind, path, detail }) => [kind, path, detail ?? ''])).toEqual(
    expect.arrayContaining([
      ['escaping-name', 'tmp/sekisho-escaped', '..'],
      ['escaping-name', 'tmp/sekisho-absolute', 'absolute name'],
      ['escaping-name', 'hard', 'hardlink target'],
    ]),
  );
  expect(report.notable.map(({ kind }) => kind)).toContain('device');
});

it('decompresses no zstd that asks for 128 MiB of memory', async () => {
  const blob = zstdCompressSync(BOMB, {
    params: { [constants.ZSTD_c_windowLog]: 27, [constants.ZSTD_c_contentSizeFlag]: 0 },
  });
  const report = await readLayer(sourceOf([blob]), QUIET, layerOf(blob));
  expect(report).toMatchObject({ uncompressedSize: 0, truncated: [{ by: 'bytes' }] });
});
