/**
 * Package headers out of rpm's SQLite database, as rpm 4.16 and later write it. A reader of our own, of the one table
 * that is wanted: SQLite itself opens files on a disk only, and a layer is not unpacked.
 */
import type { ReadHeaders } from './rpm-header.ts';

const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');
const FILE_HEADER = 100;
const INTERIOR = 5;
const LEAF = 13;
/** A tree with so many levels holds more than any file. */
const DEEPEST = 20;
const TABLE = 'Packages';

export const readSqlite: ReadHeaders = (file, found) => {
  if (!file.subarray(0, MAGIC.length).equals(MAGIC)) return false;
  const pageSize = file.readUInt16BE(16) === 1 ? 65_536 : file.readUInt16BE(16);
  const usable = pageSize - file.readUInt8(20);
  if (pageSize < 512 || usable < 480) return false;

  const seen = new Set<number>();
  /** What all records together may take: each has pages of its own, so a file that says more refers to some twice. */
  let room = file.length;

  const readRecord = (at: number, pageEnd: number): readonly (Buffer | number | undefined)[] | undefined => {
    const payload = readVarint(file, at);
    const rowId = readVarint(file, payload.end);
    room -= payload.value;
    if (room < 0) return undefined;
    const content = readPayload(rowId.end, payload.value, pageEnd);
    return content && readColumns(content);
  };

  const readPayload = (at: number, length: number, pageEnd: number): Buffer | undefined => {
    const most = usable - 35;
    if (length <= most) return at + length <= pageEnd ? file.subarray(at, at + length) : undefined;
    const least = Math.floor(((usable - 12) * 32) / 255) - 23;
    const fitting = least + ((length - least) % (usable - 4));
    const local = fitting <= most ? fitting : least;
    const content = Buffer.allocUnsafe(length);
    let filled = file.copy(content, 0, at, at + local);
    let page = file.readUInt32BE(at + local);
    while (filled < length) {
      if (page === 0) return undefined;
      const start = (page - 1) * pageSize;
      page = file.readUInt32BE(start);
      const copied = file.copy(content, filled, start + 4, start + usable);
      if (copied === 0) return undefined;
      filled += copied;
    }
    return page === 0 ? content : undefined;
  };

  /** Calls `row` for each record below the page; false: the tree is damaged. */
  const walk = (
    page: number,
    depth: number,
    row: (columns: readonly (Buffer | number | undefined)[]) => void,
  ): boolean => {
    if (page === 0 || depth > DEEPEST || seen.has(page)) return false;
    seen.add(page);
    const start = (page - 1) * pageSize;
    const header = start + (page === 1 ? FILE_HEADER : 0);
    const type = file.readUInt8(header);
    const cells = file.readUInt16BE(header + 3);
    if (type !== LEAF && type !== INTERIOR) return false;
    const pointers = header + (type === LEAF ? 8 : 12);
    let whole = true;
    for (let cell = 0; cell < cells; cell += 1) {
      const at = start + file.readUInt16BE(pointers + cell * 2);
      if (type === INTERIOR) {
        whole = walk(file.readUInt32BE(at), depth + 1, row) && whole;
        continue;
      }
      const columns = readRecord(at, start + usable);
      if (columns === undefined) whole = false;
      else row(columns);
    }
    return type === INTERIOR ? walk(file.readUInt32BE(header + 8), depth + 1, row) && whole : whole;
  };

  let root: number | undefined;
  const schemaRead = walk(1, 0, ([type, name, , rootPage]) => {
    if (textOf(type) === 'table' && textOf(name) === TABLE && typeof rootPage === 'number') root = rootPage;
  });
  if (!schemaRead || root === undefined) return false;
  return walk(root, 0, ([, header]) => {
    if (header instanceof Buffer) found(header);
  });
};

const textOf = (column: Buffer | number | undefined): string | undefined =>
  column instanceof Buffer ? column.toString('utf8') : undefined;

/** Seven bits a byte, highest first; the ninth byte counts whole. */
const readVarint = (bytes: Buffer, start: number): { readonly value: number; readonly end: number } => {
  let value = 0;
  for (let at = start; at < start + 8; at += 1) {
    const byte = bytes.readUInt8(at);
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, end: at + 1 };
  }
  return { value: value * 256 + bytes.readUInt8(start + 8), end: start + 9 };
};

/** The first few columns: numbers of up to four bytes, texts and blobs; of others only the place is kept. */
const readColumns = (record: Buffer): readonly (Buffer | number | undefined)[] => {
  const header = readVarint(record, 0);
  const columns: (Buffer | number | undefined)[] = [];
  let value = header.value;
  for (let at = header.end; at < header.value && columns.length < 8; ) {
    const type = readVarint(record, at);
    at = type.end;
    const size = columnSize(type.value);
    if (type.value >= 12) columns.push(record.subarray(value, value + size));
    else columns.push(size > 0 && size <= 4 ? record.readIntBE(value, size) : undefined);
    value += size;
  }
  return columns;
};

const NUMBER_SIZES = [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0] as const;

const columnSize = (type: number): number => NUMBER_SIZES[type] ?? Math.floor((type - 12) / 2);
