/** Cosign's first form of signature: a small JSON document that names a digest, and a signature of it in an annotation. */
import * as z from 'zod/mini';
import type { Digest } from '../../image/digest.ts';
import { signerOf, type VerificationKey } from './verify-signature.ts';

/** The annotation of the blob that holds the signature, in base64. */
export const COSIGN_SIGNATURE = 'dev.cosignproject.cosign/signature';

const simpleSigning = z.object({
  critical: z.object({
    image: z.object({ 'docker-manifest-digest': z.string() }),
    // What the same key signed for another purpose is no word about an image.
    type: z.literal('cosign container image signature'),
  }),
});

/** `about`: the image, and the indexes that list it: a signature of an index is one of what it lists. */
export const cosignSigner = (
  payload: string,
  signature: string | undefined,
  about: readonly Digest[],
  keys: readonly VerificationKey[],
): VerificationKey | undefined => {
  if (signature === undefined) return undefined;
  const signer = signerOf(Buffer.from(payload), Buffer.from(signature, 'base64'), keys);
  return signer !== undefined && isAbout(payload, about) ? signer : undefined;
};

const isAbout = (payload: string, about: readonly Digest[]): boolean => {
  try {
    const { critical } = simpleSigning.parse(JSON.parse(payload));
    return about.some((digest) => digest === critical.image['docker-manifest-digest']);
  } catch {
    return false;
  }
};
