import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesWildcard } from '../../../local/registry/wildcard.ts';

describe('a wildcard', () => {
  it.each([
    ['v1', 'v1', true],
    ['v1', 'v10', false],
    ['*', '', true],
    ['v*', 'v', true],
    ['v*', 'rv1', false],
    ['*-dev', '1.0-dev', true],
    ['*-dev', '1.0-dev2', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'ac', false],
    ['a*a', 'a', false],
    ['1.0', '1x0', false],
  ])('%s matches %s: %s', (pattern, text, expected) => {
    expect(matchesWildcard(pattern, text)).toBe(expected);
  });

  it('matches every text that puts something in the place of each star', () => {
    const parts = fc.array(fc.string({ maxLength: 3 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(parts, fc.string(), (texts, filling) => {
        const plain = texts.map((text) => text.replaceAll('*', ''));
        expect(matchesWildcard(plain.join('*'), plain.join(filling))).toBe(true);
      }),
    );
  });
});
