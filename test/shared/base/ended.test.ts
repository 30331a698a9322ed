import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { allEnded, mapEnded } from '../../../shared/base/ended.ts';

const fails = async (ms: number): Promise<never> => {
  await wait(ms);
  throw new Error(`after ${ms}`);
};

describe('work that ends as a whole', () => {
  it('gives the results in the order of the work', async () => {
    expect(await allEnded([wait(5, 'slow'), Promise.resolve('quick')])).toEqual(['slow', 'quick']);
    expect(await mapEnded([9, 1], (ms) => wait(ms, ms), { concurrency: 2 })).toEqual([9, 1]);
  });

  it('fails only when the rest has ended', async () => {
    const ended: string[] = [];
    const slow = wait(20).then(() => ended.push('slow'));
    await expect(allEnded([fails(1), slow])).rejects.toThrow('after 1');
    expect(ended).toEqual(['slow']);
  });

  it('fails as a map only when what was begun has ended, and begins nothing more', async () => {
    const begun: number[] = [];
    const ended: number[] = [];
    const work = async (ms: number): Promise<void> => {
      begun.push(ms);
      if (ms === 1) await fails(ms);
      await wait(ms);
      ended.push(ms);
    };
    await expect(mapEnded([1, 20, 30, 40], work, { concurrency: 2 })).rejects.toThrow('after 1');
    expect(begun).toEqual([1, 20]);
    expect(ended).toEqual([20]);
  });
});
