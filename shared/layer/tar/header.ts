/** One tar header block of 512 bytes, in the dialects of V7, ustar, pax and GNU. */
import { layerInvalid } from './layer-invalid.ts';
import { headerNumber, isHeaderNumber } from './numbers.ts';

export const BLOCK_BYTES = 512;

export interface TarHeader {
  /** Bytes, because no dialect says in which character set; with the ustar prefix. */
  readonly name: Buffer;
  readonly linkName: Buffer;
  /** One character: `0` for a file; a NUL, as V7 writes it, for a file too, or a directory if the name says so. */
  readonly typeflag: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly size: number;
  /** Of devices; V7 has none. */
  readonly device?: { readonly major: number; readonly minor: number };
  /** Of the old GNU sparse format: a block with more of the map follows. */
  readonly moreSparseMap: boolean;
}

/** Throws LAYER_INVALID if the checksum is wrong or a number is none. */
export const parseHeader = (block: Buffer): TarHeader => {
  if (!hasChecksum(block)) throw layerInvalid('A tar header does not have the checksum that it names.');
  const dialect = dialectOf(block);
  const typeflag = block.toString('latin1', 156, 157);
  const isDevice = (typeflag === '3' || typeflag === '4') && dialect !== 'v7';
  return {
    name: withPrefix(block, dialect),
    linkName: field(block, 157, 100),
    typeflag,
    mode: headerNumber(block, 100, 8),
    uid: headerNumber(block, 108, 8),
    gid: headerNumber(block, 116, 8),
    size: headerNumber(block, 124, 12),
    ...(isDevice && { device: { major: headerNumber(block, 329, 8), minor: headerNumber(block, 337, 8) } }),
    moreSparseMap: block[482] !== 0,
  };
};

export const isZeroBlock = (block: Buffer): boolean => ZERO_BLOCK.equals(block);

const ZERO_BLOCK = Buffer.alloc(BLOCK_BYTES);

type Dialect = 'v7' | 'ustar' | 'star' | 'gnu';

const dialectOf = (block: Buffer): Dialect => {
  if (block.toString('latin1', 257, 265) === 'ustar  \0') return 'gnu';
  if (block.toString('latin1', 257, 263) !== 'ustar\0') return 'v7';
  return block.toString('latin1', 508, 512) === 'tar\0' ? 'star' : 'ustar';
};

const withPrefix = (block: Buffer, dialect: Dialect): Buffer => {
  const prefix = prefixOf(block, dialect);
  const name = field(block, 0, 100);
  return prefix.length === 0 ? name : Buffer.concat([prefix, SLASH, name]);
};

const prefixOf = (block: Buffer, dialect: Dialect): Buffer => {
  if (dialect === 'v7') return NO_PREFIX;
  if (dialect !== 'gnu') return field(block, 345, dialect === 'star' ? STAR_PREFIX_BYTES : PREFIX_BYTES);
  // GNU keeps two times there, but Go before 1.8 wrote a prefix all the same (golang.org/issues/12594): what is no time
  // is one, if it is ASCII.
  if ([345, 357].every((offset) => block[offset] === 0 || isHeaderNumber(block, offset, 12))) return NO_PREFIX;
  const prefix = field(block, 345, PREFIX_BYTES);
  return prefix.every((byte) => byte < 0x80) ? prefix : NO_PREFIX;
};

const NO_PREFIX = Buffer.alloc(0);
const PREFIX_BYTES = 155;
/** star keeps two times behind a shorter prefix. */
const STAR_PREFIX_BYTES = 131;
const SLASH = Buffer.from('/');

/** Ends with the first NUL, if there is one. A copy: the block is overwritten. */
const field = (block: Buffer, offset: number, length: number): Buffer => {
  const end = block.indexOf(0, offset);
  return Buffer.from(block.subarray(offset, end < 0 ? offset + length : Math.min(end, offset + length)));
};

const CHECKSUM_OFFSET = 148;
const CHECKSUM_BYTES = 8;

/** The sum of all bytes, with spaces in the checksum's place; old Sun tars added them up as signed. */
const hasChecksum = (block: Buffer): boolean => {
  let sum = CHECKSUM_BYTES * 0x20;
  let above = 0;
  for (let at = 0; at < BLOCK_BYTES; at += 1) {
    if (at >= CHECKSUM_OFFSET && at < CHECKSUM_OFFSET + CHECKSUM_BYTES) continue;
    const byte = block[at] ?? 0;
    sum += byte;
    if (byte > 0x7f) above += 1;
  }
  const written = headerNumber(block, CHECKSUM_OFFSET, CHECKSUM_BYTES);
  return written === sum || written === sum - above * 256;
};
