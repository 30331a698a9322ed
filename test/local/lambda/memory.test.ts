/** In a thread and in a process alike: a function that takes more memory than its setting is ended. */
import { afterEach, describe, expect, it } from 'vitest';
import { functionStarter, IN_PROCESS_MB, killed, until } from './function-starter.ts';

const started = functionStarter();
const { functionOf } = started;
afterEach(started.closeAll);

const BUFFERS: readonly [string, string][] = [
  ['Buffers, without a pause', 'for (;;) keep.push(Buffer.alloc(1000000, 1));'],
  ['Buffers, bit by bit', 'for (;;) { keep.push(Buffer.alloc(1000000, 1)); await new Promise(setImmediate); }'],
  ['typed arrays', 'for (;;) keep.push(new Float64Array(100000).fill(1));'],
];
const HEAP: readonly [string, string][] = [
  ['objects', 'for (;;) keep.push({ index: keep.length, list: [1, 2, 3] });'],
  ['one growing array', 'for (;;) keep.push(1.5);'],
  ['strings', "for (let index = 0; ; index += 1) keep.push(String(index).repeat(100).split('').join('-'));"],
  ['one growing map', 'const map = new Map(); for (let key = 0; ; key += 1) map.set(key, { key });'],
];

const filler = (fill: string): string =>
  `const keep = [];
   export const handler = async (event) => { if (event.fill) { ${fill} } return keep.length; };`;

it.each(HEAP)('a function in a thread is killed when it fills its heap with %s', async (_title, fill) => {
  const fn = await functionOf(filler(fill), { memoryMb: 128, timeoutSeconds: 20 });
  expect(await fn.invoke({ fill: true })).toEqual(killed);
  expect(fn.maxMemoryUsedMb).toBe(128);
});

it('a function in a process of its own ends when it fills its heap, and this process stays', async () => {
  const fn = await functionOf(filler('for (;;) keep.push(1.5);'), { memoryMb: IN_PROCESS_MB, timeoutSeconds: 20 });
  // V8 or the limit, whichever is reached first: so it is on Lambda.
  expect(await fn.invoke({ fill: true })).toMatchObject({
    errorType: 'Runtime.ExitError',
    errorMessage: expect.stringMatching(/signal: (killed|aborted|trace\/breakpoint trap)$/),
  });
  expect(await fn.invoke({ fill: false })).toEqual({ ok: true, payload: 0 });
});

describe.each([
  ['a thread', 128],
  ['a process of its own', IN_PROCESS_MB],
])('a function in %s', (_where, memoryMb) => {
  it.each(BUFFERS)('is killed when it fills its memory with %s', async (_title, fill) => {
    const fn = await functionOf(filler(fill), { memoryMb, timeoutSeconds: 20 });
    expect(await fn.invoke({ fill: true })).toEqual(killed);
    expect(fn.maxMemoryUsedMb).toBe(memoryMb);
    expect(await fn.invoke({ fill: false })).toEqual({ ok: true, payload: 0 });
  });

  it('is killed for what it kept of earlier events', async () => {
    const fn = await functionOf(
      'const keep = []; export const handler = async (event) => keep.push(Buffer.alloc(event.bytes, 1));',
      { memoryMb, timeoutSeconds: 20 },
    );
    const half = { bytes: (memoryMb * 1024 * 1024) / 2 };
    expect(await fn.invoke(half)).toEqual({ ok: true, payload: 1 });
    expect(await fn.invoke(half)).toEqual(killed);
    expect(await fn.invoke(half)).toEqual({ ok: true, payload: 1 });
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
