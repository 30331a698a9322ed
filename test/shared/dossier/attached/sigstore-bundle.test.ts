import { describe, expect, it } from 'vitest';
import { bundleSigner } from '../../../../shared/dossier/attached/sigstore-bundle.ts';
import { digestOf } from '../../image/documents.ts';
import { bundle, ecSigner, ed25519Signer, envelope, rsaSigner, statement } from './signing.ts';

const [IMAGE, INDEX, OTHER] = [digestOf('a'), digestOf('b'), digestOf('c')];
const [release, stranger] = [ecSigner('release'), ecSigner('stranger')];
const keys = [rsaSigner('old').key, release.key];
const signer = (text: string, about = [IMAGE, INDEX]) => bundleSigner(text, about, keys);

describe('a signature as a bundle of Sigstore', () => {
  it.each([ecSigner('ec'), rsaSigner('rsa'), ed25519Signer('ed25519')].map((one) => [one.key.id, one] as const))(
    'is that of its key: %s',
    (_, one) => {
      expect(bundleSigner(bundle(envelope(statement(IMAGE), one)), [IMAGE], [release.key, one.key])).toBe(one.key);
    },
  );

  it('may be about several images, and about the index that lists it', () => {
    expect(signer(bundle(envelope(statement(INDEX), release)))).toBe(release.key);
    const subject = [{ digest: { sha256: 'c'.repeat(64) } }, { digest: { sha512: 'd', sha256: 'a'.repeat(64) } }];
    expect(signer(bundle(envelope(statement(OTHER, { subject }), release)))).toBe(release.key);
  });

  it('may have several signers, of which one is known', () => {
    const [mine, foreign] = [envelope(statement(IMAGE), release), envelope(statement(IMAGE), stranger)];
    const signatures = [...foreign.signatures, { sig: '' }, ...mine.signatures];
    expect(signer(bundle({ ...mine, signatures }))).toBe(release.key);
  });

  it.each<[string, object]>([
    ['another image', statement(OTHER)],
    ['an image by another kind of digest', statement(IMAGE, { subject: [{ digest: { sha512: 'a'.repeat(64) } }] })],
    ['no image', statement(IMAGE, { subject: [] })],
    ['its vulnerabilities', statement(IMAGE, { predicateType: 'https://cosign.sigstore.dev/attestation/vuln/v1' })],
    ['how it was built', statement(IMAGE, { predicateType: 'https://slsa.dev/provenance/v1' })],
    ['it without a predicate', statement(IMAGE, { predicateType: undefined })],
    ['nothing', {}],
  ])('by the right key that says something of %s is no signature of the image', (_, content) => {
    expect(signer(bundle(envelope(content, release)))).toBeUndefined();
  });

  it('by a key that the policy does not name is nobody’s', () => {
    expect(signer(bundle(envelope(statement(IMAGE), stranger)))).toBeUndefined();
  });

  it('does not hold for a payload, or a type of it, that was changed', () => {
    const good = envelope(statement(OTHER), release);
    const { payload } = envelope(statement(IMAGE), stranger);
    expect(signer(bundle({ ...good, payload }))).toBeUndefined();
    const typed = envelope(statement(IMAGE), release, 'text/plain');
    expect(signer(bundle(typed))).toBeUndefined();
    expect(signer(bundle({ ...typed, payloadType: 'application/vnd.in-toto+json' }))).toBeUndefined();
  });

  it.each([
    ['no JSON', '{'],
    ['nothing', 'null'],
    ['a signature of the bytes alone', JSON.stringify({ messageSignature: { signature: 'MEUC' } })],
    ['an envelope without signatures', bundle({ payload: '', payloadType: 'application/vnd.in-toto+json' })],
    ['a payload that is no JSON', bundle({ ...envelope({}, release), payload: 'e30x' })],
    [
      'more signatures than anybody makes',
      bundle({ ...envelope(statement(IMAGE), release), signatures: Array(21).fill({ sig: 'MEUC' }) }),
    ],
  ])('is nobody’s where it holds %s', (_, text) => {
    expect(signer(text)).toBeUndefined();
  });
});
