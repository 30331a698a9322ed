/** Databases of rpm in each of its three formats, written by their description. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface RpmTags {
  readonly name?: string;
  readonly version?: string;
  readonly release?: string;
  readonly epoch?: number;
  readonly architecture?: string;
  /** A long text among the others, so that the header fills several pages. */
  readonly description?: string;
}

const INT32 = 4;
const STRING = 6;
const BINARY = 7;

/** As the database stores it: number of tags, bytes of values, the index, the values. */
export const rpmHeader = (tags: RpmTags): Buffer => {
  const values: (readonly [tag: number, type: number, value: Buffer])[] = [[63, BINARY, Buffer.alloc(16, 0x3e)]];
  const text = (tag: number, value: string | undefined): void => {
    if (value !== undefined) values.push([tag, STRING, Buffer.from(`${value}\0`)]);
  };
  const number = Buffer.alloc(4);
  number.writeUInt32BE(tags.epoch ?? 0);
  text(1000, tags.name);
  text(1001, tags.version);
  text(1002, tags.release);
  if (tags.epoch !== undefined) values.push([1003, INT32, number]);
  text(1005, tags.description);
  text(1022, tags.architecture);
  text(1044, 'source.src.rpm');

  const intro = Buffer.alloc(8);
  const index = Buffer.alloc(values.length * 16);
  const data: Buffer[] = [];
  let length = 0;
  for (const [at, [tag, type, value]] of values.entries()) {
    if (type === INT32 && length % 4 !== 0) {
      data.push(Buffer.alloc(4 - (length % 4)));
      length += 4 - (length % 4);
    }
    index.writeUInt32BE(tag, at * 16);
    index.writeUInt32BE(type, at * 16 + 4);
    index.writeUInt32BE(length, at * 16 + 8);
    index.writeUInt32BE(type === BINARY ? value.length : 1, at * 16 + 12);
    data.push(value);
    length += value.length;
  }
  intro.writeUInt32BE(values.length, 0);
  intro.writeUInt32BE(length, 4);
  return Buffer.concat([intro, index, ...data]);
};

export const sqliteDatabase = (headers: readonly Buffer[]): Buffer => {
  const directory = mkdtempSync(path.join(tmpdir(), 'rpmdb-'));
  try {
    const file = path.join(directory, 'rpmdb.sqlite');
    const database = new DatabaseSync(file);
    database.exec('CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)');
    database.exec('CREATE TABLE Name (key TEXT NOT NULL, hnum INTEGER NOT NULL, idx INTEGER NOT NULL)');
    const insert = database.prepare('INSERT INTO Packages (blob) VALUES (?)');
    database.exec('BEGIN');
    for (const header of headers) insert.run(header);
    database.exec('COMMIT');
    database.close();
    return readFileSync(file);
  } finally {
    rmSync(directory, { recursive: true });
  }
};

const PAGE = 4096;

/** One page of slots, then blobs in blocks of 16 bytes. */
export const ndbDatabase = (headers: readonly Buffer[]): Buffer => {
  const slots = Buffer.alloc(PAGE);
  slots.write('RpmP', 0, 'latin1');
  slots.writeUInt32LE(7, 8);
  slots.writeUInt32LE(1, 12);
  for (let at = 32; at < PAGE; at += 16) slots.write('Slot', at, 'latin1');
  const blobs: Buffer[] = [];
  let block = PAGE / 16;
  for (const [at, header] of headers.entries()) {
    const blocks = Math.ceil((16 + header.length + 12) / 16);
    const blob = Buffer.alloc(blocks * 16);
    blob.write('BlbS', 0, 'latin1');
    blob.writeUInt32LE(at + 1, 4);
    blob.writeUInt32LE(7, 8);
    blob.writeUInt32LE(header.length, 12);
    header.copy(blob, 16);
    blob.writeUInt32LE(header.length, blob.length - 8);
    blob.write('BlbE', blob.length - 4, 'latin1');
    // The first slots are free, as after a removal.
    const slot = 32 + (at + 3) * 16;
    slots.writeUInt32LE(at + 1, slot + 4);
    slots.writeUInt32LE(block, slot + 8);
    slots.writeUInt32LE(blocks, slot + 12);
    blobs.push(blob);
    block += blocks;
  }
  return Buffer.concat([slots, ...blobs]);
};

/** A hash in one bucket: its page, then the pages of the values. `order`: of the machine that wrote it. */
export const berkeleyDatabase = (headers: readonly Buffer[], order: 'little' | 'big' = 'little'): Buffer => {
  const uint16 = (page: Buffer, value: number, at: number) =>
    order === 'little' ? page.writeUInt16LE(value, at) : page.writeUInt16BE(value, at);
  const uint32 = (page: Buffer, value: number, at: number) =>
    order === 'little' ? page.writeUInt32LE(value, at) : page.writeUInt32BE(value, at);

  const pages = [Buffer.alloc(PAGE), Buffer.alloc(PAGE)];
  const [meta = Buffer.alloc(0), bucket = Buffer.alloc(0)] = pages;
  const key = (value: number): Buffer => {
    const item = Buffer.alloc(5, 1);
    uint32(item, value, 1);
    return item;
  };
  const overflow = (value: Buffer): Buffer => {
    const item = Buffer.alloc(12);
    item[0] = 3;
    uint32(item, pages.length, 4);
    uint32(item, value.length, 8);
    const room = PAGE - 26;
    for (let at = 0; at < value.length; at += room) {
      const page = Buffer.alloc(PAGE);
      const piece = value.subarray(at, at + room);
      uint32(page, pages.length, 8);
      uint32(page, at + room < value.length ? pages.length + 1 : 0, 16);
      uint16(page, 1, 20);
      uint16(page, piece.length, 22);
      page[25] = 7;
      piece.copy(page, 26);
      pages.push(page);
    }
    return item;
  };
  // The first value is a counter. A short value stands in the page itself.
  const items = [key(0), key(headers.length), ...headers.flatMap((header, at) => [key(at + 1), header])].map(
    (item, at) =>
      at % 2 === 0 || at === 1 ? item : item.length < 512 ? Buffer.concat([Buffer.from([1]), item]) : overflow(item),
  );
  let end = PAGE;
  for (const [at, item] of items.entries()) {
    end -= item.length;
    item.copy(bucket, end);
    uint16(bucket, end, 26 + at * 2);
  }
  uint32(bucket, 1, 8);
  uint16(bucket, items.length, 20);
  uint16(bucket, end, 22);
  bucket[25] = 13;

  uint32(meta, 0x061561, 12);
  uint32(meta, 9, 16);
  uint32(meta, PAGE, 20);
  meta[25] = 8;
  uint32(meta, pages.length - 1, 32);
  return Buffer.concat(pages);
};
