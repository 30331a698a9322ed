/** Looks for items whose time to live is over: every minute, and at once when the clock is advanced. */
import type { LocalClock } from '../clock.ts';
import type { Tables } from './tables.ts';

const EVERY_MS = 60_000;

/** `run` is given each sweep as it goes on. Gives back what ends it all. */
export const sweepAgainAndAgain = (
  tables: Pick<Tables, 'sweep'>,
  clock: Pick<LocalClock, 'onAdvance'>,
  run: (sweeping: Promise<number>) => void,
): (() => void) => {
  const sweep = (): void => run(tables.sweep());
  const timer = setInterval(sweep, EVERY_MS);
  const stopListening = clock.onAdvance(sweep);
  return () => {
    clearInterval(timer);
    stopListening();
  };
};
