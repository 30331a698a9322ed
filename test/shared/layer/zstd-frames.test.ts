import { randomBytes } from 'node:crypto';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { zstdFrames } from '../../../shared/layer/zstd-frames.ts';
import { inPieces } from './tar/tar-bytes.ts';

const skippable = (content: string, last = 0): Buffer => {
  const header = Buffer.from([0x50 + last, 0x2a, 0x4d, 0x18, 0, 0, 0, 0]);
  header.writeUInt32LE(content.length, 4);
  return Buffer.concat([header, Buffer.from(content)]);
};
const frame = (content: Buffer | string, checksum = false): Buffer =>
  zstdCompressSync(Buffer.from(content), { params: { [constants.ZSTD_c_checksumFlag]: Number(checksum) } });

const EMPTY = frame('');
const SHORT = frame('short', true);
const REPEATED = frame(Buffer.alloc(400_000, 'r'));
const RANDOM = frame(randomBytes(300_000), true);

const framesOf = async (pieces: readonly Buffer[]): Promise<readonly Buffer[]> => {
  const chunks: Buffer[] = [];
  for await (const chunk of zstdFrames(iterate(pieces))) chunks.push(Buffer.from(chunk));
  return chunks;
};

async function* iterate(pieces: readonly Buffer[]): AsyncGenerator<Buffer> {
  yield* pieces;
}

const part = fc.constantFrom(EMPTY, SHORT, REPEATED, RANDOM, skippable(''), skippable('skipped', 0xf));

describe('the frames of a zstd stream', () => {
  it('are all bytes but those of skippable frames, and no chunk goes over the end of one', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(part, { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 1, maxLength: 4 }),
        async (parts, sizes) => {
          const frames = parts.filter((bytes) => (bytes[1] ?? 0) !== 0x2a);
          const chunks = await framesOf(inPieces(Buffer.concat(parts), sizes));
          expect(Buffer.concat(chunks).equals(Buffer.concat(frames))).toBe(true);
          const ends = new Set(runningSums(frames.map(({ length }) => length)));
          const chunkEnds = new Set(runningSums(chunks.map(({ length }) => length)));
          expect([...ends].filter((end) => !chunkEnds.has(end))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('come one by one out of a single chunk', async () => {
    const chunks = await framesOf([Buffer.concat([skippable('table of contents'), SHORT, skippable('x'), REPEATED])]);
    expect(chunks.map((chunk) => zstdDecompressSync(chunk).length)).toEqual([5, 400_000]);
  });

  it('come whole out of single bytes', async () => {
    const chunks = await framesOf(inPieces(Buffer.concat([skippable('x'), SHORT, EMPTY]), [1]));
    expect(Buffer.concat(chunks)).toEqual(Buffer.concat([SHORT, EMPTY]));
  });

  it.each([
    ['what is no frame behind one', Buffer.concat([SHORT, Buffer.from('garbage')])],
    ['a frame without its end', SHORT.subarray(0, -1)],
    ['a skippable frame without its end', skippable('skipped').subarray(0, -1)],
    ['a piece of a magic number', Buffer.concat([SHORT, SHORT.subarray(0, 3)])],
    ['a block of no known type', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x00, 0x06, 0, 0])],
  ])('are refused: %s', async (_what, bytes) => {
    await expect(framesOf([bytes])).rejects.toMatchObject({ code: 'LAYER_INVALID' });
  });
});

const runningSums = (lengths: readonly number[]): readonly number[] => {
  let sum = 0;
  return lengths.map((length) => {
    sum += length;
    return sum;
  });
};
