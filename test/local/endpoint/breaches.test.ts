import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breachesOf } from '../../../local/endpoint/breaches.ts';
import {
  entries,
  items,
  length,
  type MemberConstraints,
  oneOf,
  pattern,
  range,
} from '../../../local/endpoint/constraints.ts';

describe('a value that keeps to its constraint', () => {
  it.each<[string, MemberConstraints, object]>([
    ['has the least length', { a: length(2, 3) }, { a: 'xx' }],
    ['has the greatest length', { a: length(2, 3) }, { a: 'xxx' }],
    ['is counted in characters and not in code units', { a: length(1, 2) }, { a: '🐳🐳' }],
    ['is counted in bytes when it is a blob', { a: length(1, 2) }, { a: new Uint8Array(2) }],
    ['has the greatest number of members', { a: items(0, 1) }, { a: [1] }],
    ['has the greatest number of entries', { a: entries(0, 1) }, { a: { b: 1 } }],
    ['is the least number', { a: range(1, 5) }, { a: 1 }],
    ['is the greatest number', { a: range(1, 5) }, { a: 5 }],
    ['matches', { a: pattern(/^x+$/) }, { a: 'xx' }],
    ['is one of an enumeration', { a: oneOf({ One: 'ONE' }) }, { a: 'ONE' }],
    ['is not sent', { a: length(1, 2), 'b.c': range(1, 2), 'd[]': length(1, 2), 'e{}': length(1, 2) }, {}],
    ['is null', { a: [length(1, 2), oneOf(['x'])] }, { a: null }],
    ['is of a type that the constraint does not speak of', { a: [range(1, 2), items(1, 1)] }, { a: 'text' }],
  ])('%s', (_, constraints, input) => {
    expect(breachesOf(constraints, input)).toEqual([]);
  });
});

describe('a value that breaks its constraint', () => {
  it.each<[string, MemberConstraints, object, object]>([
    ['is too short', { a: length(2, 3) }, { a: 'x' }, { kind: 'at-least', what: 'length', limit: 2 }],
    ['is too long', { a: length(2, 3) }, { a: 'xxxx' }, { kind: 'at-most', what: 'length', limit: 3 }],
    [
      'is too long a blob',
      { a: length(0, 1) },
      { a: new Uint8Array(2) },
      { kind: 'at-most', what: 'length', limit: 1 },
    ],
    ['has too few members', { a: items(1, 2) }, { a: [] }, { kind: 'at-least', what: 'items', limit: 1 }],
    ['has too many members', { a: items(1, 2) }, { a: [1, 2, 3] }, { kind: 'at-most', what: 'items', limit: 2 }],
    [
      'has too many entries',
      { a: entries(0, 1) },
      { a: { b: 1, c: 2 } },
      { kind: 'at-most', what: 'entries', limit: 1 },
    ],
    ['is too small a number', { a: range(1, 5) }, { a: 0 }, { kind: 'at-least', what: 'range', limit: 1 }],
    ['is too great a number', { a: range(1, 5) }, { a: 6 }, { kind: 'at-most', what: 'range', limit: 5 }],
    ['is no whole number', { a: range(1, 5) }, { a: 2.5 }, { kind: 'whole-number' }],
    ['does not match', { a: pattern(/^x+$/) }, { a: 'xy' }, { kind: 'pattern', pattern: /^x+$/ }],
    ['is outside its enumeration', { a: oneOf(['x', 'y']) }, { a: 'z' }, { kind: 'one-of', values: ['x', 'y'] }],
  ])('%s', (_, constraints, input, demand) => {
    expect(breachesOf(constraints, input)).toEqual([{ path: [{ kind: 'member', name: 'a' }], demand }]);
  });
});

describe('the path of a constraint', () => {
  it.each<[string, object, object[]]>([
    [
      'a.b',
      { a: { b: '' } },
      [
        { kind: 'member', name: 'a' },
        { kind: 'member', name: 'b' },
      ],
    ],
    [
      'a[]',
      { a: ['x', ''] },
      [
        { kind: 'member', name: 'a' },
        { kind: 'item', index: 1 },
      ],
    ],
    [
      'a[].b',
      { a: [{ b: '' }] },
      [
        { kind: 'member', name: 'a' },
        { kind: 'item', index: 0 },
        { kind: 'member', name: 'b' },
      ],
    ],
    [
      'a{}',
      { a: { b: '' } },
      [
        { kind: 'member', name: 'a' },
        { kind: 'value', name: 'b' },
      ],
    ],
    [
      'a{key}',
      { a: { '': 'x' } },
      [
        { kind: 'member', name: 'a' },
        { kind: 'key', name: '' },
      ],
    ],
    [
      'a{}[].b',
      { a: { k: [{ b: '' }] } },
      [
        { kind: 'member', name: 'a' },
        { kind: 'value', name: 'k' },
        { kind: 'item', index: 0 },
        { kind: 'member', name: 'b' },
      ],
    ],
  ])('%s leads to each value under it', (at, input, path) => {
    expect(breachesOf({ [at]: length(1, 9) }, input).map((breach) => breach.path)).toEqual([path]);
  });

  it('may have several constraints, each of which is told', () => {
    expect(breachesOf({ a: [length(2, 9), pattern(/^y$/)] }, { a: 'x' }).map(({ demand }) => demand.kind)).toEqual([
      'at-least',
      'pattern',
    ]);
  });
});

it('a list breaks its count exactly when it is outside of it', () => {
  fc.assert(
    fc.property(fc.nat(20), fc.nat(20), fc.array(fc.anything(), { maxLength: 25 }), (min, more, list) => {
      const isInside = list.length >= min && list.length <= min + more;
      expect(breachesOf({ a: items(min, min + more) }, { a: list }).length === 0).toBe(isInside);
    }),
  );
});

it('no input makes the check fail', () => {
  const constraints = {
    'a.b': length(1, 2),
    'a[].b{}': range(1, 2),
    'a{key}': pattern(/x/),
    a: [items(1, 2), entries(1, 2)],
  };
  fc.assert(fc.property(fc.anything(), (a) => void breachesOf(constraints, { a })));
});
