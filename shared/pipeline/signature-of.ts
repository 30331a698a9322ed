/** Whether an image is signed, and with one of the user's keys. */
import { COSIGN_SIGNATURE, cosignSigner } from '../dossier/attached/cosign-signature.ts';
import type { AttachedDocument } from '../dossier/attached/document-kind.ts';
import { bundleSigner } from '../dossier/attached/sigstore-bundle.ts';
import type { VerificationKey } from '../dossier/attached/verify-signature.ts';
import type { SupplyChain } from '../dossier/inspected-image.ts';
import type { Digest } from '../image/digest.ts';
import type { ImageReference } from '../image/image-reference.ts';
import { attempt } from './attempt.ts';
import type { FoundDocuments } from './find-attached.ts';
import type { ImageSource } from './ports.ts';

export type SignatureVerdict = Pick<SupplyChain, 'signature' | 'signatureDetail' | 'signatureVerifiable'>;

/** Whoever attaches more than this does not make an image more signed. */
const MOST_SIGNATURES = 20;

const SIGNATURES: ReadonlySet<AttachedDocument['kind']> = new Set([
  'cosign-signature',
  'sigstore-bundle',
  'notation-signature',
]);

/**
 * `about`: the image, and the indexes that list it. One good signature is enough, whatever else is attached. What was
 * not looked at, or may be read at the next try, leaves it unknown: it may be that one. What never can be read is a
 * signature that was not verified. Never throws.
 */
export const signatureOf = async (
  image: ImageReference,
  about: readonly Digest[],
  { documents, gaps }: FoundDocuments,
  keys: readonly VerificationKey[],
  images: ImageSource,
): Promise<SignatureVerdict> => {
  const signatures = documents.filter(({ kind }) => SIGNATURES.has(kind));
  const [gap] = gaps;
  if (signatures.length === 0 && gap === undefined) return { signature: 'absent' };
  if (keys.length === 0 && gap === undefined)
    return notVerified(signatures, false, 'the policy names no public key to verify with');
  const verifiable = signatures.filter(({ kind }) => kind !== 'notation-signature');
  let unread = gap;
  for (const document of keys.length === 0 ? [] : verifiable.slice(0, MOST_SIGNATURES)) {
    const text = await attempt(() => images.fetchBlob(image, document.blob.digest));
    if (!text.ok && text.error.retryable) unread ??= text.error.message;
    const signer = text.ok ? signerOf(document, text.value, about, keys) : undefined;
    if (signer !== undefined) return { signature: 'verified', signatureDetail: `with the key ${signer.id}` };
  }
  if (unread === undefined && verifiable.length > MOST_SIGNATURES)
    unread = `the policy’s keys made none of the first ${MOST_SIGNATURES} of ${verifiable.length} signatures, and more are not looked at`;
  if (unread !== undefined) return { signature: 'unknown', signatureDetail: unread };
  return notVerified(signatures, verifiable.length > 0, whyNot(signatures, verifiable));
};

const signerOf = (
  { kind, blob }: AttachedDocument,
  text: string,
  about: readonly Digest[],
  keys: readonly VerificationKey[],
): VerificationKey | undefined =>
  kind === 'cosign-signature'
    ? cosignSigner(text, blob.annotations?.[COSIGN_SIGNATURE], about, keys)
    : bundleSigner(text, about, keys);

const notVerified = (
  { length }: readonly AttachedDocument[],
  signatureVerifiable: boolean,
  why: string,
): SignatureVerdict => ({
  signature: 'present, not verified',
  signatureVerifiable,
  signatureDetail: `${length === 1 ? 'one signature' : `${length} signatures`}: ${why}`,
});

const whyNot = (signatures: readonly AttachedDocument[], verifiable: readonly AttachedDocument[]): string => {
  if (verifiable.length === 0) return 'those of Notation are recognised, and not verified yet';
  return verifiable.length < signatures.length
    ? 'none was made with the policy’s keys; those of Notation are not verified yet'
    : 'none was made with the policy’s keys';
};
