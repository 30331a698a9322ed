/** The records of a pax extended header: `length key=value\n`, the value in any bytes. */
import { layerInvalid } from './layer-invalid.ts';

/** What an entry's header says better than its block; absent: the block's own. */
export interface PaxFields {
  readonly path?: Buffer;
  /** Of a file whose holes are left out: wins over every other name. */
  readonly sparseName?: Buffer;
  readonly linkName?: Buffer;
  readonly size?: number;
  readonly uid?: number;
  readonly gid?: number;
  readonly capability?: Buffer;
  /** The content is stored with its holes left out. */
  readonly sparse: boolean;
}

/** The last of a key counts. Throws LAYER_INVALID for records that are none, as container runtimes' unpackers refuse them. */
export const paxRecords = (records: Buffer): ReadonlyMap<string, Buffer> => {
  const values = new Map<string, Buffer>();
  for (let at = 0; at < records.length; ) {
    const { key, value, next } = recordAt(records, at);
    if (TEXTS.has(key) ? value.includes(0) : key.includes('\0'))
      throw layerInvalid('A name in a pax record holds a NUL.');
    if (WANTED.has(key)) values.set(key, value);
    at = next;
  }
  return values;
};

/** An empty value takes its key back. Throws LAYER_INVALID. */
export const parsePax = (records: Buffer): PaxFields => {
  const values = paxRecords(records);
  const sparse = isSparse(values);
  const path = present(values, 'path');
  const linkName = present(values, 'linkpath');
  const sparseName = sparse ? present(values, 'GNU.sparse.name') : undefined;
  const size = decimal(values, 'size');
  const uid = decimal(values, 'uid');
  const gid = decimal(values, 'gid');
  const capability = present(values, CAPABILITY);
  return {
    ...(path && { path }),
    ...(sparseName && { sparseName }),
    ...(linkName && { linkName }),
    ...(size !== undefined && { size }),
    ...(uid !== undefined && { uid }),
    ...(gid !== undefined && { gid }),
    ...(capability && { capability }),
    sparse,
  };
};

const CAPABILITY = 'SCHILY.xattr.security.capability';
const TEXTS: ReadonlySet<string> = new Set(['path', 'linkpath', 'uname', 'gname']);
const SPARSE = ['major', 'minor', 'map', 'offset', 'numbytes', 'name'].map((field) => `GNU.sparse.${field}`);
const WANTED: ReadonlySet<string> = new Set(['path', 'linkpath', 'size', 'uid', 'gid', CAPABILITY, ...SPARSE]);

/** As Go's archive/tar: of the versions 0.0 and 0.1, which name none, 0.0 and 0.1 that do, and 1.0. */
const isSparse = (values: ReadonlyMap<string, Buffer>): boolean => {
  const [major, minor] = ['GNU.sparse.major', 'GNU.sparse.minor'].map(
    (key) => values.get(key)?.toString('latin1') ?? '',
  );
  if (major !== '' || minor !== '') return ['0.0', '0.1', '1.0'].includes(`${major}.${minor}`);
  return values.has('GNU.sparse.offset') || present(values, 'GNU.sparse.map') !== undefined;
};

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

const DECIMAL = /^-?[0-9]{1,19}$/;

const decimal = (values: ReadonlyMap<string, Buffer>, key: string): number | undefined => {
  const digits = present(values, key)?.toString('latin1');
  if (digits === undefined) return undefined;
  const value = DECIMAL.test(digits) ? Number(digits) : Number.NaN;
  if (!Number.isSafeInteger(value)) throw layerInvalid('A number in a pax record is none.');
  return value;
};
