/** When the lifecycle rules of a bucket end an object. */

export interface Expiration {
  /** Of the keys that the rule is about; empty for all. */
  readonly prefix: string;
  readonly days: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Objects expire at midnight, UTC, so what is true of one moment of a day is true of all of it. */
export const dayOf = (timeMs: number): number => Math.floor(timeMs / DAY_MS);

/** S3 counts from the object's age in days, and rounds up to the next midnight. */
const expiryDay = (lastModified: Date, days: number): number => dayOf(lastModified.getTime()) + days + 1;

export const isExpired = (
  { key, lastModified }: { readonly key: string; readonly lastModified: Date },
  expirations: readonly Expiration[],
  nowMs: number,
): boolean =>
  expirations.some(({ prefix, days }) => key.startsWith(prefix) && dayOf(nowMs) >= expiryDay(lastModified, days));
