/** Keys made for the run, and what they sign: as cosign and Sigstore write it. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { VerificationKey } from '../../../../shared/dossier/attached/verify-signature.ts';
import type { Digest } from '../../../../shared/image/digest.ts';

export interface Signer {
  readonly key: VerificationKey;
  /** DER for ECDSA, PKCS #1 for RSA. */
  readonly sign: (payload: Uint8Array, hash?: string) => Buffer;
}

const signerFrom = (
  id: string,
  { publicKey, privateKey }: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
): Signer => ({
  key: { id, publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString() },
  sign: (payload, hash = 'sha256') =>
    sign(publicKey.asymmetricKeyType === 'ed25519' ? null : hash, payload, privateKey),
});

export const ecSigner = (id: string, namedCurve = 'P-256'): Signer =>
  signerFrom(id, generateKeyPairSync('ec', { namedCurve }));
export const rsaSigner = (id: string): Signer => signerFrom(id, generateKeyPairSync('rsa', { modulusLength: 2048 }));
export const ed25519Signer = (id: string): Signer => signerFrom(id, generateKeyPairSync('ed25519'));

/** Cosign's payload about a digest. */
export const simpleSigning = (digest: string, change: object = {}): string =>
  JSON.stringify({
    critical: {
      identity: { 'docker-reference': '111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/checkout' },
      image: { 'docker-manifest-digest': digest },
      type: 'cosign container image signature',
      ...change,
    },
    optional: null,
  });

export const statement = (digest: Digest, change: object = {}): object => ({
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ digest: { sha256: digest.slice('sha256:'.length) }, annotations: {} }],
  predicateType: 'https://sigstore.dev/cosign/sign/v1',
  predicate: {},
  ...change,
});

const encoded = (payload: Buffer, type: string): Buffer =>
  Buffer.concat([Buffer.from(`DSSEv1 ${type.length} ${type} ${payload.length} `), payload]);

const IN_TOTO = 'application/vnd.in-toto+json';

/** A DSSE envelope of the content. */
export const envelope = (content: object, signer: Signer, payloadType = IN_TOTO) => {
  const payload = Buffer.from(JSON.stringify(content));
  const sig = signer.sign(encoded(payload, payloadType)).toString('base64');
  return { payload: payload.toString('base64'), payloadType, signatures: [{ sig }] };
};

export const bundle = (dsseEnvelope: object): string =>
  JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: { publicKey: { hint: 'aGludA==' }, tlogEntries: [] },
    dsseEnvelope,
  });
