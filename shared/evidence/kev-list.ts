/** CISA's catalogue of known exploited vulnerabilities (KEV), as it was when it was last loaded. */
import { type Known, known, unknown } from '../base/known.ts';

export interface KevEntry {
  /** `2021-12-10`. */
  readonly dateAdded: string;
  /** Used in ransomware campaigns, as far as CISA knows. */
  readonly ransomware: boolean;
}

export interface KevList {
  /** CISA's `catalogVersion`. */
  readonly version: string;
  /** ISO 8601 in UTC, as `toISOString` writes it: when its last successful fetch began. */
  readonly loadedAt: string;
  /** By CVE id, in capitals. */
  readonly entries: ReadonlyMap<string, KevEntry>;
}

/** `asOf`: the day that the list was loaded, as `2026-11-20`. */
export type KevListing =
  | { readonly listed: true; readonly id: string; readonly entry: KevEntry; readonly asOf: string }
  | { readonly listed: false; readonly asOf: string };

/** CISA adds entries on most weekdays: after a week without a fetch, absence says nothing any more. */
const STALE_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Whether any of the ids is listed. What was listed once stays listed, however old the list is; that nothing is listed
 * is known only of a list that was loaded within the last week.
 */
export const kevListing = (list: KevList | undefined, ids: readonly string[], now: Date): Known<KevListing> => {
  if (list === undefined) return unknown('CISA’s list of known exploited vulnerabilities was never loaded');
  const asOf = list.loadedAt.slice(0, 10);
  const cves = ids.map((id) => id.toUpperCase()).filter((id) => id.startsWith('CVE-'));
  for (const id of cves) {
    const entry = list.entries.get(id);
    if (entry) return known({ listed: true, id, entry, asOf });
  }
  if (cves.length === 0)
    return unknown('the scanner names no CVE, and CISA’s list of known exploited vulnerabilities has only these');
  const days = Math.floor((now.getTime() - Date.parse(list.loadedAt)) / DAY_MS);
  if (days >= STALE_DAYS)
    return unknown(`CISA’s list of known exploited vulnerabilities was last loaded ${days} days ago, on ${asOf}`);
  return known({ listed: false, asOf });
};
