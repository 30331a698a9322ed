/** How a report looks in a terminal: its width, its colours, and numbers for people. */
import { clipText, plainText } from '../base/clip-text.ts';
import { type Digest, shortDigest } from '../image/digest.ts';
import type { Origin, Severity } from '../rules/rule.ts';

export interface TextStyle {
  /** Columns; absent: nothing is cut and nothing wrapped, as a log and `grep` want it. */
  readonly width?: number | undefined;
  /** ANSI colours, for a terminal that shows them. */
  readonly colour: boolean;
}

const COLOURS = {
  CRITICAL: '1;31',
  HIGH: '31',
  MEDIUM: '33',
  LOW: '36',
  INFO: '2',
  base: '2',
  app: '1',
  unknown: '35',
} as const satisfies Readonly<Record<Severity | Origin, string>>;

/** `text` is shown text: only the report's own escapes stand in it. */
export const coloured = (text: string, as: keyof typeof COLOURS, { colour }: TextStyle): string =>
  colour ? `\u001B[${COLOURS[as]}m${text}\u001B[0m` : text;

/** `text`, shown text, as long as the rest of the width. */
export const clippedLine = (before: string, text: string, style: TextStyle): string =>
  `${before}${clipText(text, roomAfter(before, style))}`.trimEnd();

/** Never less than a few words. */
const roomAfter = (before: string, { width = Number.POSITIVE_INFINITY }: TextStyle): number =>
  Math.max(width - before.length, MIN_TEXT);
const MIN_TEXT = 20;

/** The same, on as many lines as it takes, each below the first; a word that is longer than a line stays whole. */
export const wrappedLines = (before: string, text: string, style: TextStyle): readonly string[] => {
  const room = roomAfter(before, style);
  const lines: string[] = [];
  let line = '';
  for (const word of plainText(text).split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].map((each, index) => `${index === 0 ? before : ' '.repeat(before.length)}${each}`);
};

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** `29.1 MB`, in powers of 1000. */
export const bytesText = (bytes: number): string => {
  let value = bytes;
  let unit = 0;
  while (value >= 999.95 && unit < UNITS.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(1)} ${UNITS[unit]}`;
};

/** `1 file`, `3,000 files`. */
export const countText = (count: number, one: string, many = `${one}s`): string =>
  `${String(count).replace(/\B(?=(?:\d{3})+$)/g, ',')} ${count === 1 ? one : many}`;

export const layerText = (digest: Digest): string => `layer ${shortDigest(digest)}`;
