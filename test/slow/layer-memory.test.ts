/** Layers of several GB, and layers made to look like it, in little memory: each scanned in a process of its own. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { constants, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { octal, tarBlock, tarEntry } from '../shared/layer/tar/tar-bytes.ts';

const MIB = 1024 * 1024;
const GIB = 1024 * MIB;
const MOST_KIB = 256 * 1024;

const folder = mkdtempSync(path.join(tmpdir(), 'sekisho-layer-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Outcome {
  readonly truncated: readonly { readonly by: string }[];
  readonly files: number;
  readonly uncompressedSize: number;
  readonly compression: string;
  readonly size: number;
  /** Bytes that were asked of the source. */
  readonly taken: number;
  readonly peakKib: number;
  readonly seconds: number;
}

/** `bytes`: what the layer consists of, `times` over. The process may write no file and start nothing. */
const scan = async (name: string, bytes: Buffer, times = 1): Promise<Outcome> => {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  const program = path.resolve(import.meta.dirname, 'layer-memory/scan-file.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--permission',
    '--allow-fs-read=*',
    program,
    file,
    String(times),
  ]);
  const outcome: Outcome = JSON.parse(stdout);
  const speed = Math.round(outcome.uncompressedSize / 1e6 / outcome.seconds);
  console.log(`${name}: ${Math.round(outcome.peakKib / 1024)} MiB at most, ${speed} MB/s`);
  return outcome;
};

const WORDS = 'the layer of an image is a list of files with their modes and owners in the order of their names'.split(
  ' ',
);
const text = (bytes: number): string => {
  const words: string[] = [];
  for (let length = 0, at = 0; length < bytes; at += 1) {
    const word = WORDS[(at * at + 7 * at) % WORDS.length] ?? '';
    words.push(word);
    length += word.length + 1;
  }
  return words.join(' ').slice(0, bytes);
};

/** 16 MiB: large and small files, half of it as good as random. */
const mixed = (): Buffer =>
  Buffer.concat([
    tarEntry({ name: 'usr/lib/model.bin' }, randomBytes(8 * MIB)),
    tarEntry({ name: 'usr/share/doc/all.txt' }, text(4 * MIB)),
    ...Array.from({ length: 400 }, (_, at) => tarEntry({ name: `app/src/part-${at}.js` }, text(6000 + at))),
  ]);

describe('a layer of 4 GB', () => {
  const part = mixed();
  const times = Math.ceil((4 * GIB) / part.length);
  it.each([
    ['gzip', gzipSync(part)],
    ['zstd', zstdCompressSync(part)],
  ])(
    'compressed by %s is read whole in under 256 MiB',
    async (compression, bytes) => {
      const outcome = await scan(`large.${compression}`, bytes, times);
      expect(outcome).toMatchObject({ truncated: [], files: 402 * times, compression });
      expect(outcome.uncompressedSize).toBeGreaterThanOrEqual(4 * GIB);
      expect(outcome.peakKib).toBeLessThan(MOST_KIB);
    },
    300_000,
  );
});

describe('a layer that was made to hurt', () => {
  const zeros = Buffer.alloc(64 * MIB);
  const hugeFile = tarBlock({ size: octal(8 * GIB - 1) });
  const bomb = Buffer.concat([hugeFile, zeros]);
  const tiny = Buffer.concat(
    Array.from({ length: 10_000 }, (_, at) => tarEntry({ name: `a/${at}/${at ** 3}` }, `${at}`)),
  );
  const whiteouts = Buffer.concat(
    Array.from({ length: 10_000 }, (_, at) => tarEntry({ name: `${'d'.repeat(80)}/.wh.${at}` })),
  );

  it.each<[string, string, Buffer, number]>([
    ['10 GB out of 10 MB of gzip', 'ratio', Buffer.concat([gzipSync(bomb), ...Array(159).fill(gzipSync(zeros))]), 1],
    [
      '10 GB out of 1 MB of zstd',
      'ratio',
      Buffer.concat([zstdCompressSync(bomb), ...Array(159).fill(zstdCompressSync(zeros))]),
      1,
    ],
    ['a million tiny files', 'files', gzipSync(tiny), 100],
    ['a million whiteouts', 'files', gzipSync(whiteouts), 100],
    ['gzip in gzip', 'unreadable-archive', gzipSync(gzipSync(bomb)), 1],
    [
      'a zstd window of 128 MiB',
      'bytes',
      zstdCompressSync(bomb, { params: { [constants.ZSTD_c_windowLog]: 27, [constants.ZSTD_c_contentSizeFlag]: 0 } }),
      1,
    ],
  ])(
    '%s is cut in under 256 MiB',
    async (title, by, bytes, times) => {
      const outcome = await scan(title.replaceAll(' ', '-'), bytes, times);
      expect(outcome.truncated.map((truncation) => truncation.by)).toEqual([by]);
      expect(outcome.uncompressedSize).toBeLessThan(2 * GIB);
      expect(outcome.peakKib).toBeLessThan(MOST_KIB);
    },
    120_000,
  );

  it('is taken from the source only as far as it is read', async () => {
    const outcome = await scan('bomb.gz', gzipSync(bomb, { level: 1 }), 400);
    expect(outcome.truncated.map(({ by }) => by)).toEqual(['ratio']);
    expect(outcome.size).toBeGreaterThan(100 * MIB);
    expect(outcome.uncompressedSize).toBeLessThan(103 * MIB);
    expect(outcome.taken).toBeLessThan(3 * MIB);
  }, 120_000);

  it('writes nothing where its names point', async () => {
    const target = path.join(folder, 'escaped');
    const climbing = `${'../'.repeat(20)}${target.slice(1)}`;
    const archive = Buffer.concat([
      tarEntry({ name: target }, 'x'),
      tarEntry({ typeflag: 'L' }, `${climbing}\0`),
      tarEntry({}, 'x'),
      tarEntry({ name: 'link', typeflag: '2', linkName: folder }),
      tarEntry({ name: 'link/escaped' }, 'x'),
      tarEntry({ name: 'hard', typeflag: '1', linkName: climbing.slice(0, 99) }),
      tarEntry({ name: 'dev/sda', typeflag: '4', major: '0000010\0', minor: '0000000\0' }),
    ]);
    const outcome = await scan('climbing.tar', archive);
    expect(outcome).toMatchObject({ files: 6, truncated: [] });
    expect(existsSync(target)).toBe(false);
  });
});
