/** The digest of bytes that were hashed as they came. */
import type { Hash } from 'node:crypto';
import { type Digest, isDigest } from '../image/digest.ts';

/** `hash`: of SHA-256, and not asked before. */
export const digestOf = (hash: Hash): Digest => {
  const digest = `sha256:${hash.digest('hex')}`;
  if (!isDigest(digest)) throw new TypeError('The hash is not SHA-256.');
  return digest;
};
