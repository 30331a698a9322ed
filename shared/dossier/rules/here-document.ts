/** Here-documents of a shell script: `cat <<EOF`, and the lines down to `EOF`. */
import { programOf } from './program-of.ts';
import { SHELLS } from './shell-command.ts';

const HERE_DOCUMENT = /<<-?[ \t]*(["']?)(\w{1,100})\1/y;

/** The marker behind `<<` at this place, and how much stands there; undefined: none. */
export const documentAt = (
  script: string,
  at: number,
): { readonly width: number; readonly marker: string | undefined } => {
  HERE_DOCUMENT.lastIndex = at;
  const [whole = '<<', , marker] = HERE_DOCUMENT.exec(script) ?? [];
  return { width: whole.length, marker };
};

/** Words before the program, where a command of many words would be read again for each of its here-documents. */
const MAX_BEFORE_PROGRAM = 20;

/** Whether the text is run: by a shell, or by RUN itself where no command stands before it. */
export const feedsShell = (words: readonly string[]): boolean => {
  const { program } = programOf(words.slice(0, MAX_BEFORE_PROGRAM));
  return program === '' || SHELLS.has(program);
};

/** The first place behind the line that is the marker alone; without one, the text's end. */
export const behindDocument = (script: string, from: number, marker: string): number => {
  let at = from;
  while (at < script.length) {
    const end = script.indexOf('\n', at);
    const close = end < 0 ? script.length : end;
    if (close - at <= marker.length + 100 && script.slice(at, close).trim() === marker) return close + 1;
    at = close + 1;
  }
  return script.length;
};
