/** Which program a command runs, behind assignments, keywords of the shell and programs that start others. */

const BEFORE = /^(?:[A-Za-z_]\w*\+?=.*|!|\{|if|then|elif|else|while|until|do|time|exec|command|builtin|nohup)$/s;
const STARTERS: ReadonlySet<string> = new Set([
  'sudo',
  'env',
  'nice',
  'ionice',
  'gosu',
  'su-exec',
  'doas',
  'timeout',
  'busybox',
]);
/** Options of those that take the next word, and those programs whose first argument is no program. */
const TAKES_WORD = /^-[ugnChpk]$/;
const TAKES_ARGUMENT: ReadonlySet<string> = new Set(['gosu', 'su-exec', 'timeout']);

export interface Program {
  /** Without its path. */
  readonly program: string;
  readonly args: readonly string[];
}

/** `words`: of one command, without quotes. */
export const programOf = (words: readonly string[]): Program => {
  let at = 0;
  while (at < words.length) {
    const word = words[at] ?? '';
    const name = word.slice(word.lastIndexOf('/') + 1);
    if (BEFORE.test(word)) at += 1;
    else if (STARTERS.has(name)) at = behindStarter(words, at + 1, TAKES_ARGUMENT.has(name));
    else return { program: name, args: words.slice(at + 1) };
  }
  return { program: '', args: [] };
};

const behindStarter = (words: readonly string[], from: number, takesArgument: boolean): number => {
  let at = from;
  while (words[at]?.startsWith('-')) at += TAKES_WORD.test(words[at] ?? '') ? 2 : 1;
  return takesArgument ? at + 1 : at;
};
