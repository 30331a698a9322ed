import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLineSplitter } from '../../../cli/decide/split-lines.ts';

/** Each line as text; null for one that was too long. */
const split = (pieces: readonly (string | Buffer)[], longest = 10): readonly (readonly [number, string | null])[] => {
  const splitter = createLineSplitter(longest);
  const lines = [...pieces.flatMap((piece) => splitter.push(Buffer.from(piece))), ...splitter.end()];
  return lines.map((line) => [line.number, 'bytes' in line ? line.bytes.toString() : null]);
};

it.each<[string, readonly string[], readonly (readonly [number, string | null])[]]>([
  ['nothing', [], []],
  ['one line', ['a\n'], [[1, 'a']]],
  [
    'a last line without its end',
    ['a\nb'],
    [
      [1, 'a'],
      [2, 'b'],
    ],
  ],
  ['a line in three pieces', ['a', 'b', 'c\n'], [[1, 'abc']]],
  [
    'empty lines, which are counted',
    ['\n\na\n'],
    [
      [1, ''],
      [2, ''],
      [3, 'a'],
    ],
  ],
  [
    'a line of the longest length',
    ['0123456789\na\n'],
    [
      [1, '0123456789'],
      [2, 'a'],
    ],
  ],
  [
    'a line that is too long',
    ['01234567890\na\n'],
    [
      [1, null],
      [2, 'a'],
    ],
  ],
  [
    'a line that is too long, in pieces',
    ['012345', '67890', '1\na', '\n'],
    [
      [1, null],
      [2, 'a'],
    ],
  ],
  [
    'a last line that is too long',
    ['a\n01234', '567890'],
    [
      [1, 'a'],
      [2, null],
    ],
  ],
])('cuts %s', (_what, pieces, lines) => {
  expect(split(pieces)).toEqual(lines);
});

it('cuts a text into the same lines, wherever its pieces end', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.array(fc.nat(40)), (text, ends) => {
      const bytes = Buffer.from(text);
      const cuts = [0, ...ends.sort((left, right) => left - right), bytes.length];
      const pieces = cuts.map((cut, index) => bytes.subarray(cuts[index - 1] ?? 0, cut));
      expect(split(pieces, 1000)).toEqual(split([bytes], 1000));
    }),
  );
});
