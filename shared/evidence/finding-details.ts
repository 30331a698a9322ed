/** What Inspector knows about a vulnerability beyond its event: when it may be asked, and for how long its answer counts. */

export interface FindingDetails {
  /** The day it was asked, as `2026-11-20`. */
  readonly askedOn: string;
  /** Inspector's copy of CISA's entry, added on a day as `2021-12-10`; absent: not listed there. */
  readonly cisa?: { readonly dateAdded?: string };
  /** Seen in attacks; ISO 8601 in UTC. */
  readonly exploitObserved?: { readonly firstSeen?: string; readonly lastSeen?: string };
  /** Probability 0 to 1. */
  readonly epss?: number;
}

/** Longer than any function runs: by then whoever asked has its answer, or never will. */
export const ASK_AGAIN_AFTER_MS = 15 * 60 * 1000;

const STAND_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

/** The day in UTC, as `2026-11-20`. */
export const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

/** Whether the details, where there are none newer, are still to be decided with: for as long as CISA's list is. */
export const detailsStand = ({ askedOn }: FindingDetails, now: Date): boolean =>
  Date.parse(dayOf(now)) - Date.parse(askedOn) <= STAND_DAYS * DAY_MS;
