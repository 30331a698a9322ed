/** The paths that a layer brings, kept as hashes: enough to tell whether a later layer takes an earlier one's place. */
import { hash } from 'node:crypto';

export interface PathSet {
  /**
   * Whether the layer brings something at this path that is no directory: it takes the place of what lower layers have
   * there and below. Directories are not in the set, because they are merged with those below them.
   */
  readonly has: (path: string) => boolean;
}

export interface PathSetBuilder {
  readonly add: (path: string) => void;
  readonly isFull: () => boolean;
  /** Base64 of the hashes, least first; random bits, so compressing them gains nothing. */
  readonly text: () => string;
}

/** A second path with a given path's hash takes 2^64 tries, and then deceives only about one's own image. */
const HASH_BYTES = 8;

/** `most`: how many paths are kept. */
export const createPathSet = (most: number): PathSetBuilder => {
  let hashes = new BigUint64Array(1024);
  let count = 0;
  let isFull = false;
  return {
    add: (path) => {
      if (count === most) {
        isFull = true;
        return;
      }
      if (count === hashes.length) {
        const larger = new BigUint64Array(count * 2);
        larger.set(hashes);
        hashes = larger;
      }
      hashes[count] = pathHash(path);
      count += 1;
    },
    isFull: () => isFull,
    text: () => {
      const bytes = Buffer.allocUnsafe(count * HASH_BYTES);
      hashes
        .slice(0, count)
        .sort()
        .forEach((value, at) => {
          bytes.writeBigUInt64BE(value, at * HASH_BYTES);
        });
      return bytes.toString('base64');
    },
  };
};

export const pathSetFrom = (text: string): PathSet => {
  const bytes = Buffer.from(text, 'base64');
  return { has: (path) => isAmong(bytes, pathHash(path)) };
};

const pathHash = (path: string): bigint => hash('sha256', path, 'buffer').readBigUInt64BE(0);

const isAmong = (bytes: Buffer, value: bigint): boolean => {
  let from = 0;
  let to = Math.floor(bytes.length / HASH_BYTES);
  while (from < to) {
    const middle = (from + to) >>> 1;
    const candidate = bytes.readBigUInt64BE(middle * HASH_BYTES);
    if (candidate === value) return true;
    if (candidate < value) from = middle + 1;
    else to = middle;
  }
  return false;
};
