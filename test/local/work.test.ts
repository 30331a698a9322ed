import { describe, expect, it } from 'vitest';
import { createWork } from '../../local/work.ts';

describe('work of the runtime itself', () => {
  it('is busy until everything under way has ended', async () => {
    const work = createWork();
    const [first, second] = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
    const during = [work.during(first.promise), work.during(second.promise)];
    expect(work.busy()).toBe(true);
    first.resolve('one');
    expect(await during[0]).toBe('one');
    expect(work.busy()).toBe(true);
    second.resolve('two');
    expect(await during[1]).toBe('two');
    expect(work.busy()).toBe(false);
  });

  it('ends with a failure too, and hands it on', async () => {
    const work = createWork();
    const failure = new Error('broken');
    await expect(work.during(Promise.reject(failure))).rejects.toBe(failure);
    expect(work.busy()).toBe(false);
  });

  it('counts what was started, so that what began and ended between two looks is seen', async () => {
    const work = createWork();
    expect(work.started()).toBe(0);
    await work.during(Promise.resolve());
    await work.during(Promise.resolve());
    expect(work.started()).toBe(2);
  });
});
