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
  let isSweeping = false;
  let isAskedAgain = false;
  const sweepWhileAsked = async (): Promise<number> => {
    let swept = 0;
    do {
      isAskedAgain = false;
      swept += await tables.sweep();
    } while (isAskedAgain);
    return swept;
  };
  /** A clock that is advanced many times a second asks for one more sweep, and not for as many. */
  const sweep = (): void => {
    isAskedAgain = true;
    if (isSweeping) return;
    isSweeping = true;
    run(
      sweepWhileAsked().finally(() => {
        isSweeping = false;
      }),
    );
  };
  const timer = setInterval(sweep, EVERY_MS);
  const stopListening = clock.onAdvance(sweep);
  return () => {
    clearInterval(timer);
    stopListening();
  };
};
