/** In a thread and in a process alike: a function that takes more memory than its setting is ended. */
import { afterEach, describe, expect, it } from 'vitest';
import { filler, functionStarter, IN_PROCESS_MB, killed, until } from './function-starter.ts';

const started = functionStarter();
const { functionOf } = started;
afterEach(started.closeAll);

it('a function in a thread is killed when it fills its heap', async () => {
  const fn = await functionOf(filler('for (;;) keep.push({ index: keep.length, list: [1, 2, 3] });'), {
    memoryMb: 128,
    timeoutSeconds: 20,
  });
  expect(await fn.invoke({ fill: true })).toEqual(killed);
  expect(fn.maxMemoryUsedMb).toBe(128);
});

it('a function in a thread is killed for what it kept of earlier events', async () => {
  const fn = await functionOf(
    'const keep = []; export const handler = async (event) => keep.push(Buffer.alloc(event.bytes, 1));',
    { memoryMb: 128, timeoutSeconds: 20 },
  );
  const half = { bytes: 64 * 1024 * 1024 };
  expect(await fn.invoke(half)).toEqual({ ok: true, payload: 1 });
  expect(await fn.invoke(half)).toEqual(killed);
  expect(await fn.invoke(half)).toEqual({ ok: true, payload: 1 });
});

describe.each([
  ['a thread', 128],
  ['a process of its own', IN_PROCESS_MB],
])('a function in %s', (_where, memoryMb) => {
  it('is killed when it fills its memory with Buffers, and the next event has a new environment', async () => {
    const fn = await functionOf(filler('for (;;) keep.push(Buffer.alloc(1000000, 1));'), {
      memoryMb,
      timeoutSeconds: 20,
    });
    expect(await fn.invoke({ fill: true })).toEqual(killed);
    expect(fn.maxMemoryUsedMb).toBe(memoryMb);
    expect(await fn.invoke({ fill: false })).toEqual({ ok: true, payload: 0 });
  });

  it('is told how much it took', async () => {
    const fn = await functionOf('export const handler = async (event) => Buffer.alloc(event.bytes, 1).length;', {
      memoryMb,
      timeoutSeconds: 20,
    });
    expect(fn.maxMemoryUsedMb).toBe(0);
    await fn.invoke({ bytes: 1 });
    const least = fn.maxMemoryUsedMb;
    expect(least).toBeGreaterThan(30);
    expect(least).toBeLessThan(128);
    await fn.invoke({ bytes: 30_000_000 });
    expect(fn.maxMemoryUsedMb).toBeGreaterThanOrEqual(least + 20);
    await until(() => expect(started.logs.filter((line) => line.startsWith('REPORT '))).toHaveLength(2));
    expect(started.logs.join('\n')).toMatch(
      new RegExp(`Memory Size: ${memoryMb} MB\tMax Memory Used: ${fn.maxMemoryUsedMb} MB`),
    );
  });
});
