/** Whether bytes were signed with one of the user's keys. */
import { createPublicKey, type KeyObject, verify } from 'node:crypto';

/** A public key of the policy file that is written there; keys in KMS are not asked. */
export interface VerificationKey {
  readonly id: string;
  /** PEM. */
  readonly publicKey: string;
}

/** The first key that made the signature; undefined: none did, or the signature does not read. Never throws. */
export const signerOf = (
  payload: Uint8Array,
  signature: Uint8Array,
  keys: readonly VerificationKey[],
): VerificationKey | undefined => keys.find(({ publicKey }) => isSignedBy(payload, signature, publicKey));

const isSignedBy = (payload: Uint8Array, signature: Uint8Array, pem: string): boolean => {
  try {
    const key = createPublicKey(pem);
    return hashesFor(key).some((hash) => verify(hash, payload, key, signature));
  } catch {
    // A key of another kind than the signature's: it is not its signer, and another key may be.
    return false;
  }
};

const CURVE_HASHES: Readonly<Record<string, string>> = { secp384r1: 'sha384', secp521r1: 'sha512' };

/** Ed25519 hashes by itself. Cosign takes SHA-256 whatever the curve, Sigstore's list of algorithms the curve's own. */
const hashesFor = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): readonly (string | null)[] => {
  if (asymmetricKeyType === 'ed25519') return [null];
  const own = CURVE_HASHES[asymmetricKeyDetails?.namedCurve ?? ''];
  return own === undefined ? ['sha256'] : ['sha256', own];
};
