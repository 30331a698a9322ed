/** One pass, linear in its length, over a shell script that parts it into commands and words: quotes, substitutions, groups, here-documents. */
import { behindDocument, documentAt, feedsShell } from './here-document.ts';
import { programOf } from './program-of.ts';
import { addToWord, type Frame, lastCharacterOf, mayBeginCommand, openFrame, opensCase } from './script-frame.ts';
import { type ShellCommand, SUBSTITUTED } from './shell-command.ts';

/** Deeper than people write; what is deeper is read as if it stood beside. */
const MAX_DEPTH = 50;
const endsWordBefore = (next: string): boolean => /^[\s;&|()<>\\]?$/.test(next);
const PLAIN = /[^\s"'`$\\;&|()<>#]+/y;

export const scanScript = (script: string): readonly ShellCommand[] => {
  const found: ShellCommand[] = [];
  const frames: [Frame, ...Frame[]] = [openFrame('', 0)];
  let at = 0;
  const top = (): Frame => frames[frames.length - 1] ?? frames[0];

  const endWord = (frame: Frame): void => {
    if (frame.parts !== undefined) frame.words.push(frame.parts.join(''));
    frame.parts = undefined;
    if (frame.isPattern ? frame.words.at(-1) === 'esac' : frame.cases > 0 && frame.words[0] === 'esac') {
      frame.cases -= 1;
      frame.isPattern = false;
      frame.words = [];
    } else if (opensCase(frame.words)) {
      frame.cases += 1;
      startPattern(frame);
    }
  };
  const startPattern = (frame: Frame): void => {
    frame.isPattern = true;
    frame.words = [];
  };
  const endPattern = (frame: Frame): void => {
    endWord(frame);
    frame.isPattern = false;
    frame.words = [];
    at += 1;
    frame.start = at;
  };
  const endCommand = (frame: Frame, end: number, next: number, pipes = false): void => {
    endWord(frame);
    const { words, inner, from } = frame;
    const isEmpty = words.length === 0 && inner.length === 0;
    const text = script.slice(frame.start, end).trim();
    const command = { text, words, ...programOf(words), inner, ...(from && { from }) };
    if (!isEmpty) {
      found.push(command);
      const outer = frames[frames.indexOf(frame) - 1];
      outer?.inner.push(command);
    }
    frame.from = pipes && !isEmpty ? command : undefined;
    frame.words = [];
    frame.inner = [];
    frame.start = next;
  };
  const enter = (closer: Exclude<Frame['closer'], ''>, width: number): void => {
    if (frames.length < MAX_DEPTH) frames.push(openFrame(closer, at + width));
    at += width;
  };
  const leave = (): void => {
    endCommand(top(), at, at + 1);
    const closed = frames.length > 1 ? frames.pop() : undefined;
    // Its here-documents begin on the next line all the same.
    for (const document of closed?.documents ?? []) top().documents.push(document);
    at += 1;
  };
  const append = (frame: Frame, text: string, width: number): void => {
    addToWord(frame, text);
    at += width;
  };
  /** `f() { …; }`: what it does counts, not what it is called. */
  const beginFunction = (frame: Frame): void => {
    frame.parts = undefined;
    frame.words = [];
    at += 2;
    frame.start = at;
  };
  /** On a line's end: over the texts of here-documents, but into those that are scripts. */
  const nextLine = (frame: Frame): void => {
    endCommand(frame, at, at + 1);
    at += 1;
    for (const { marker, isScript } of frame.documents.splice(0)) {
      if (isScript) break;
      at = behindDocument(script, at, marker);
    }
    frame.start = at;
  };

  while (at < script.length) {
    const frame = top();
    const character = script[at] ?? '';
    const next = script[at + 1] ?? '';
    if (character === '\\') {
      if (next === '\n') at += 2;
      else append(frame, next, 2);
    } else if (character === '$' && next === '(') {
      append(frame, SUBSTITUTED, 0);
      enter(')', 2);
    } else if (character === '`') {
      if (frame.closer === '`') leave();
      else {
        append(frame, SUBSTITUTED, 0);
        enter('`', 1);
      }
    } else if (character === '"') {
      frame.quoted = !frame.quoted;
      append(frame, '', 1);
    } else if (frame.quoted) append(frame, character, 1);
    else if (frame.isPattern && character === ')') endPattern(frame);
    else if (frame.isPattern && /[|\s]/.test(character)) {
      endWord(frame);
      at += 1;
    } else if (character === "'") {
      const end = script.indexOf("'", at + 1);
      const close = end < 0 ? script.length : end;
      append(frame, script.slice(at + 1, close), close + 1 - at);
    } else if (character === '\n') nextLine(frame);
    else if (character === '#' && frame.parts === undefined) {
      const end = script.indexOf('\n', at);
      endCommand(frame, at, end < 0 ? script.length : end);
      at = end < 0 ? script.length : end;
    } else if (character === '<' && next === '<' && script[at + 2] !== '<') {
      const { width, marker } = documentAt(script, at);
      endWord(frame);
      if (marker !== undefined) frame.documents.push({ marker, isScript: feedsShell(frame.words) });
      at += width;
    } else if (character === '(') {
      const isArgument = frame.parts?.length === 1 && /^[<>]$/.test(frame.parts[0] ?? '');
      if (next === ')' && !isArgument) beginFunction(frame);
      else {
        if (isArgument) frame.parts = [SUBSTITUTED];
        enter(')', 1);
      }
    } else if (character === '{' && endsWordBefore(next) && mayBeginCommand(frame)) enter('}', 1);
    else if (character === '}' && frame.closer === '}' && endsWordBefore(next) && mayBeginCommand(frame)) leave();
    else if (character === ')') leave();
    else if (character === '&' && (/[<>]/.test(lastCharacterOf(frame)) || next === '>')) append(frame, character, 1);
    else if (character === '|' && lastCharacterOf(frame) === '>') append(frame, character, 1);
    else if (character === '|' && next !== '|') {
      const width = next === '&' ? 2 : 1;
      endCommand(frame, at, at + width, true);
      at += width;
    } else if (character === ';' || character === '&' || character === '|') {
      const width = next === character ? 2 : 1;
      endCommand(frame, at, at + width);
      at += width;
      if (frame.cases > 0 && character === ';' && next === ';') startPattern(frame);
    } else if (/\s/.test(character)) {
      endWord(frame);
      at += 1;
    } else {
      PLAIN.lastIndex = at;
      const run = PLAIN.exec(script)?.[0] ?? character;
      append(frame, run, run.length);
    }
  }
  for (;;) {
    endCommand(top(), script.length, script.length);
    if (frames.length === 1) return found;
    frames.pop();
  }
};
