import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAnchorSearch } from '../../../../shared/layer/secrets/anchor-search.ts';

const found = (words: readonly string[], text: string, from = 0, to = text.length): readonly string[] => {
  const visits: string[] = [];
  createAnchorSearch(words)(Buffer.from(text, 'latin1'), from, to, text.length, (index, word) => {
    visits.push(`${index} ${words[word]}`);
  });
  return visits;
};

describe('the anchor search', () => {
  it.each([
    ['a word at the start and at the end', ['abcd'], 'abcd--abcd', ['0 abcd', '6 abcd']],
    ['words that overlap', ['abab'], 'ababab', ['0 abab', '2 abab']],
    ['a word that another begins with', ['abcd', 'abcdef'], '-abcdefg', ['1 abcd', '1 abcdef']],
    ['no word that is cut', ['abcdef'], 'abcde', []],
    ['bytes above 127', ['\xff\xfe\xfd\xfc'], '\xff\xff\xfe\xfd\xfc', ['1 \xff\xfe\xfd\xfc']],
  ])('finds %s', (_, words, text, expected) => {
    expect(found(words, text)).toEqual(expected);
  });

  it('finds words that begin in the range and end behind it', () => {
    expect(found(['abcd'], 'abcdabcdabcd', 1, 5)).toEqual(['4 abcd']);
  });

  it('takes no word of fewer than four characters', () => {
    expect(() => createAnchorSearch(['abc'])).toThrow(RangeError);
  });

  it('finds what a search for each word finds', () => {
    const letters = fc.constantFrom('a', 'b', 'c');
    const word = fc.string({ unit: letters, minLength: 4, maxLength: 6 });
    fc.assert(
      fc.property(
        fc.uniqueArray(word, { minLength: 1, maxLength: 4 }),
        fc.string({ unit: letters, maxLength: 80 }),
        (words, text) => {
          const expected = words.flatMap((each) =>
            Array.from(text, (_, index) => index)
              .filter((index) => text.startsWith(each, index))
              .map((index) => `${index} ${each}`),
          );
          expect([...found(words, text)].sort()).toEqual(expected.sort());
        },
      ),
    );
  });
});
