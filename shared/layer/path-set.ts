/** The paths that a layer brings, kept as hashes: enough to tell whether a later layer takes an earlier one's place. */
import { hash } from 'node:crypto';

/**
 * The paths of everything in a layer that is no directory: each takes the place of what lower layers have there and
 * below. Directories are not among them, because they are merged with those below them.
 */
export interface PathHashes {
  readonly of: (path: string) => string;
  /** Of every path in the text of a path set. */
  readonly in: (text: string) => Iterable<string>;
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

const pathHash = (path: string): bigint => hash('sha256', path, 'buffer').readBigUInt64BE(0);

/** As texts of eight Latin-1 characters: what a map is keyed by must not be of the image's choosing where it is stored. */
export const PATH_HASHES: PathHashes = {
  of: (path) => hash('sha256', path, 'buffer').toString('latin1', 0, HASH_BYTES),
  in: function* (text) {
    const bytes = Buffer.from(text, 'base64');
    for (let at = 0; at + HASH_BYTES <= bytes.length; at += HASH_BYTES)
      yield bytes.toString('latin1', at, at + HASH_BYTES);
  },
};
