import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coversGlob, matchesGlob } from '../../../shared/base/glob.ts';

describe('a pattern', () => {
  it.each<[string, string, boolean]>([
    ['payments', 'payments', true],
    ['payments', 'payments/api', false],
    ['payments/*', 'payments/api', true],
    ['payments/*', 'payments/api/v2', true],
    ['payments/*', 'payments/', true],
    ['payments/*', 'payments', false],
    ['*', '', true],
    ['*', 'anything', true],
    ['', '', true],
    ['', 'a', false],
    ['*-api', 'web-api', true],
    ['*-api', 'web-api-2', false],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['a*b*c', 'a-c-b-c', true],
    ['a*b*c', 'a-c-b', false],
    ['**', 'x', true],
    ['a.c', 'abc', false],
    ['a+', 'aa', false],
    ['[ab]', 'a', false],
    ['API', 'api', false],
  ])('%j and the text %j: %s', (pattern, text, expected) => {
    expect(matchesGlob(pattern, text)).toBe(expected);
  });

  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '/'), maxLength: 8 });
  const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '/', '*'), maxLength: 6 });

  it('matches what a matcher that tries everything matches', () => {
    const tries = (pattern: string, text: string): boolean => {
      if (pattern === '') return text === '';
      if (pattern[0] === '*') return tries(pattern.slice(1), text) || (text !== '' && tries(pattern, text.slice(1)));
      return pattern[0] === text[0] && tries(pattern.slice(1), text.slice(1));
    };
    fc.assert(
      fc.property(patterns, letters, (pattern, text) => matchesGlob(pattern, text) === tries(pattern, text)),
      { numRuns: 2000 },
    );
  });

  it('that covers another matches every text that the other matches', () => {
    fc.assert(
      fc.property(
        patterns,
        patterns,
        letters,
        (wide, narrow, text) => !(coversGlob(wide, narrow) && matchesGlob(narrow, text)) || matchesGlob(wide, text),
      ),
      { numRuns: 5000 },
    );
  });

  it.each<[string, string, boolean]>([
    ['*', 'payments/*', true],
    ['payments/*', 'payments/api', true],
    ['payments/*', 'payments/*-api', true],
    ['payments/*-api', 'payments/*', false],
    ['a*', '*a', false],
    ['*a*', 'a*', true],
    ['payments', 'payments', true],
  ])('%j covers %j: %s', (wide, narrow, expected) => {
    expect(coversGlob(wide, narrow)).toBe(expected);
  });

  it('takes a long hostile text without trying everything', () => {
    const start = performance.now();
    expect(matchesGlob(`${'*a'.repeat(100)}b`, 'a'.repeat(20_000))).toBe(false);
    expect(performance.now() - start).toBeLessThan(100);
  });
});
