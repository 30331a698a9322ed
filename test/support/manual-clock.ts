/** A clock for tests that stands still until it is moved. */
import type { Clock } from '../../shared/base/clock.ts';

export interface ManualClock extends Clock {
  readonly advance: (seconds: number) => void;
}

export const DAY = 24 * 60 * 60;

export const manualClock = (start = '2026-03-02T12:00:00.000Z'): ManualClock => {
  let now = Date.parse(start);
  return {
    now: () => new Date(now),
    advance: (seconds) => {
      now += seconds * 1000;
    },
  };
};
