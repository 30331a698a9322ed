/** What Inspector knows about a vulnerability beyond its event: asked at most once per vulnerability and day. */

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
