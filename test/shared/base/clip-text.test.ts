import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clipText, plainText } from '../../../shared/base/clip-text.ts';

describe('plainText', () => {
  it.each([
    ['joins lines', 'one\r\n\ttwo', 'one two'],
    ['drops colours', '\u001B[31mred\u001B[0m', 'red'],
    ['drops a terminal title', '\u001B]0;title\u0007text', 'text'],
    ['drops control characters', 'a\u0000b\u009Fc', 'a b c'],
    ['drops a right-to-left override', 'exe\u202Egpj', 'exegpj'],
    ['drops zero-width characters', 'open\u200Bssl\uFEFF', 'openssl'],
    ['replaces a lone surrogate', 'a\uD83Db', 'a\uFFFDb'],
    ['keeps emoji and other scripts', '🐳 関所', '🐳 関所'],
    ['leaves nothing of spaces', ' \u2028 ', ''],
  ])('%s', (_fact, text, expected) => {
    expect(plainText(text)).toBe(expected);
  });
});

describe('clipText', () => {
  it.each([
    ['leaves what fits', 'abc', 3, 'abc'],
    ['marks what was cut', 'abcd', 3, 'ab…'],
    ['never splits a character of two units', 'a🐳bc', 3, 'a…'],
  ])('%s', (_fact, text, max, expected) => {
    expect(clipText(text, max)).toBe(expected);
  });

  it('is always short enough and well formed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 40 }), (text, max) => {
        const clipped = clipText(text, max);
        return clipped.length <= max && clipped.isWellFormed() && !/\p{Cc}/u.test(clipped);
      }),
    );
  });
});
