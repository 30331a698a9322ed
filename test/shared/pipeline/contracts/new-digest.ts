/** Digests for cases that share one store. */
import { type Digest, isDigest } from '../../../../shared/image/digest.ts';

let digests = 0;

/** A digest that no other case has written under; later ones are greater. */
export const newDigest = (): Digest => {
  digests += 1;
  const digest = `sha256:${digests.toString(16).padStart(64, '0')}`;
  if (!isDigest(digest)) throw new Error(`${digest} is no digest`);
  return digest;
};
