import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchesOf } from '../../../shared/aws/batches-of.ts';

const LIMIT = { count: 3, bytes: 10 };
const cut = (sizes: readonly number[]) =>
  batchesOf(sizes, LIMIT, (size) => size).map((batch) => batch.map(({ item }) => item));

describe('batchesOf', () => {
  it.each<[string, readonly number[], readonly (readonly number[])[]]>([
    ['nothing', [], []],
    ['one item', [1], [[1]]],
    ['as many items as a call takes', [1, 2, 3], [[1, 2, 3]]],
    ['one item more', [1, 2, 3, 4], [[1, 2, 3], [4]]],
    ['as many bytes as a call takes', [4, 6], [[4, 6]]],
    ['one byte more', [4, 7], [[4], [7]]],
    ['an item that is too large among small ones', [1, 11, 1], [[1], [11], [1]]],
    ['an item that is too large at the beginning', [11, 1], [[11], [1]]],
  ])('cuts %s', (_, sizes, batches) => {
    expect(cut(sizes)).toEqual(batches);
  });

  it('holds every item once and in order, inside the limits', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(12)), (sizes) => {
        const batches = batchesOf(sizes, LIMIT, (size) => size);
        expect(batches.flat()).toEqual(sizes.map((item, index) => ({ index, item })));
        for (const batch of batches) {
          const bytes = batch.reduce((sum, { item }) => sum + item, 0);
          expect(batch.length).toBeGreaterThan(0);
          expect(batch.length).toBeLessThanOrEqual(3);
          expect(bytes <= 10 || batch.length === 1).toBe(true);
        }
      }),
    );
  });
});
