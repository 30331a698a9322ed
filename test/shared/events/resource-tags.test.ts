import { describe, expect, it } from 'vitest';
import { tagsFromLists, tagsFromMap } from '../../../shared/events/resource-tags.ts';

const HOSTILE = '{"__proto__":"a","constructor":"b","team":"shop"}';

describe('tagsFromMap', () => {
  it('keeps texts under their keys', () => {
    expect(tagsFromMap({ team: 'shop', env: '', 'aws:eks:cluster-name': 'k1' })).toEqual({
      team: 'shop',
      env: '',
      'aws:eks:cluster-name': 'k1',
    });
  });

  it('leaves out what is no text', () => {
    expect(tagsFromMap({ a: 1, b: null, c: ['x'], d: { e: 'f' }, g: true, team: 'shop' })).toEqual({ team: 'shop' });
  });

  it('takes the names of an object’s own machinery for keys like any other', () => {
    const tags = tagsFromMap(JSON.parse(HOSTILE));
    expect(Object.entries(tags)).toEqual(Object.entries(JSON.parse(HOSTILE)));
    expect(JSON.stringify(tags)).toBe(HOSTILE);
  });

  it('of nothing has no key at all', () => {
    const tags = tagsFromMap({});
    expect([tags.constructor, tags.toString, tags.hasOwnProperty]).toEqual([undefined, undefined, undefined]);
  });
});

describe('tagsFromLists', () => {
  it('keeps the first of what has the same key', () => {
    const tags = tagsFromLists(
      [
        { key: 'team', value: 'shop' },
        { key: 'team', value: 'cart' },
      ],
      null,
      [
        { key: 'team', value: 'other' },
        { key: 'env', value: 'test' },
      ],
    );
    expect(tags).toEqual({ team: 'shop', env: 'test' });
  });

  it('goes on behind what is no pair', () => {
    expect(tagsFromLists([null, 'x', [], {}, { key: 7, value: 'a' }, { key: 'team', value: 'shop' }])).toEqual({
      team: 'shop',
    });
  });

  it('takes the names of an object’s own machinery for keys like any other', () => {
    const tags = tagsFromLists([
      { key: '__proto__', value: 'a' },
      { key: 'constructor', value: 'b' },
      { key: 'team', value: 'shop' },
    ]);
    expect(JSON.stringify(tags)).toBe(HOSTILE);
    expect(Object.getPrototypeOf({ ...tags })).toBe(Object.prototype);
  });
});
