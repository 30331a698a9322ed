import { describe, expect, it } from 'vitest';
import { cosignSigner } from '../../../../shared/dossier/attached/cosign-signature.ts';
import { digestOf } from '../../image/documents.ts';
import { ecSigner, ed25519Signer, rsaSigner, simpleSigning } from './signing.ts';

const [IMAGE, INDEX, OTHER] = [digestOf('a'), digestOf('b'), digestOf('c')];
const [release, stranger] = [ecSigner('release'), ecSigner('stranger')];
const keys = [rsaSigner('old').key, release.key];

const signed = (payload: string, signer = release): string => signer.sign(Buffer.from(payload)).toString('base64');

describe('a signature of cosign', () => {
  it.each(
    [ecSigner('ec'), rsaSigner('rsa'), ed25519Signer('ed25519')].map((signer) => [signer.key.id, signer] as const),
  )('of the image is that of its key: %s', (_, signer) => {
    const payload = simpleSigning(IMAGE);
    expect(cosignSigner(payload, signed(payload, signer), [IMAGE], [release.key, signer.key])).toBe(signer.key);
  });

  it('of an index that lists the image is one of the image', () => {
    const payload = simpleSigning(INDEX);
    expect(cosignSigner(payload, signed(payload), [IMAGE, INDEX], keys)).toBe(release.key);
  });

  it.each<[string, string]>([
    ['another image', simpleSigning(OTHER)],
    ['the same digest in capitals', simpleSigning(IMAGE.toUpperCase())],
    ['an image whose form is another’s', simpleSigning(IMAGE, { type: 'atomic container signature' })],
    ['an image without saying what it is', simpleSigning(IMAGE, { type: undefined })],
    ['no digest', simpleSigning(IMAGE, { image: {} })],
    ['a list', '[]'],
    ['nothing', 'null'],
    ['no JSON', `{"critical": ${IMAGE}`],
  ])('by the right key about %s is none of the image', (_, payload) => {
    expect(cosignSigner(payload, signed(payload), [IMAGE, INDEX], keys)).toBeUndefined();
  });

  it('by a key that the policy does not name is nobody’s', () => {
    const payload = simpleSigning(IMAGE);
    expect(cosignSigner(payload, signed(payload, stranger), [IMAGE], keys)).toBeUndefined();
  });

  it('does not hold for a payload that was changed by a single space', () => {
    const payload = simpleSigning(IMAGE);
    expect(cosignSigner(`${payload} `, signed(payload), [IMAGE], keys)).toBeUndefined();
    expect(
      cosignSigner(simpleSigning(OTHER).replace(OTHER, IMAGE), signed(simpleSigning(OTHER)), [IMAGE], keys),
    ).toBeUndefined();
  });

  it.each<[string, string | undefined]>([
    ['missing', undefined],
    ['empty', ''],
    ['no base64', '§§§'],
    ['cut', 'MEUCIQ=='],
  ])('that is %s is nobody’s', (_, signature) => {
    expect(cosignSigner(simpleSigning(IMAGE), signature, [IMAGE], keys)).toBeUndefined();
  });
});
