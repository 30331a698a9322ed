/**
 * Zip archives in memory, by the directory at their end. A reader of our own, because hostile archives say what they
 * like about themselves: libraries make room for the size that is declared, zlib here stops at a limit of ours.
 */
import { inflateRawSync } from 'node:zlib';

export interface ZipEntry {
  readonly name: string;
  readonly encrypted: boolean;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  readonly compressedSize: number;
  /** As declared. */
  readonly size: number;
  /** Of the entry's own header. */
  readonly offset: number;
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const LOCATOR_64 = 0x07064b50;
const END_64 = 0x06064b50;
const LOCATOR_SIZE = 20;
const END_64_SIZE = 56;
const LOCAL_SIZE = 30;
const CENTRAL_SIZE = 46;
const END_SIZE = 22;
const LONGEST_COMMENT = 0xffff;

/** Entries come as long as they read. */
export interface ZipDirectory {
  readonly entries: Iterable<ZipEntry>;
  /** Whether the end of the archive says that these are all of its entries. */
  readonly isWhole: (entries: number) => boolean;
}

/** `undefined`: no zip archive, or one whose end is missing. */
export const zipDirectory = (archive: Buffer): ZipDirectory | undefined => {
  const found = findEnd(archive);
  if (found === undefined) return undefined;
  const { end, size, declared, isWhole } = zip64End(archive, found) ?? {
    end: found,
    size: archive.readUInt32LE(found + 12),
    declared: archive.readUInt32LE(found + 16),
    // Writers without ZIP64 let the number run over.
    isWhole: (entries) => entries % 0x1_0000 === archive.readUInt16LE(found + 10),
  };
  // What stands before the archive, a script that starts it, moves all offsets. The directory ends where its end
  // record begins: Java and Python look for it from there, whatever stands at the offset that is declared.
  const before = Math.max(0, end - size);
  const start = !hasSignature(archive, before, CENTRAL) && hasSignature(archive, declared, CENTRAL) ? declared : before;
  return { entries: directory(archive, start, end, start - declared), isWhole };
};

interface End {
  readonly end: number;
  /** Of the directory, and where it begins, as declared. */
  readonly size: number;
  readonly declared: number;
  readonly isWhole: ZipDirectory['isWhole'];
}

/** `undefined`: there is none, or it is not where its locator says. Numbers beyond 2^53 are no offsets of anything here. */
const zip64End = (archive: Buffer, found: number): End | undefined => {
  // Java asks for it only where something did not fit.
  const isNeeded =
    archive.readUInt16LE(found + 10) === 0xffff ||
    [12, 16].some((at) => archive.readUInt32LE(found + at) === TOO_LARGE);
  const locator = found - LOCATOR_SIZE;
  if (!isNeeded || locator < 0 || !hasSignature(archive, locator, LOCATOR_64)) return undefined;
  const declaredEnd = Number(archive.readBigUInt64LE(locator + 8));
  const end = [declaredEnd, locator - END_64_SIZE].find((at) => at >= 0 && hasSignature(archive, at, END_64));
  if (end === undefined || end + END_64_SIZE > locator) return undefined;
  const count = Number(archive.readBigUInt64LE(end + 32));
  return {
    end,
    size: Number(archive.readBigUInt64LE(end + 40)),
    declared: Number(archive.readBigUInt64LE(end + 48)),
    isWhole: (entries) => entries === count,
  };
};

/** Whether the bytes begin as a zip archive does, in its usual form. */
export const beginsAsZip = (bytes: Buffer): boolean => hasSignature(bytes, 0, LOCAL);

const hasSignature = (bytes: Buffer, at: number, signature: number): boolean =>
  at + 4 <= bytes.length && bytes.readUInt32LE(at) === signature;

const findEnd = (archive: Buffer): number | undefined => {
  const last = archive.length - END_SIZE;
  for (let at = last; at >= Math.max(0, last - LONGEST_COMMENT); at -= 1) {
    if (archive.readUInt32LE(at) === END && at + END_SIZE + archive.readUInt16LE(at + 20) <= archive.length) return at;
  }
  return undefined;
};

function* directory(archive: Buffer, start: number, end: number, moved: number): Generator<ZipEntry> {
  for (let at = start; at + CENTRAL_SIZE <= end && hasSignature(archive, at, CENTRAL); ) {
    const name = at + CENTRAL_SIZE;
    const nameEnd = name + archive.readUInt16LE(at + 28);
    const extraEnd = nameEnd + archive.readUInt16LE(at + 30);
    const [size, compressedSize, offset] = wide(archive.subarray(nameEnd, extraEnd), [
      archive.readUInt32LE(at + 24),
      archive.readUInt32LE(at + 20),
      archive.readUInt32LE(at + 42),
    ]);
    yield {
      name: archive.toString('utf8', name, nameEnd),
      encrypted: (archive.readUInt16LE(at + 8) & 1) !== 0,
      method: archive.readUInt16LE(at + 10),
      compressedSize,
      size,
      offset: offset + moved,
    };
    at = extraEnd + archive.readUInt16LE(at + 32);
  }
}

const TOO_LARGE = 0xffff_ffff;
const WIDE = 1;

/** Of the three, those that do not fit into 32 bits stand one after the other in ZIP64's extra field. */
const wide = (extra: Buffer, [size, stored, offset]: readonly [number, number, number]) => {
  let field = Buffer.alloc(0);
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === WIDE)
      field = Buffer.from(extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2)));
  }
  let at = 0;
  const widened = (value: number): number => {
    if (value !== TOO_LARGE || at + 8 > field.length) return value;
    at += 8;
    return Number(field.readBigUInt64LE(at - 8));
  };
  return [widened(size), widened(stored), widened(offset)] as const;
};

/** `undefined`: encrypted, damaged, of another method, or not of the size that is declared. The caller limits that size. */
export const readZipEntry = (archive: Buffer, entry: ZipEntry): Buffer | undefined => {
  const { offset, method, size, compressedSize } = entry;
  if (entry.encrypted || offset < 0 || !hasSignature(archive, offset, LOCAL)) return undefined;
  if (offset + LOCAL_SIZE > archive.length) return undefined;
  const start = offset + LOCAL_SIZE + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
  const end = start + compressedSize;
  if (end > archive.length) return undefined;
  const stored = archive.subarray(start, end);
  if (method === 0) return size === compressedSize ? stored : undefined;
  return method === 8 ? inflate(stored, size) : undefined;
};

const inflate = (deflated: Buffer, size: number): Buffer | undefined => {
  try {
    // One piece of memory for all of it, instead of many and their copy.
    const content = inflateRawSync(deflated, { maxOutputLength: Math.max(1, size), chunkSize: Math.max(64, size + 1) });
    return content.length === size ? content : undefined;
  } catch {
    // All that zlib has to say is that the data are damaged, or that there is more than was declared.
    return undefined;
  }
};
