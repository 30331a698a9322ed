/** What the runtime itself has under way beside functions and queues: events on their way to their queues, sweeps. */
import type { Activity } from './lambda/idle.ts';

export interface Work extends Activity {
  /** The same promise; the runtime counts as busy until it is settled. */
  readonly during: <T>(promise: Promise<T>) => Promise<T>;
}

export const createWork = (): Work => {
  let started = 0;
  let running = 0;
  return {
    busy: () => running > 0,
    started: () => started,
    during: async (promise) => {
      started += 1;
      running += 1;
      try {
        return await promise;
      } finally {
        running -= 1;
      }
    },
  };
};
