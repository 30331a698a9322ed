import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventualMap } from '../../../local/eventual/eventual-map.ts';
import { manualClock } from '../../support/manual-clock.ts';

const newMap = (lagMs: number) => {
  const clock = manualClock();
  return { clock, map: new EventualMap<string, number>({ clock, lagMs }) };
};
const entries = (map: ReadonlyMap<string, number>) => [...map];

describe('a reader of an eventual map', () => {
  it('does not see a new value until its time has come, and the writer does', () => {
    const { clock, map } = newMap(2_000);
    map.set('a', 1);
    expect(map.get('a')).toBe(1);
    expect(entries(map.seen())).toEqual([]);
    clock.advance(1.999);
    expect(entries(map.seen())).toEqual([]);
    clock.advance(0.001);
    expect(entries(map.seen())).toEqual([['a', 1]]);
  });

  it('sees the former value, and what is deleted', () => {
    const { clock, map } = newMap(2_000);
    map.set('a', 1).set('b', 2);
    clock.advance(2);
    map.set('a', 10);
    map.delete('b');
    expect(entries(map)).toEqual([['a', 10]]);
    expect(entries(map.seen())).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
    clock.advance(2);
    expect(entries(map.seen())).toEqual([['a', 10]]);
  });

  it('sees each change at its own time', () => {
    const { clock, map } = newMap(2_000);
    map.set('a', 1);
    clock.advance(1);
    map.set('a', 2);
    clock.advance(1);
    map.clear();
    expect(map.seen().get('a')).toBe(1);
    clock.advance(1);
    expect(map.seen().get('a')).toBe(2);
    clock.advance(1);
    expect(map.seen().get('a')).toBeUndefined();
  });

  it('sees everything at once where there is no lag', () => {
    const { map } = newMap(0);
    map.set('a', 1);
    map.set('b', 2);
    map.delete('a');
    expect(entries(map.seen())).toEqual([['b', 2]]);
  });
});

it('an eventual map is a map to its writers, and gives its readers that map of a lag ago', () => {
  const step = fc.record({
    what: fc.constantFrom('set', 'delete', 'clear', 'nothing'),
    key: fc.constantFrom('a', 'b', 'c'),
    waitSeconds: fc.integer({ min: 0, max: 3 }),
  });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const { clock, map } = newMap(4_000);
      const truth = new Map<string, number>();
      const history: [number, [string, number][]][] = [[Number.NEGATIVE_INFINITY, []]];
      for (const [at, { what, key, waitSeconds }] of steps.entries()) {
        for (const target of [truth, map]) {
          if (what === 'set') target.set(key, at);
          if (what === 'delete') target.delete(key);
          if (what === 'clear') target.clear();
        }
        history.push([clock.now().getTime(), [...truth]]);
        clock.advance(waitSeconds);
        const then = history.findLast(([time]) => time <= clock.now().getTime() - 4_000);
        expect(entries(map)).toEqual([...truth]);
        expect(entries(map.seen())).toEqual(then?.[1]);
      }
    }),
  );
});
