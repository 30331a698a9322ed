/** How long a record that failed waits before it is tried again, where its queue alone would hold it back for longer. */

const FIRST_SECONDS = 60;
const LONGEST_SECONDS = 900;

/** Doubles from delivery to delivery. `receives`: how often the record was delivered, from 1. */
export const retryPauseSeconds = (receives: number): number =>
  Math.min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** (receives - 1));
