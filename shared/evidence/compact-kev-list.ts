/** CISA's list as plain data of few bytes, which a person can read: the ids by the day they were added. */
import * as z from 'zod/mini';
import type { KevList } from './kev-list.ts';

export interface CompactKevList {
  readonly version: string;
  readonly loadedAt: string;
  /** Ids by day. */
  readonly added: Readonly<Record<string, readonly string[]>>;
  /** The ids that are used in ransomware campaigns. */
  readonly ransomware: readonly string[];
}

const Compact = z.object({
  version: z.string(),
  loadedAt: z.iso.datetime(),
  added: z.record(z.iso.date(), z.array(z.string())),
  ransomware: z.array(z.string()),
});

export const compactKevList = ({ version, loadedAt, entries }: KevList): CompactKevList => {
  const added: Record<string, string[]> = {};
  const ransomware: string[] = [];
  for (const [id, entry] of entries) {
    added[entry.dateAdded] ??= [];
    added[entry.dateAdded]?.push(id);
    if (entry.ransomware) ransomware.push(id);
  }
  return { version, loadedAt, added, ransomware };
};

/** Undefined for what is no compact list. */
export const kevListFromCompact = (value: unknown): KevList | undefined => {
  const compact = Compact.safeParse(value);
  if (!compact.success) return undefined;
  const { version, loadedAt, added } = compact.data;
  const ransomware = new Set(compact.data.ransomware);
  const entries = Object.entries(added).flatMap(([dateAdded, ids]) =>
    ids.map((id) => [id, { dateAdded, ransomware: ransomware.has(id) }] as const),
  );
  return { version, loadedAt, entries: new Map(entries) };
};
