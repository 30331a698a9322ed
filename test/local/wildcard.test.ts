import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesWildcard } from '../../local/wildcard.ts';

describe('a wildcard', () => {
  it.each([
    ['', ''],
    ['*', ''],
    ['*', 'anything: at/all'],
    ['a*', 'a'],
    ['a*c', 'abbc'],
    ['*b*b*', 'abcb'],
    ['**', 'ab'],
    ['a?c', 'abc'],
    ['?*', 'a'],
    ['[a-z].+', '[a-z].+'],
    ['*-dev', '1.0-dev'],
    ['a*b*c', 'a-b-b-c'],
  ])('%j stands for %j', (pattern, text) => {
    expect(matchesWildcard(pattern, text)).toBe(true);
  });

  it.each([
    ['', 'a'],
    ['a', ''],
    ['a', 'A'],
    ['a*c', 'abcd'],
    ['a?c', 'ac'],
    ['?', ''],
    ['.*', 'a'],
    ['*b*b*', 'abc'],
    ['*-dev', '1.0-dev2'],
    ['v*', 'rv1'],
    ['a*b*c', 'ac'],
    ['a*a', 'a'],
    ['1.0', '1x0'],
  ])('%j does not stand for %j', (pattern, text) => {
    expect(matchesWildcard(pattern, text)).toBe(false);
  });

  it('is quick with many stars and a text that almost fits', () => {
    expect(matchesWildcard(`${'a*'.repeat(50)}b`, 'a'.repeat(2000))).toBe(false);
  });

  it('stands for any text that has its literal parts in order', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (literals, between) => {
        const plain = literals.map((literal) => literal.replaceAll(/[*?]/g, ''));
        const text = plain.map((literal, index) => `${literal}${between[index] ?? ''}`).join('');
        expect(matchesWildcard(`${plain.join('*')}*`, text)).toBe(true);
      }),
    );
  });
});
