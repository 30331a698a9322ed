/** What a policy file says, as messages quote it. */
import { clipText } from '../base/clip-text.ts';

const LENGTH = 60;

/** Text that would be something else without its quotes. */
const NEEDS_QUOTES = /^([0-9.]+|true|false|null|~)$/;

/** In one short line; undefined for lists, for keys with values, and where nobody would see anything. */
export const givenText = (given: unknown): string | undefined => {
  if (typeof given !== 'string') return typeof given === 'object' ? undefined : clipText(String(given), LENGTH);
  const text = clipText(given, LENGTH);
  if (text === '') return undefined;
  return NEEDS_QUOTES.test(text) ? `"${text}"` : text;
};

/** `id:a`, where `id: a` was meant. */
const WITHOUT_SPACE = /^([A-Za-z][A-Za-z-]*\*?):(?=[^\s:])/;

/** Undefined where no space is missing. */
export const missingSpace = (text: string): string | undefined => {
  const key = WITHOUT_SPACE.exec(text)?.[1];
  return key === undefined ? undefined : `a space is missing after the colon of \`${clipText(key, LENGTH)}:\``;
};
