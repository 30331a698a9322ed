import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { below, dealt, drawn, pick, seeded, shuffled } from '../../../scripts/estate/random.ts';

describe('a seed', () => {
  it('gives the numbers of mulberry32, on every machine', () => {
    const random = seeded(1);
    expect([random(), random(), random()]).toEqual([0.6270739405881613, 0.002735721180215478, 0.5274470399599522]);
  });

  it('gives other numbers than its neighbour', () => {
    expect(seeded(1)()).not.toBe(seeded(2)());
  });

  it('gives numbers from 0 to below 1, evenly', () => {
    const random = seeded(7);
    const numbers = Array.from({ length: 10_000 }, random);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    expect(numbers.reduce((sum, number) => sum + number, 0) / 10_000).toBeCloseTo(0.5, 1);
  });
});

describe('cards that are dealt', () => {
  it('come as often as their shares say, whatever the luck', () => {
    const cards = dealt(
      seeded(3),
      [
        ['rare', 0.005],
        ['common', 0.995],
      ],
      1000,
    );
    expect(cards.filter((card) => card === 'rare')).toHaveLength(5);
    expect(cards).toHaveLength(1000);
  });

  it('are as many as asked for, each within one of its share', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 0, max: 300 }),
        (seed, shares, count) => {
          fc.pre(shares.some((share) => share > 0.01));
          const sum = shares.reduce((all, share) => all + share, 0);
          const cards = dealt(
            seeded(seed),
            shares.map((share, value) => [value, share]),
            count,
          );
          expect(cards).toHaveLength(count);
          shares.forEach((share, value) => {
            const come = cards.filter((card) => card === value).length;
            expect(Math.abs(come - (count * share) / sum)).toBeLessThanOrEqual(1);
          });
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('draws', () => {
  it('take a value whose share is nothing never', () => {
    const random = seeded(5);
    const values = Array.from({ length: 500 }, () =>
      drawn(random, [
        ['a', 1],
        ['never', 0],
        ['b', 1],
      ]),
    );
    expect(new Set(values)).toEqual(new Set(['a', 'b']));
  });

  it('leave a list as it is and lose nothing', () => {
    const items = Object.freeze([1, 2, 3, 4, 5]);
    expect(shuffled(seeded(1), items).toSorted()).toEqual([1, 2, 3, 4, 5]);
    expect(items).toContain(pick(seeded(2), items));
    expect(below(seeded(4), 1)).toBe(0);
  });

  it('from nothing is a fault', () => {
    expect(() => pick(seeded(1), [])).toThrow('there is no item 0 among 0');
  });
});
