/** The headers that stand before an entry's own and say more of it: each has content of its own, and counts for one entry. */
import { type PaxFields, parsePax, paxRecords } from './pax.ts';

export interface Extensions {
  readonly pax?: PaxFields;
  readonly longName?: Buffer;
  readonly longLink?: Buffer;
}

/** As Go's archive/tar, which refuses what is longer. */
export const MOST_EXTENSION_BYTES = 1024 * 1024;

const PAX = 'x';
const PAX_GLOBAL = 'g';
const GNU_LONG_NAME = 'L';
const GNU_LONG_LINK = 'K';
const TYPEFLAGS: ReadonlySet<string> = new Set([PAX, PAX_GLOBAL, GNU_LONG_NAME, GNU_LONG_LINK]);

export const isExtension = (typeflag: string): boolean => TYPEFLAGS.has(typeflag);

/** As between two entries. */
export const NO_EXTENSIONS: Extensions = {};

/**
 * A later header of the same kind takes the place of an earlier one. POSIX has a global header apply to all that follow,
 * but no container runtime's unpacker does so: for Go it is an entry of its own, which takes what stands before it with
 * it. Throws LAYER_INVALID.
 */
export const withExtension = (extensions: Extensions, typeflag: string, content: Buffer): Extensions => {
  if (typeflag === GNU_LONG_NAME) return { ...extensions, longName: untilNul(content) };
  if (typeflag === GNU_LONG_LINK) return { ...extensions, longLink: untilNul(content) };
  if (typeflag !== PAX_GLOBAL) return { ...extensions, pax: parsePax(content) };
  paxRecords(content);
  return NO_EXTENSIONS;
};

const untilNul = (bytes: Buffer): Buffer => {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
};
