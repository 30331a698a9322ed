/** The records of a pax extended header: `length key=value\n`, the value in any bytes. */
import { layerInvalid } from './layer-invalid.ts';

/** What an entry's header says better than its block; absent: the block's own. */
export interface PaxFields {
  readonly path?: Buffer;
  readonly linkName?: Buffer;
  readonly size?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly capability?: Buffer;
  /** The content is stored with its holes left out. */
  readonly sparse: boolean;
}

/** Throws LAYER_INVALID for records that are none, as the unpackers of container runtimes refuse them. */
export const parsePax = (records: Buffer): PaxFields => {
  const values = new Map<string, Buffer>();
  let sparse = false;
  for (let at = 0; at < records.length; ) {
    const { key, value, next } = recordAt(records, at);
    // The last of a key counts; an empty value takes it back.
    if (WANTED.has(key)) values.set(key, value);
    if (key.startsWith('GNU.sparse.')) sparse = true;
    at = next;
  }
  const path = name(values, 'GNU.sparse.name') ?? name(values, 'path');
  const linkName = name(values, 'linkpath');
  const size = decimal(values, 'size');
  const uid = decimal(values, 'uid');
  const gid = decimal(values, 'gid');
  const capability = present(values, CAPABILITY);
  return {
    ...(path && { path }),
    ...(linkName && { linkName }),
    ...(size !== undefined && { size }),
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
    ...(capability && { capability }),
    sparse,
  };
};

const CAPABILITY = 'SCHILY.xattr.security.capability';
const WANTED: ReadonlySet<string> = new Set(['path', 'linkpath', 'size', 'uid', 'gid', 'GNU.sparse.name', CAPABILITY]);

/** Enough for the length of any record inside the limit on a whole header. */
const MOST_LENGTH_DIGITS = 10;
const LENGTH = /^[0-9]+$/;

const recordAt = (
  records: Buffer,
  at: number,
): { readonly key: string; readonly value: Buffer; readonly next: number } => {
  const space = records.subarray(at, at + MOST_LENGTH_DIGITS + 1).indexOf(' ');
  const digits = space < 0 ? '' : records.toString('latin1', at, at + space);
  const next = at + (LENGTH.test(digits) ? Number(digits) : 0);
  const from = at + space + 1;
  if (next <= from || next > records.length || records[next - 1] !== NEWLINE)
    throw layerInvalid('A pax record does not have the length that it names.');
  const record = records.subarray(from, next - 1);
  const equals = record.indexOf('=');
  if (equals <= 0) throw layerInvalid('A pax record has no key.');
  return { key: record.toString('latin1', 0, equals), value: Buffer.from(record.subarray(equals + 1)), next };
};

const NEWLINE = 0x0a;

const present = (values: ReadonlyMap<string, Buffer>, key: string): Buffer | undefined => {
  const value = values.get(key);
  return value === undefined || value.length === 0 ? undefined : value;
};

const name = (values: ReadonlyMap<string, Buffer>, key: string): Buffer | undefined => {
  const value = present(values, key);
  if (value?.includes(0)) throw layerInvalid('A name in a pax record holds a NUL.');
  return value;
};

const DECIMAL = /^-?[0-9]{1,19}$/;

const decimal = (values: ReadonlyMap<string, Buffer>, key: string): number | undefined => {
  const digits = present(values, key)?.toString('latin1');
  if (digits === undefined) return undefined;
  const value = DECIMAL.test(digits) ? Number(digits) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw layerInvalid('A number in a pax record is none.');
  return value;
};
