/**
 * Package headers out of `Packages`, a hash of Berkeley DB, as rpm wrote it up to 4.15 (RHEL 8, Amazon Linux 2). The
 * buckets are not needed: every value is found by reading the pages in order.
 */
import type { ReadHeaders } from './rpm-header.ts';

const HASH = 0x061561;

const UNSORTED_HASH_PAGE = 2;
const OVERFLOW_PAGE = 7;
const HASH_PAGE = 13;

const VALUE_HERE = 1;
const VALUE_ELSEWHERE = 3;

const PAGE_HEADER = 26;

/** The byte order is that of the machine that wrote the file. */
interface Numbers {
  readonly uint16: (at: number) => number;
  readonly uint32: (at: number) => number;
}

const numbersOf = (file: Buffer): Numbers =>
  file.readUInt32LE(12) === HASH
    ? { uint16: (at) => file.readUInt16LE(at), uint32: (at) => file.readUInt32LE(at) }
    : { uint16: (at) => file.readUInt16BE(at), uint32: (at) => file.readUInt32BE(at) };

export const readBerkeley: ReadHeaders = (file, found) => {
  const { uint16, uint32 } = numbersOf(file);
  const pageSize = uint32(20);
  const encrypted = file.readUInt8(24) !== 0;
  if (uint32(12) !== HASH || encrypted || pageSize < 512 || pageSize > 65_536) return false;
  const pages = uint32(32) + 1;
  if (pages * pageSize > file.length) return false;

  /** What all values together may take: each has pages of its own, so a file that says more refers to some twice. */
  let room = file.length;

  const takes = (length: number): boolean => {
    room -= length;
    return room >= 0;
  };

  const readElsewhere = (first: number, length: number): Buffer | undefined => {
    if (!takes(length)) return undefined;
    const value = Buffer.allocUnsafe(length);
    let filled = 0;
    let page = first;
    while (filled < length) {
      const start = page * pageSize;
      if (page === 0 || file.readUInt8(start + 25) !== OVERFLOW_PAGE) return undefined;
      const next = uint32(start + 16);
      const used = next === 0 ? uint16(start + 22) : pageSize - PAGE_HEADER;
      const copied = file.copy(value, filled, start + PAGE_HEADER, start + Math.min(PAGE_HEADER + used, pageSize));
      if (copied === 0) return undefined;
      filled += copied;
      page = next;
    }
    return page === 0 ? value : undefined;
  };

  const readHere = (at: number, end: number): Buffer | undefined =>
    takes(end - at) && at <= end ? file.subarray(at, end) : undefined;

  let whole = true;
  for (let start = 0; start < pages * pageSize; start += pageSize) {
    const type = file.readUInt8(start + 25);
    if (type !== HASH_PAGE && type !== UNSORTED_HASH_PAGE) continue;
    const items = uint16(start + 20);
    // Keys and values by turns, each ending where the one before begins.
    for (let item = 1; item < items; item += 2) {
      const place = (index: number): number => start + uint16(start + PAGE_HEADER + index * 2);
      const [at, end] = [place(item), place(item - 1)];
      const kind = file.readUInt8(at);
      if (kind !== VALUE_HERE && kind !== VALUE_ELSEWHERE) continue;
      const value = kind === VALUE_HERE ? readHere(at + 1, end) : readElsewhere(uint32(at + 4), uint32(at + 8));
      if (value === undefined) whole = false;
      else found(value);
    }
  }
  return whole;
};
