/** The page of the command line, from what each command says of itself. */
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const PROGRAM = path.resolve(import.meta.dirname, '../../cli/sekisho.js');

/** `command`: the words behind `sekisho`; none: the program itself. */
export type AskHelp = (command: readonly string[]) => Promise<string>;

export const helpOf: AskHelp = async (command) =>
  (await promisify(execFile)(process.execPath, [PROGRAM, ...command, '--help'])).stdout;

/** Commands in the order in which the program lists them, each behind the one that it belongs to. */
export const cliPage = async (ask: AskHelp = helpOf): Promise<string> =>
  `# Command line

What \`npx sekisho <command> --help\` prints. Every command ends with 2 where it was not understood.

${(await sections([], ask)).join('\n\n')}
`;

const sections = async (command: readonly string[], ask: AskHelp): Promise<readonly string[]> => {
  const help = (await ask(command)).trim();
  const below = await Promise.all(commandsIn(help).map((name) => sections([...command, name], ask)));
  return [`## sekisho${command.map((word) => ` ${word}`).join('')}\n\n\`\`\`text\n${help}\n\`\`\``, ...below.flat()];
};

/** A name stands two spaces in; what is said of it begins further right, and goes on there. */
const commandsIn = (help: string): readonly string[] => {
  const [, list = ''] = /^Commands:\n((?: .*(?:\n|$))+)/m.exec(help) ?? [];
  return [...list.matchAll(/^ {2}([a-z][a-z-]*)/gm)].flatMap(([, name = '']) => (name === 'help' ? [] : [name]));
};
