/** Where the reading of a shell script stands: what is open, and what was read of it. */
import type { ShellCommand } from './shell-command.ts';

/** What is open: the script itself, a group, or a substitution. */
export interface Frame {
  readonly closer: '' | ')' | '`';
  /** Inside double quotes. */
  quoted: boolean;
  /** Where the command began. */
  start: number;
  words: string[];
  word: string | undefined;
  inner: ShellCommand[];
  /** What the last pipe brought. */
  from: ShellCommand | undefined;
  /** How many `case … in` are not closed yet, and whether a pattern is read: its bars are no pipes. */
  cases: number;
  isPattern: boolean;
  /** Markers of here-documents whose text begins on the next line; whether it is itself a script. */
  documents: { readonly marker: string; readonly isScript: boolean }[];
}

export const openFrame = (closer: Frame['closer'], start: number): Frame => ({
  closer,
  quoted: false,
  start,
  words: [],
  word: undefined,
  inner: [],
  from: undefined,
  cases: 0,
  isPattern: false,
  documents: [],
});

const BEFORE_CASE: ReadonlySet<string> = new Set(['!', '{', 'if', 'then', 'elif', 'else', 'do', 'while', 'until']);
const MAX_BEFORE_CASE = 5;

/** `case "$ARCH" in`. */
export const opensCase = (words: readonly string[]): boolean =>
  words.at(-1) === 'in' &&
  words.at(-3) === 'case' &&
  words.length <= MAX_BEFORE_CASE + 3 &&
  words.slice(0, -3).every((word) => BEFORE_CASE.has(word));
