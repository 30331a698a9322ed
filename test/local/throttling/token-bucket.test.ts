import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTokenBucket } from '../../../local/throttling/token-bucket.ts';

const START = Date.parse('2026-03-01T10:00:00Z');

/** How many of `calls` that come at once are let through. */
const taken = (bucket: ReturnType<typeof createTokenBucket>, nowMs: number, calls: number): number =>
  Array.from({ length: calls }, () => bucket.take(nowMs)).filter((took) => took).length;

describe('a token bucket', () => {
  it('is full at first', () => {
    expect(taken(createTokenBucket({ perSecond: 10, burst: 30 }), START, 100)).toBe(30);
  });

  it.each([
    [99, 0],
    [100, 1],
    [199, 1],
    [1_000, 10],
    [2_999, 29],
    [3_000, 30],
    [3_600_000, 30],
  ])('that is empty lets through, after %i ms at 10 a second, %i more', (waitMs, more) => {
    const bucket = createTokenBucket({ perSecond: 10, burst: 30 });
    taken(bucket, START, 30);
    expect(taken(bucket, START + waitMs, 100)).toBe(more);
  });

  it('loses nothing between calls that come faster than tokens', () => {
    const bucket = createTokenBucket({ perSecond: 3, burst: 6 });
    taken(bucket, START, 6);
    let later = 0;
    for (let ms = 1; ms <= 10_000; ms += 1) later += taken(bucket, START + ms, 1);
    expect(later).toBe(30);
  });

  it('lets through no more than the burst and the rate, in any rhythm of calls', () => {
    const rhythm = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(rhythm, (waits) => {
        const bucket = createTokenBucket({ perSecond: 7, burst: 4 });
        let now = START;
        let through = 0;
        for (const waitMs of waits) {
          now += waitMs;
          through += taken(bucket, now, 3);
          expect(through).toBeLessThanOrEqual(4 + (7 * (now - START)) / 1000);
        }
      }),
    );
  });
});
