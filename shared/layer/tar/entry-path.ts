/** Where an entry lands in the image, however the archive writes its name. */
import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';

/** PATH_MAX of Linux: no runtime can create what is longer. */
export const LONGEST_NAME = 4096;

/** The name's characters; bytes that are no UTF-8 are read as Latin-1, so that two names stay two. */
export const nameText = (name: Buffer): string => (isUtf8(name) ? name.toString('utf8') : name.toString('latin1'));

/**
 * Without a leading slash, without `.` and `..`, which cannot leave the root: empty for the root itself. Printable, at
 * most `LONGEST_NAME` UTF-16 units; what is longer is cut and told apart by a hash.
 */
export const entryPath = (name: string): string => {
  const path = PLAIN.test(name) ? name : resolved(name);
  return cut(PRINTABLE_ASCII.test(path) ? path : path.replace(UNPRINTABLE, escaped));
};

/** Nothing to resolve: no empty part, and none that begins with a dot. */
const PLAIN = /^(?:[^/.][^/]*\/)*[^/.][^/]*$/;
const PRINTABLE_ASCII = /^[ -~]*$/;
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

const resolved = (name: string): string => {
  const parts: string[] = [];
  for (const part of name.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
};

const escaped = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;

const HASH_DIGITS = 16;

const cut = (path: string): string => {
  if (path.length <= LONGEST_NAME) return path;
  const hash = createHash('sha256').update(path).digest('hex').slice(0, HASH_DIGITS);
  return `${path.slice(0, LONGEST_NAME - HASH_DIGITS - 1).toWellFormed()}…${hash}`;
};
