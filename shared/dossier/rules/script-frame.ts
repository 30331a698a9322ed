/** Where the reading of a shell script stands: what is open, and what was read of it. */
import type { ShellCommand } from './shell-command.ts';

/** What is open: the script itself, a group, or a substitution. */
export interface Frame {
  readonly closer: '' | ')' | '}' | '`';
  /** Inside double quotes. */
  quoted: boolean;
  /** Where the command began. */
  start: number;
  words: string[];
  /** Of the word that is being read, none of them empty: a word put together anew with each would take its length squared. */
  parts: string[] | undefined;
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
  parts: undefined,
  inner: [],
  from: undefined,
  cases: 0,
  isPattern: false,
  documents: [],
});

export const addToWord = (frame: Frame, text: string): void => {
  frame.parts ??= [];
  if (text !== '') frame.parts.push(text);
};

/** Of the word that is being read; empty: none is, or nothing of it. */
export const lastCharacterOf = ({ parts }: Frame): string => parts?.at(-1)?.at(-1) ?? '';

const BEFORE_CASE: ReadonlySet<string> = new Set(['!', '{', 'if', 'then', 'elif', 'else', 'do', 'while', 'until']);
const MAX_BEFORE_CASE = 5;

/** `case "$ARCH" in`. */
export const opensCase = (words: readonly string[]): boolean =>
  words.at(-1) === 'in' &&
  words.at(-3) === 'case' &&
  words.length <= MAX_BEFORE_CASE + 3 &&
  words.slice(0, -3).every((word) => BEFORE_CASE.has(word));

/** `{` is a word as others are, except where a command may begin. */
export const mayBeginCommand = ({ parts, words }: Frame): boolean =>
  parts === undefined && words.length <= MAX_BEFORE_CASE && words.every((word) => BEFORE_CASE.has(word));
