import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileWildcard } from '../../../local/event-bus/wildcard.ts';

const escaped = (text: string): string => text.replace(/[\\*]/g, (special) => `\\${special}`);

describe('compileWildcard', () => {
  it.each([
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['*', 'anything', true],
    ['a*a', 'a', false],
    ['a*a', 'aa', true],
    ['*ab', 'aab', true],
    ['ab*ab*ab', 'ababab', true],
    ['ab*ab*ab', 'abab', false],
    ['*one*two*', 'two one', false],
    ['*one*two*', 'one, two', true],
    ['a.c', 'abc', false],
    ['(a+)+$', 'aaaa', false],
  ])('%j against %j is %j', (wildcard, text, expected) => {
    expect(compileWildcard(wildcard)(text)).toBe(expected);
  });

  it('matches whatever its stars are filled with', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ minLength: 1 }), fc.string()), { minLength: 1 }), (parts) => {
        const wildcard = parts.map(([literal]) => escaped(literal)).join('*');
        const text = parts
          .map(([literal, filling], at) => (at < parts.length - 1 ? literal + filling : literal))
          .join('');
        expect(compileWildcard(wildcard)(text)).toBe(true);
      }),
    );
  });

  it('comes to an end for a text that would make a backtracking matcher hang', () => {
    expect(compileWildcard(`${'*a'.repeat(1000)}*b`)('a'.repeat(100_000))).toBe(false);
  });
});
