import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tagsFromPairs } from '../../../shared/base/tags-from-pairs.ts';

const KEY = 'k'.repeat(128);
const VALUE = 'v'.repeat(256);

describe('tagsFromPairs', () => {
  it.each<[string, readonly (readonly [unknown, unknown])[], Readonly<Record<string, string>>]>([
    ['no pairs', [], {}],
    [
      'the first of a key',
      [
        ['a', '1'],
        ['a', '2'],
      ],
      { a: '1' },
    ],
    ['an empty value', [['a', '']], { a: '' }],
    ['no empty key', [['', '1']], {}],
    ['the longest key and value', [[KEY, VALUE]], { [KEY]: VALUE }],
    ['no longer key', [[`${KEY}k`, '1']], {}],
    ['no longer value', [['a', `${VALUE}v`]], {}],
    [
      'characters outside the basic plane as one',
      [['😀'.repeat(128), '😀'.repeat(256)]],
      { ['😀'.repeat(128)]: '😀'.repeat(256) },
    ],
    [
      'no more of these',
      [
        ['😀'.repeat(129), '1'],
        ['a', '😀'.repeat(257)],
      ],
      {},
    ],
    [
      'nothing that is no text',
      [
        [1, '1'],
        ['a', 1],
        [null, null],
        ['b', undefined],
        [{}, []],
      ],
      {},
    ],
  ])('keeps %s', (_what, pairs, expected) => {
    expect(tagsFromPairs(pairs)).toEqual(expected);
  });

  it('keeps the first hundred', () => {
    const pairs = Array.from({ length: 150 }, (_, at) => [`k${at}`, 'v'] as const);
    expect(Object.entries(tagsFromPairs(pairs))).toEqual(pairs.slice(0, 100));
  });

  it('has no key that nobody set', () => {
    expect('constructor' in tagsFromPairs([['a', '1']])).toBe(false);
  });

  it('survives the way through JSON, whatever the keys', () => {
    const key = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString'));
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.string())), (pairs) => {
        const tags = tagsFromPairs(pairs);
        const back: object = JSON.parse(JSON.stringify(tags));
        expect(Object.entries(back)).toEqual(Object.entries(tags));
      }),
    );
  });

  it('gives each key the value of the first pair that has it', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom('a', '__proto__', 'constructor'), fc.string())), (pairs) => {
        for (const [key, value] of Object.entries(tagsFromPairs(pairs)))
          expect(pairs.find(([one]) => one === key)?.[1]).toBe(value);
      }),
    );
  });
});
