/** Whatever a function fills its memory with, it is ended, and this process stays. */
import { afterEach, describe, expect, it } from 'vitest';
import { filler, functionStarter, IN_PROCESS_MB, killed } from '../local/lambda/function-starter.ts';

const started = functionStarter();
const { functionOf } = started;
afterEach(started.closeAll);

const BUFFERS: readonly [string, string][] = [
  ['Buffers, bit by bit', 'for (;;) { keep.push(Buffer.alloc(1000000, 1)); await new Promise(setImmediate); }'],
  ['typed arrays', 'for (;;) keep.push(new Float64Array(100000).fill(1));'],
];
const HEAP: readonly [string, string][] = [
  ['one growing array', 'for (;;) keep.push(1.5);'],
  ['strings', "for (let index = 0; ; index += 1) keep.push(String(index).repeat(100).split('').join('-'));"],
  ['one growing map', 'const map = new Map(); for (let key = 0; ; key += 1) map.set(key, { key });'],
];

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
});

it('a function in a process of its own is killed for what it kept of earlier events', async () => {
  const fn = await functionOf(
    'const keep = []; export const handler = async (event) => keep.push(Buffer.alloc(event.bytes, 1));',
    { memoryMb: IN_PROCESS_MB, timeoutSeconds: 20 },
  );
  const half = { bytes: (IN_PROCESS_MB * 1024 * 1024) / 2 };
  expect(await fn.invoke(half)).toEqual({ ok: true, payload: 1 });
  expect(await fn.invoke(half)).toEqual(killed);
  expect(await fn.invoke(half)).toEqual({ ok: true, payload: 1 });
});
