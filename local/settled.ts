/** Waits until there is nothing left to do at the present time of the clock. */
import { setTimeout as wait } from 'node:timers/promises';
import type { FaultLog } from './fault-log.ts';

const LOOK_MS = 20;

/** Rejects on a fault of the runtime itself: what is wrong with it may never settle. */
export const settled = async (idle: () => Promise<boolean>, faults: Pick<FaultLog, 'throwIfAny'>): Promise<void> => {
  while (!(await idle())) {
    faults.throwIfAny();
    await wait(LOOK_MS);
  }
  faults.throwIfAny();
};
