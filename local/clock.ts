/** The one clock of the local runtime: real time plus an offset that can only grow, shared with every worker thread. */
import type { Clock } from '../shared/base/clock.ts';
import { clockOffsetMs, newClockOffset } from './clock-offset.ts';

export interface LocalClock extends Clock {
  readonly nowMs: () => number;
  /** Moves the clock forward. Throws a RangeError for a negative or endless number: time never goes back. */
  readonly advance: (seconds: number) => void;
  /** The offset in milliseconds as one 64-bit integer, for `installClock` in a worker thread. */
  readonly offset: SharedArrayBuffer;
  /** Calls `listener` after every advance; returns the function that stops it. */
  readonly onAdvance: (listener: () => void) => () => void;
  /** Calls `callback` once, when the clock reaches `timeMs`, be it by itself or by an advance; returns the cancel. */
  readonly at: (timeMs: number, callback: () => void) => () => void;
}

// setTimeout takes 32 bits: a longer wait would fire at once.
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const createClock = (): LocalClock => {
  const offset = newClockOffset();
  const listeners = new Set<() => void>();
  const nowMs = (): number => Date.now() + clockOffsetMs(offset);

  const onAdvance = (listener: () => void): (() => void) => {
    // An own function per call, so that one listener registered twice is heard twice and stopped once.
    const entry = (): void => listener();
    listeners.add(entry);
    return () => listeners.delete(entry);
  };

  const at = (timeMs: number, callback: () => void): (() => void) => {
    let timer: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      clearTimeout(timer);
      stopListening();
    };
    const check = (): void => {
      clearTimeout(timer);
      const left = timeMs - nowMs();
      if (left > 0) {
        timer = setTimeout(check, Math.min(Math.ceil(left), LONGEST_TIMER_MS));
        return;
      }
      cancel();
      callback();
    };
    const stopListening = onAdvance(check);
    timer = setTimeout(check, Math.min(Math.max(Math.ceil(timeMs - nowMs()), 0), LONGEST_TIMER_MS));
    return cancel;
  };

  return {
    now: () => new Date(nowMs()),
    nowMs,
    offset,
    onAdvance,
    at,
    advance: (seconds) => {
      if (!(seconds >= 0 && Number.isFinite(seconds))) {
        throw new RangeError(`The clock goes forward only, by a number of seconds; it was given ${seconds}.`);
      }
      Atomics.add(new BigInt64Array(offset), 0, BigInt(Math.round(seconds * 1000)));
      for (const listener of [...listeners]) listener();
    },
  };
};
