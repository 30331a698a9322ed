import { describe, expect, it } from 'vitest';
import { matchesFilters } from '../../../local/services/string-filter.ts';

describe('string filters', () => {
  it.each([
    ['no filter', [], ['a'], true],
    ['equal', [['EQUALS', 'a']], ['a'], true],
    ['not equal', [['EQUALS', 'a']], ['b'], false],
    [
      'one of several wanted',
      [
        ['EQUALS', 'a'],
        ['EQUALS', 'b'],
      ],
      ['b'],
      true,
    ],
    ['one of several values', [['EQUALS', 'a']], ['x', 'a'], true],
    ['a prefix', [['PREFIX', 'ab']], ['abc'], true],
    ['a part', [['CONTAINS', 'b']], ['abc'], true],
    ['an unwanted value', [['NOT_EQUALS', 'a']], ['a'], false],
    [
      'none of several unwanted',
      [
        ['NOT_EQUALS', 'a'],
        ['NOT_EQUALS', 'b'],
      ],
      ['c'],
      true,
    ],
    [
      'one of several unwanted',
      [
        ['NOT_EQUALS', 'a'],
        ['NOT_EQUALS', 'b'],
      ],
      ['b'],
      false,
    ],
    ['an unwanted prefix', [['PREFIX_NOT_EQUALS', 'ab']], ['abc'], false],
    ['an unwanted part', [['NOT_CONTAINS', 'b']], ['abc'], false],
    [
      'wanted and unwanted at once',
      [
        ['PREFIX', 'a'],
        ['NOT_EQUALS', 'ab'],
      ],
      ['ab'],
      false,
    ],
    ['a field that has no value, wanted', [['EQUALS', 'a']], [], false],
    ['a field that has no value, unwanted', [['NOT_EQUALS', 'a']], [], true],
  ] as [string, [string, string][], string[], boolean][])('decide on %s', (_, filters, values, expected) => {
    const given = filters.map(([comparison, value]) => ({ comparison, value }));
    expect(matchesFilters(given, values)).toBe(expected);
  });

  it('refuse a comparison that is not written', () => {
    expect(() => matchesFilters([{ comparison: 'CONTAINS_WORD', value: 'a' }], ['a'])).toThrow('CONTAINS_WORD');
  });
});
