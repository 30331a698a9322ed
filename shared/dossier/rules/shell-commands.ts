/** The commands of a RUN instruction, as a POSIX shell would part them: enough to see what ran, and nothing is run. */
import type { BuildStep } from '../inspected-image.ts';
import { programOf } from './program-of.ts';
import { scanScript } from './scan-script.ts';
import { SHELLS, type ShellCommand } from './shell-command.ts';

/** `sh -c 'bash -c "…"'`: nobody means more. */
const MAX_SCRIPTS = 3;

/** The longest scripts that people write are a tenth of it; what is longer is not read. */
export const MAX_SCRIPT_LENGTH = 256 * 1024;

/** Whether nothing of a step's commands is known. */
export const isUnreadable = ({ keyword, text }: BuildStep): boolean =>
  keyword === 'RUN' && text.length > MAX_SCRIPT_LENGTH;

/** A step never changes, and a dozen rules ask for the commands of each. */
const read = new WeakMap<BuildStep, readonly ShellCommand[]>();

/** Of a RUN step, in their order, what is inside a substitution before what it is inside of; none of one that is unreadable. */
export const commandsOf = (step: BuildStep): readonly ShellCommand[] => {
  if (step.keyword !== 'RUN' || isUnreadable(step)) return [];
  const known = read.get(step);
  if (known !== undefined) return known;
  const commands = commandsOfScript(withoutOptions(step.text));
  read.set(step, commands);
  return commands;
};

/** Of a shell script's text; linear in its length, as every text in it is read a bounded number of times. */
export const commandsOfScript = (script: string, depth = 0): readonly ShellCommand[] =>
  scanScript(script.trim()).flatMap((command) => {
    const nested = depth < MAX_SCRIPTS ? scriptOf(command) : undefined;
    return nested === undefined ? [command] : [command, ...commandsOfScript(nested, depth + 1)];
  });

/** `bash -euxc '…'`. */
const scriptOf = ({ program, args }: ShellCommand): string | undefined => {
  if (!SHELLS.has(program)) return undefined;
  const at = args.findIndex((arg) => /^-[a-z]{0,10}c$/.test(arg));
  return at < 0 ? undefined : args[at + 1];
};

/** RUN's own options, and the exec form, which no shell parts. */
const withoutOptions = (text: string): string => {
  const script = text.replace(/^RUN(?:\s+|$)(?:--[a-z]+(?:=\S*)?\s+)*/, '');
  return script.startsWith('["') ? (execForm(script) ?? script) : script;
};

const execForm = (text: string): string | undefined => {
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) ? words.map((word) => quoted(String(word))).join(' ') : undefined;
  } catch {
    // A command that begins with `[`, the shell's test.
    return undefined;
  }
};

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`;

/** The program and arguments of a command in the exec form, so an image's Entrypoint and Cmd: its own, and its script's. */
export const commandsOfArguments = (args: readonly string[]): readonly ShellCommand[] => {
  const { program, args: rest } = programOf(args);
  const command = { text: args.join(' '), program, args: rest, words: args, inner: [] };
  const script = scriptOf(command);
  return script === undefined ? [command] : [command, ...commandsOfScript(script, 1)];
};
