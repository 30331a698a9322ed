/** `os-release`: what the distribution calls itself, as os-release(5) writes it. */
import { clipText } from '../../base/clip-text.ts';
import { linesOf } from './head.ts';

const ASSIGNMENT = /^\s*([A-Z][A-Z0-9_]{0,63})=(.*)$/;
const MAX_FIELDS = 64;
const MAX_VALUE = 256;

const unquoted = (text: string): string => {
  const quote = text[0];
  if (text.length < 2 || (quote !== '"' && quote !== "'") || !text.endsWith(quote)) return text;
  const inner = text.slice(1, -1);
  return quote === '"' ? inner.replace(/\\(["\\$`])/g, '$1') : inner;
};

/** The later of two assignments counts, as in a shell. */
export const parseOsRelease = (text: string): Readonly<Record<string, string>> => {
  const fields = new Map<string, string>();
  for (const line of linesOf(text)) {
    const [, name, value] = ASSIGNMENT.exec(line) ?? [];
    if (name === undefined || value === undefined || (fields.size >= MAX_FIELDS && !fields.has(name))) continue;
    fields.set(name, clipText(unquoted(value.trim()), MAX_VALUE));
  }
  return Object.fromEntries(fields);
};
