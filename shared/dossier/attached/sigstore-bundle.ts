/** A signature as one of Sigstore's bundles: a signed statement that says no more than that the image was signed. */
import * as z from 'zod/mini';
import type { Digest } from '../../image/digest.ts';
import { digestHex } from '../../image/digest.ts';
import { parseEnvelope, payloadOf, signedBytes } from './dsse-envelope.ts';
import { signerOf, type VerificationKey } from './verify-signature.ts';

/** The statement of a signature; the same keys sign others, a list of vulnerabilities for example, in the same form. */
export const SIGNATURE_PREDICATE = 'https://sigstore.dev/cosign/sign/v1';

const statement = z.object({
  predicateType: z.literal(SIGNATURE_PREDICATE),
  subject: z.array(z.object({ digest: z.record(z.string(), z.string()) })).check(z.maxLength(1_000)),
});

/** Only keys: a bundle that is signed by a certificate of Sigstore's needs its transparency log, which is not asked. */
export const bundleSigner = (
  text: string,
  about: readonly Digest[],
  keys: readonly VerificationKey[],
): VerificationKey | undefined => {
  const envelope = parseEnvelope(text);
  if (envelope?.payloadType !== 'application/vnd.in-toto+json' || !isAbout(payloadOf(envelope), about))
    return undefined;
  const signed = signedBytes(envelope);
  for (const { sig } of envelope.signatures) {
    const signer = signerOf(signed, Buffer.from(sig, 'base64'), keys);
    if (signer !== undefined) return signer;
  }
  return undefined;
};

const isAbout = (payload: Buffer, about: readonly Digest[]): boolean => {
  try {
    const { subject } = statement.parse(JSON.parse(payload.toString('utf8')));
    return subject.some(({ digest }) => about.some((one) => digest.sha256 === digestHex(one)));
  } catch {
    return false;
  }
};
