/** Numbers in tar headers: octal text, or where that is too short the base-256 of GNU and star. */
import { layerInvalid } from './layer-invalid.ts';

const SPACE = 0x20;
const ZERO = 0x30;
const BASE_256 = 0x80;
const NEGATIVE = 0x40;

/** Empty fields are 0. Throws LAYER_INVALID for what is no number, or none that can be counted with. */
export const headerNumber = (header: Buffer, offset: number, length: number): number =>
  byteAt(header, offset) & BASE_256 ? base256(header, offset, length) : octal(header, offset, length);

/** Spaces and NULs may stand before the digits, spaces after them, and from the next NUL on anything. */
const octal = (header: Buffer, offset: number, length: number): number => {
  const end = offset + length;
  let from = offset;
  while (from < end && isPadding(byteAt(header, from))) from += 1;
  let to = from;
  while (to < end && byteAt(header, to) !== 0) to += 1;
  while (to > from && byteAt(header, to - 1) === SPACE) to -= 1;
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = byteAt(header, at) - ZERO;
    if (digit < 0 || digit > 7) throw layerInvalid('A number in a tar header is not octal.');
    value = value * 8 + digit;
  }
  return countable(value);
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
