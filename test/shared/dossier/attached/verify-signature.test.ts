import { createSign, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { signerOf } from '../../../../shared/dossier/attached/verify-signature.ts';
import { ecSigner, ed25519Signer, rsaSigner, type Signer } from './signing.ts';

const PAYLOAD = Buffer.from('what was signed, 関所');
const [p256, p384, p521] = [ecSigner('p256'), ecSigner('p384', 'P-384'), ecSigner('p521', 'P-521')];
const [rsa, ed25519] = [rsaSigner('rsa'), ed25519Signer('ed25519')];
const ALL: readonly Signer[] = [p256, p384, p521, rsa, ed25519];
const keys = ALL.map(({ key }) => key);

describe('the signer of a payload', () => {
  it.each(ALL.map((signer) => [signer.key.id, signer] as const))('is found among others: %s', (_, signer) => {
    expect(signerOf(PAYLOAD, signer.sign(PAYLOAD), keys)).toBe(signer.key);
    expect(signerOf(PAYLOAD, signer.sign(PAYLOAD), keys.toReversed())).toBe(signer.key);
  });

  it.each([
    ['p384', p384, 'sha384'],
    ['p521', p521, 'sha512'],
  ] as const)('may have taken the hash of its own curve: %s', (_, signer, hash) => {
    expect(signerOf(PAYLOAD, signer.sign(PAYLOAD, hash), keys)).toBe(signer.key);
  });

  it('took no weaker hash', () => {
    expect(signerOf(PAYLOAD, p256.sign(PAYLOAD, 'sha1'), keys)).toBeUndefined();
    expect(signerOf(PAYLOAD, rsa.sign(PAYLOAD, 'sha1'), keys)).toBeUndefined();
  });

  it.each(ALL.map((signer) => [signer.key.id, signer] as const))('is nobody for another payload: %s', (_, signer) => {
    expect(signerOf(Buffer.from('something else'), signer.sign(PAYLOAD), keys)).toBeUndefined();
  });

  it.each(ALL.map((signer) => [signer.key.id, signer] as const))('is nobody without its key: %s', (_, signer) => {
    const others = keys.filter((key) => key !== signer.key);
    expect(signerOf(PAYLOAD, signer.sign(PAYLOAD), others)).toBeUndefined();
    expect(signerOf(PAYLOAD, signer.sign(PAYLOAD), [])).toBeUndefined();
  });

  it('is found beside keys that do not read', () => {
    const broken = [
      { id: 'empty', publicKey: '' },
      { id: 'cut', publicKey: p256.key.publicKey.slice(0, 60) },
    ];
    expect(signerOf(PAYLOAD, p256.sign(PAYLOAD), [...broken, p256.key])).toBe(p256.key);
  });

  it('is nobody where ECDSA has the two numbers side by side: cosign writes DER', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = { id: 'raw', publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString() };
    const signing = createSign('sha256').update(PAYLOAD);
    expect(signerOf(PAYLOAD, signing.sign({ key: privateKey, dsaEncoding: 'ieee-p1363' }), [key])).toBeUndefined();
  });

  it('is nobody for any other bytes, and asking never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (signature) => {
        expect(signerOf(PAYLOAD, signature, keys)).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });
});
