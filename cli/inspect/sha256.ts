/** The digest of bytes. */
import { createHash } from 'node:crypto';
import { type Digest, isDigest } from '../../shared/image/digest.ts';

export const sha256 = (bytes: Uint8Array | string): Digest => {
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (!isDigest(digest)) throw new TypeError(`not a digest: ${digest}`);
  return digest;
};
