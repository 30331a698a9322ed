import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GeneratedSecret, generatedSecret } from '../../local/generated-secret.ts';

const WANTED: GeneratedSecret = {
  kind: 'generated',
  length: 32,
  excludeCharacters: '',
  excludeLowercase: false,
  excludeNumbers: false,
  excludePunctuation: false,
  excludeUppercase: false,
  includeSpace: false,
  requireEachIncludedType: true,
};

describe('a generated secret', () => {
  it.each<[string, Partial<GeneratedSecret>, RegExp]>([
    ['has the length that is wanted', { length: 64 }, /^.{64}$/],
    ['has letters and numbers without punctuation', { excludePunctuation: true, length: 64 }, /^[A-Za-z0-9]{64}$/],
    ['has letters only', { excludePunctuation: true, excludeNumbers: true }, /^[A-Za-z]{32}$/],
    ['has numbers only', { excludePunctuation: true, excludeLowercase: true, excludeUppercase: true }, /^\d{32}$/],
    ['has each type that is wanted', { length: 4 }, /^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[!-/:-@[-`{-~]).{4}$/],
    ['may have spaces', { length: 5, includeSpace: true }, / /],
    ['has none of the characters that are not wanted', { excludeCharacters: '"\'\\@/' }, /^[^"'\\@/]{32}$/],
    [
      'is a member of the JSON that it is put into',
      { within: { template: '{"user":"a"}', key: 'password' } },
      /^\{"user":"a","password":".+"\}$/,
    ],
  ])('%s', (_title, wanted, fits) => {
    for (let time = 0; time < 20; time += 1) expect(generatedSecret({ ...WANTED, ...wanted })).toMatch(fits);
  });

  it('is another one every time', () => {
    expect(generatedSecret(WANTED)).not.toBe(generatedSecret(WANTED));
  });

  it.each<[string, Partial<GeneratedSecret>]>([
    ['too short for each type', { length: 3 }],
    [
      'without any character',
      { excludeLowercase: true, excludeUppercase: true, excludeNumbers: true, excludePunctuation: true },
    ],
  ])('%s is refused', (_title, wanted) => {
    expect(() => generatedSecret({ ...WANTED, ...wanted })).toThrow('No secret');
  });

  it('has its length and its types whatever is picked', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 100 }), fc.infiniteStream(fc.nat()), (length, picks) => {
        const made = generatedSecret({ ...WANTED, length }, (below) => picks.next().value % below);
        expect(made).toHaveLength(length);
        for (const type of [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/]) expect(made).toMatch(type);
      }),
    );
  });
});
