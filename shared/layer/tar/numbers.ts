/** Numbers in tar headers: octal text, or where that is too short the base-256 of GNU and star. */
import { layerInvalid } from './layer-invalid.ts';

const SPACE = 0x20;
const ZERO = 0x30;
const BASE_256 = 0x80;
const NEGATIVE = 0x40;

/** Empty fields are 0. Throws LAYER_INVALID for what is no number, or none that can be counted with. */
export const headerNumber = (header: Buffer, offset: number, length: number): number =>
  byteAt(header, offset) & BASE_256 ? base256(header, offset, length) : octal(header, offset, length);

/** Whether it is a number of at most 64 bits, as Go counts; `headerNumber` refuses some of these as too large. */
export const isHeaderNumber = (header: Buffer, offset: number, length: number): boolean => {
  if (!(byteAt(header, offset) & BASE_256)) return octalValue(header, offset, length) !== undefined;
  const flip = byteAt(header, offset) & NEGATIVE ? 0xff : 0;
  const magnitude = Buffer.from(header.subarray(offset, offset + length).map((byte) => byte ^ flip));
  magnitude[0] = byteAt(magnitude, 0) & ~BASE_256;
  return magnitude.subarray(0, -8).every((byte) => byte === 0) && byteAt(magnitude, length - 8) < 0x80;
};

const octal = (header: Buffer, offset: number, length: number): number => {
  const value = octalValue(header, offset, length);
  if (value === undefined) throw layerInvalid('A number in a tar header is not octal.');
  return countable(value);
};

/** As Go reads it: without the spaces and NULs around it, up to the first NUL that is left. */
const octalValue = (header: Buffer, offset: number, length: number): number | undefined => {
  const end = offset + length;
  let from = offset;
  while (from < end && isPadding(byteAt(header, from))) from += 1;
  let to = end;
  while (to > from && isPadding(byteAt(header, to - 1))) to -= 1;
  let value = 0;
  for (let at = from; at < to && byteAt(header, at) !== 0; at += 1) {
    const digit = byteAt(header, at) - ZERO;
    if (digit < 0 || digit > 7) return undefined;
    value = value * 8 + digit;
  }
  return value;
};

/** Two's complement, big-endian; the first bit only says that it is one. */
const base256 = (header: Buffer, offset: number, length: number): number => {
  const first = byteAt(header, offset) & ~BASE_256;
  let value = first & NEGATIVE ? first - BASE_256 : first;
  for (let at = offset + 1; at < offset + length; at += 1) value = value * 256 + byteAt(header, at);
  return countable(value);
};

const countable = (value: number): number => {
  if (Number.isSafeInteger(value)) return value;
  throw layerInvalid('A number in a tar header is too large.');
};

const isPadding = (byte: number): boolean => byte === SPACE || byte === 0;

const byteAt = (header: Buffer, at: number): number => header[at] ?? 0;
