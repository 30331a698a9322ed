import { randomBytes } from 'node:crypto';
import { constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decompress } from '../../../shared/layer/decompress.ts';
import { inPieces } from './tar/tar-bytes.ts';

const MIB = 1024 * 1024;
const CONTENT = Buffer.concat([Buffer.alloc(3 * MIB, 'a'), randomBytes(2 * MIB), Buffer.from('the end')]);
const SKIPPABLE = Buffer.from([0x5a, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);

async function* from(pieces: Iterable<Buffer>, failure?: Error): AsyncGenerator<Buffer> {
  yield* pieces;
  if (failure) throw failure;
}

const read = async (source: AsyncIterable<Buffer>) => {
  const { chunks, compression, consumed } = decompress(source);
  const content: Buffer[] = [];
  let thrown: unknown;
  try {
    for await (const chunk of chunks) content.push(Buffer.from(chunk));
  } catch (error) {
    thrown = error;
  }
  return { content: Buffer.concat(content), compression: compression(), consumed: consumed(), thrown };
};

const half = CONTENT.length >> 1;
const COMPRESSED = [
  ['gzip', 'gzip', gzipSync(CONTENT)],
  [
    'gzip in two members',
    'gzip',
    Buffer.concat([gzipSync(CONTENT.subarray(0, half)), gzipSync(CONTENT.subarray(half))]),
  ],
  ['zstd', 'zstd', zstdCompressSync(CONTENT)],
  [
    'zstd in two frames',
    'zstd',
    Buffer.concat([zstdCompressSync(CONTENT.subarray(0, half)), zstdCompressSync(CONTENT.subarray(half))]),
  ],
  ['zstd between skippable frames', 'zstd', Buffer.concat([SKIPPABLE, zstdCompressSync(CONTENT), SKIPPABLE])],
  ['no compression', 'none', CONTENT],
] as const;

describe('a decompressed layer', () => {
  it.each(
    COMPRESSED.flatMap(([title, name, bytes]) =>
      [1, 3, 1000, 65_536, 16 * MIB].map((size) => [title, size, name, bytes] as const),
    ),
  )('from %s in pieces of %i bytes is what was compressed', async (_title, size, name, bytes) => {
    // Small pieces at the ends only, where the sizes matter.
    const pieces =
      size < 1000
        ? [
            ...inPieces(bytes.subarray(0, 300), [size]),
            bytes.subarray(300, -300),
            ...inPieces(bytes.subarray(-300), [size]),
          ]
        : inPieces(bytes, [size]);
    const { content, compression, consumed, thrown } = await read(from(pieces));
    expect(thrown).toBeUndefined();
    expect(content.equals(CONTENT)).toBe(true);
    expect(compression).toBe(name);
    expect(consumed).toBeLessThanOrEqual(bytes.length);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['two bytes', Buffer.from('ab')],
  ])('from %s is that', async (_what, bytes) => {
    expect(await read(from([bytes]))).toMatchObject({ content: bytes, compression: 'none', thrown: undefined });
  });

  const gz = gzipSync(CONTENT);
  const zst = zstdCompressSync(CONTENT, { params: { [constants.ZSTD_c_checksumFlag]: 1 } });
  const withWrongSum = (bytes: Buffer, fromEnd: number): Buffer => {
    const damaged = Buffer.from(bytes);
    damaged[bytes.length - fromEnd] = (damaged[bytes.length - fromEnd] ?? 0) ^ 1;
    return damaged;
  };
  it.each([
    ['gzip without its end', gz.subarray(0, -9)],
    ['gzip with a wrong checksum', withWrongSum(gz, 6)],
    ['gzip with something behind it', Buffer.concat([gz, Buffer.from('something')])],
    ['gzip with zeros behind it', Buffer.concat([gz, Buffer.alloc(100)])],
    ['gzip with zeros and another member behind it', Buffer.concat([gz, Buffer.alloc(100), gz])],
    ['zstd without its end', zst.subarray(0, -9)],
    ['zstd with a wrong checksum', withWrongSum(zst, 1)],
    ['zstd with something behind it', Buffer.concat([zst, Buffer.from('something')])],
    ['zstd with zeros behind it', Buffer.concat([zst, Buffer.alloc(100)])],
  ])('is refused from %s, in whatever pieces, after what could be read', async (_what, bytes) => {
    for (const pieces of [
      [bytes],
      inPieces(bytes, [65_536]),
      [bytes.subarray(0, gz.length), bytes.subarray(gz.length)],
    ]) {
      const { content, thrown } = await read(from(pieces.filter(({ length }) => length > 0)));
      expect(thrown).toMatchObject({ code: 'LAYER_INVALID' });
      expect(content.length).toBeGreaterThan(2 * MIB);
    }
  });

  it('is refused from zstd that asks for a window of 64 MiB', async () => {
    const wide = zstdCompressSync(Buffer.alloc(100 * MIB), {
      params: { [constants.ZSTD_c_windowLog]: 26, [constants.ZSTD_c_contentSizeFlag]: 0 },
    });
    expect(await read(from([wide]))).toMatchObject({ thrown: { code: 'TOO_LARGE' } });
  });

  it.each([
    ['gzip', gz],
    ['zstd', zst],
    ['no compression', CONTENT],
  ])('from a source of %s that fails throws what the source throws', async (_what, bytes) => {
    const failure = new Error('the connection broke');
    expect((await read(from(inPieces(bytes.subarray(0, -100), [65_536]), failure))).thrown).toBe(failure);
  });

  it.each([
    ['gzip', gzipSync(Buffer.alloc(256 * MIB))],
    ['zstd', zstdCompressSync(Buffer.alloc(256 * MIB))],
  ])('takes no more from a source of %s than is asked for', async (_what, bomb) => {
    let taken = 0;
    const pieces = inPieces(bomb, [1024]);
    const { chunks, consumed } = decompress(
      (async function* () {
        for (const piece of pieces) {
          taken += piece.length;
          yield piece;
        }
      })(),
    );
    let made = 0;
    for await (const chunk of chunks) {
      made += chunk.length;
      if (made >= 8 * MIB) break;
    }
    expect(made).toBeLessThanOrEqual(9 * MIB);
    expect(consumed()).toBeLessThan(bomb.length / 4);
    expect(taken).toBeLessThanOrEqual(bomb.length);
  });
});
