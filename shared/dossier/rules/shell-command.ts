/** One command of a shell script, and what flows into it. */

export interface ShellCommand {
  /** As it is written. */
  readonly text: string;
  /** Without its path: `apt-get`; empty where only assignments or a group of commands stand. */
  readonly program: string;
  /** What follows the program, without quotes; a substitution is `SUBSTITUTED`. */
  readonly args: readonly string[];
  /** All of its words, so also assignments and what stands before the program (`sudo`). */
  readonly words: readonly string[];
  /** What it reads through a pipe. */
  readonly from?: ShellCommand;
  /** The commands of its substitutions and of its group. */
  readonly inner: readonly ShellCommand[];
}

/** `$(…)`, `` `…` `` and `<(…)` as a word: its commands are in `inner`. */
export const SUBSTITUTED = '$(…)';

export const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'dash', 'ash', 'zsh', 'ksh']);
