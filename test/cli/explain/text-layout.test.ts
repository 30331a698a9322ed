import fc from 'fast-check';
import { expect, it } from 'vitest';
import { labelled, paragraph, table, wrapped } from '../../../cli/explain/text-layout.ts';

it.each<[string, string, number, readonly string[]]>([
  ['short', 'one two', 10, ['one two']],
  ['at its limit', 'one two', 7, ['one two']],
  ['too long', 'one two three', 8, ['one two', 'three']],
  ['with a long word', 'a sha256:0123456789 b', 6, ['a', 'sha256:0123456789', 'b']],
  ['empty', '', 6, ['']],
])('wraps a text that is %s', (_, text, width, lines) => {
  expect(wrapped(text, width)).toEqual(lines);
});

it('keeps every word, in order', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/)), fc.integer({ min: 1, max: 30 }), (words, width) => {
      expect(wrapped(words.join(' '), width).join(' ')).toBe(words.join(' '));
    }),
  );
});

it('puts what follows the first line below its text', () => {
  const lines = paragraph('word '.repeat(30), '- ');
  expect(lines[0]).toMatch(/^ {2}- word/);
  expect(lines[1]).toMatch(/^ {4}word/);
  expect(labelled('name', 'text')).toEqual(['  name          text']);
});

it('wraps and breaks cells inside their columns', () => {
  expect(
    table(
      [
        ['one', 'two three', 'x'],
        ['sha256:01', '', 'y'],
      ],
      [5, 6, 3],
    ),
  ).toEqual(['  one   two    x', '        three', '  sha25        y', '  6:01']);
});

it('breaks no character in two', () => {
  expect(table([['a🐳🐳']], [2])).toEqual(['  a', '  🐳', '  🐳']);
});
