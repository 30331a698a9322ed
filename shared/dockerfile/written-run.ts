/** A RUN instruction out of the command line that a builder recorded for it. */
import type { Wording } from './wording.ts';

/** The shell that the builder put before the command: the default one, one set by SHELL, or one of Windows. */
const SHELL = String.raw`(?:(?:/[\w.-]{1,30}){0,6}/?[a-z]{0,8}sh(?: -[A-Za-z]{1,10}(?: pipefail)?){0,5}? -[A-Za-z]{0,8}c|[Cc][Mm][Dd](?:\.exe)? /[Ss] /[Cc]|(?:powershell|pwsh)(?:\.exe)?(?: -\w{1,30}(?: \w{1,30})?){0,6}? -[Cc]ommand)(?:\s+|$)`;
const STARTS_WITH_SHELL = new RegExp(`^${SHELL}`);
/** Build arguments and their number: `|2 A=1 B=two words /bin/sh -c make`. */
const ARGUMENTS = /^\|(\d{1,3}) /;
const SHELL_AFTER_ARGUMENTS = new RegExp(` (${SHELL})`);

/** The command behind the shell; undefined when no shell stands before it. */
export const commandBehindShell = (line: string): string | undefined => {
  const shell = STARTS_WITH_SHELL.exec(line);
  return shell === null ? undefined : line.slice(shell[0].length);
};

/** What one writes after RUN; undefined when no builder ran the line. */
export const writtenRun = (line: string, wording: Wording): string | undefined => {
  const [counted, count = '0'] = ARGUMENTS.exec(line) ?? [];
  if (counted !== undefined) {
    const [variables, command] = splitArguments(line.slice(counted.length), Number(count));
    return withVariables(wording.pairs(variables), command);
  }
  const command = commandBehindShell(line);
  return command === undefined ? undefined : withVariables('', command);
};

/** Values can hold spaces, so that the shell and not the number tells where the arguments end. */
const splitArguments = (text: string, count: number): readonly [string, string] => {
  const shell = SHELL_AFTER_ARGUMENTS.exec(text);
  if (shell !== null) return [text.slice(0, shell.index), text.slice(shell.index + shell[0].length)];
  const words = text.split(' ');
  return [words.slice(0, count).join(' '), words.slice(count).join(' ')];
};

const withVariables = (variables: string, command: string): string => {
  if (!command.includes('\n')) return `${variables} ${command}`.trim();
  if (variables === '' && isHeredoc(command)) return command;
  // A line of the command that looks like an instruction must not be taken for one.
  const lines = [...(variables === '' ? [] : [`export ${variables}`]), ...command.trimEnd().split('\n')];
  const end = endMarkerFor(lines);
  return [`<<${end}`, ...lines, end].join('\n');
};

/** `cat <<EOF > /file`, its lines, and `EOF`, which is written as it stands. */
const isHeredoc = (command: string): boolean => {
  const [first = '', ...rest] = command.trimEnd().split('\n');
  const [, marker] = /<<-?["']?(\w{1,40})["']?/.exec(first) ?? [];
  return marker !== undefined && rest.findIndex((line) => line.trim() === marker) === rest.length - 1;
};

const endMarkerFor = (lines: readonly string[]): string => {
  const taken = new Set(lines.map((line) => line.trim()));
  let marker = 'EOF';
  while (taken.has(marker)) marker += '_';
  return marker;
};
