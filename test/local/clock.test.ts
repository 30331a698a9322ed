import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createClock } from '../../local/clock.ts';

const DAY = 86_400;

describe('the local clock', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('runs in real time until it is advanced', () => {
    vi.useFakeTimers({ now: new Date('2026-11-20T12:00:00Z') });
    const clock = createClock();
    expect(clock.now().toISOString()).toBe('2026-11-20T12:00:00.000Z');
    vi.advanceTimersByTime(1500);
    expect(clock.nowMs()).toBe(Date.parse('2026-11-20T12:00:01.500Z'));
  });

  it('adds up its advances', () => {
    vi.useFakeTimers({ now: new Date('2026-11-20T12:00:00Z') });
    const clock = createClock();
    clock.advance(0.25);
    clock.advance(30 * DAY);
    expect(clock.now().toISOString()).toBe('2026-12-20T12:00:00.250Z');
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('refuses to be advanced by %d seconds', (seconds) => {
    expect(() => createClock().advance(seconds)).toThrow(RangeError);
  });

  it('tells listeners of an advance until they stop listening', () => {
    const clock = createClock();
    const heard: string[] = [];
    const stop = clock.onAdvance(() => heard.push('first'));
    clock.onAdvance(() => heard.push('second'));
    clock.advance(1);
    stop();
    clock.advance(1);
    expect(heard).toEqual(['first', 'second', 'second']);
  });

  it('calls back at a time that is reached by an advance, once and at once', () => {
    const clock = createClock();
    const callback = vi.fn();
    clock.at(clock.nowMs() + 100 * DAY * 1000, callback);
    clock.advance(99 * DAY);
    expect(callback).not.toHaveBeenCalled();
    clock.advance(DAY);
    clock.advance(DAY);
    expect(callback).toHaveBeenCalledTimes(1);
  });

  it('calls back at a time that is reached by waiting, even one beyond the longest timer', () => {
    vi.useFakeTimers();
    const clock = createClock();
    const callback = vi.fn();
    clock.at(clock.nowMs() + 40 * DAY * 1000, callback);
    vi.advanceTimersByTime(40 * DAY * 1000 - 1);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(callback).toHaveBeenCalledTimes(1);
  });

  it('does not call back what was cancelled', () => {
    vi.useFakeTimers();
    const clock = createClock();
    const callback = vi.fn();
    clock.at(clock.nowMs() + 1000, callback)();
    clock.advance(2);
    vi.advanceTimersByTime(5000);
    expect(callback).not.toHaveBeenCalled();
  });
});

const clockOffset = new URL('../../local/clock-offset.ts', import.meta.url).href;

/** Evaluates an expression in a thread that follows a clock 1000 days ahead. */
const evaluateAhead = async (expression: string): Promise<unknown> => {
  const clock = createClock();
  const worker = new Worker(
    `const { parentPort, workerData } = require('node:worker_threads');
     import(workerData.module).then(({ installClock }) => {
       const real = Date.now();
       const before = new Date(0);
       installClock(workerData.offset);
       const days = (ms) => Math.floor((ms - real) / 86400000);
       parentPort.once('message', () => parentPort.postMessage(${expression}));
       parentPort.postMessage('ready');
     });`,
    { eval: true, execArgv: [], workerData: { module: clockOffset, offset: clock.offset } },
  );
  const next = (): Promise<unknown> => new Promise((resolve) => worker.once('message', resolve));
  await next();
  clock.advance(1000 * DAY);
  worker.postMessage('go');
  const value = await next();
  await worker.terminate();
  return value;
};

describe('Date in a thread that follows the clock', () => {
  it.each([
    ['Date.now() is ahead', 'days(Date.now())', 1000],
    ['new Date() is ahead', 'days(new Date().getTime())', 1000],
    ['a subclass without arguments is ahead', 'days(new (class extends Date {})().getTime())', 1000],
    ['the constructor found on a date is the same one', 'new Date(0).constructor === Date', true],
    ['Date() is a string that is ahead', 'days(Date.parse(Date()) + 1000)', 1000],
    ['a date from a number is that date', 'new Date(86400000).toISOString()', '1970-01-02T00:00:00.000Z'],
    ['a date from parts is that date', 'new Date(2020, 1, 29).getDate()', 29],
    ['Date.UTC is unchanged', 'Date.UTC(1970, 0, 2)', 86_400_000],
    ['Date.parse is unchanged', "Date.parse('1970-01-02T00:00:00Z')", 86_400_000],
    ['a new date is a Date', 'new Date() instanceof Date', true],
    ['a date made before is still a Date', 'before instanceof Date', true],
    ['the prototype is that of every date', 'Object.getPrototypeOf(new Date()) === Date.prototype', true],
  ])('%s', async (_title, expression, expected) => {
    expect(await evaluateAhead(expression)).toEqual(expected);
  });
});
