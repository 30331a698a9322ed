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
const LOCAL_SIZE = 30;
const CENTRAL_SIZE = 46;
const END_SIZE = 22;
const LONGEST_COMMENT = 0xffff;

/** `undefined`: no zip archive, or one whose end is missing. Entries come as long as they read. */
export const zipEntries = (archive: Buffer): Iterable<ZipEntry> | undefined => {
  const end = findEnd(archive);
  if (end === undefined) return undefined;
  const size = archive.readUInt32LE(end + 12);
  const declared = archive.readUInt32LE(end + 16);
  // What stands before the archive, a script that starts it, moves all offsets.
  const start = hasSignature(archive, declared, CENTRAL) ? declared : Math.max(0, end - size);
  return directory(archive, start, end, start - declared);
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
    yield {
      name: archive.toString('utf8', name, nameEnd),
      encrypted: (archive.readUInt16LE(at + 8) & 1) !== 0,
      method: archive.readUInt16LE(at + 10),
      compressedSize: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      offset: archive.readUInt32LE(at + 42) + moved,
    };
    at = nameEnd + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
}

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
