import { describe, expect, it } from 'vitest';
import { sweepAgainAndAgain } from '../../../local/table/sweep-again-and-again.ts';

const started = () => {
  const ends: (() => void)[] = [];
  const sweepings: Promise<number>[] = [];
  let advance = (): void => undefined;
  const stop = sweepAgainAndAgain(
    { sweep: () => new Promise<number>((resolve) => ends.push(() => resolve(1))) },
    {
      onAdvance: (listener) => {
        advance = () => listener();
        return () => undefined;
      },
    },
    (sweeping) => sweepings.push(sweeping),
  );
  return { ends, sweepings, advance: () => advance(), stop };
};

describe('sweeping while the clock is advanced', () => {
  it('begins at once', () => {
    const { ends, advance, stop } = started();
    advance();
    expect(ends).toHaveLength(1);
    stop();
  });

  it('goes over the tables once more, however often the clock was advanced meanwhile', async () => {
    const { ends, sweepings, advance, stop } = started();
    for (let times = 0; times < 20; times += 1) advance();
    expect(ends).toHaveLength(1);
    ends[0]?.();
    await expect.poll(() => ends.length).toBe(2);
    ends[1]?.();
    expect(await Promise.all(sweepings)).toEqual([2]);
    stop();
  });

  it('begins anew after it has ended', async () => {
    const { ends, sweepings, advance, stop } = started();
    advance();
    ends[0]?.();
    await sweepings[0];
    advance();
    expect(ends).toHaveLength(2);
    stop();
  });
});
