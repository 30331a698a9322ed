/** A package as rpm's database stores it: an index of tags, then their values, numbers in network order. */

export interface RpmPackage {
  readonly name: string;
  /** `[epoch:]version-release`. */
  readonly version: string;
  readonly architecture?: string;
}

/**
 * Calls `found` with what may be a package's header; false: not everything could be read. A file that points outside
 * itself is answered by a RangeError.
 */
export type ReadHeaders = (file: Buffer, found: (header: Buffer) => void) => boolean;

const NAME = 1000;
const VERSION = 1001;
const RELEASE = 1002;
const EPOCH = 1003;
const ARCHITECTURE = 1022;

const INT32 = 4;
const STRING = 6;

const INTRO = 8;
const INDEX_ENTRY = 16;
/** Keys that were imported are in the database beside the packages. */
const PUBLIC_KEY = 'gpg-pubkey';

/** `undefined`: no package, or a damaged one. */
export const readRpmHeader = (header: Buffer): RpmPackage | undefined => {
  if (header.length < INTRO) return undefined;
  const tags = header.readUInt32BE(0);
  const values = INTRO + tags * INDEX_ENTRY;
  const end = values + header.readUInt32BE(4);
  if (end > header.length) return undefined;

  const found = new Map<number, string | number>();
  for (let entry = INTRO; entry < values; entry += INDEX_ENTRY) {
    const tag = header.readUInt32BE(entry);
    if (tag < NAME || tag > ARCHITECTURE || found.has(tag)) continue;
    const type = header.readUInt32BE(entry + 4);
    const at = values + header.readUInt32BE(entry + 8);
    const value = readValue(header.subarray(0, end), type, at);
    if (value !== undefined) found.set(tag, value);
  }
  const [name, version, release] = [found.get(NAME), found.get(VERSION), found.get(RELEASE)];
  if (typeof name !== 'string' || typeof version !== 'string' || typeof release !== 'string') return undefined;
  if (name === PUBLIC_KEY) return undefined;
  const epoch = found.get(EPOCH);
  const architecture = found.get(ARCHITECTURE);
  return {
    name,
    // rpm takes a missing epoch for 0 and prints neither.
    version: `${typeof epoch === 'number' && epoch > 0 ? `${epoch}:` : ''}${version}-${release}`,
    ...(typeof architecture === 'string' && { architecture }),
  };
};

/** Longer than any name; a damaged header has no end of its strings. */
const LONGEST = 1024;

const readValue = (header: Buffer, type: number, at: number): string | number | undefined => {
  if (type === INT32) return at + 4 <= header.length ? header.readUInt32BE(at) : undefined;
  if (type !== STRING) return undefined;
  const text = header.subarray(at, at + LONGEST);
  const end = text.indexOf(0);
  return end === -1 ? undefined : text.toString('utf8', 0, end);
};
