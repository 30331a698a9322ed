/** What a stack of layers amounts to, as one digest: images with the same chain id have the same file system. */
import { createHash } from 'node:crypto';
import { type Digest, isDigest } from './digest.ts';

/**
 * `diffIds`: lowest layer first, as the config lists them. One chain id for each prefix: the first is that of the
 * lowest layer alone, the last that of the whole image. As the OCI image specification defines ChainID.
 */
export const chainIds = (diffIds: readonly Digest[]): readonly Digest[] => {
  const chains: Digest[] = [];
  for (const diffId of diffIds) {
    const below = chains.at(-1);
    chains.push(below === undefined ? diffId : chainOf(below, diffId));
  }
  return chains;
};

const chainOf = (below: Digest, diffId: Digest): Digest => {
  const digest = `sha256:${createHash('sha256').update(`${below} ${diffId}`).digest('hex')}`;
  if (!isDigest(digest)) throw new TypeError('SHA-256 gave no digest.');
  return digest;
};
