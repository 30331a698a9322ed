/** `sekisho policy`: the policy file, checked and begun. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { type Clock, systemClock } from '../../shared/base/clock.ts';
import { parsePolicy } from '../../shared/policy/parse-policy.ts';
import { expiringSoon, summaryOf } from '../policy-summary.ts';
import { policyTryCommand } from './policy-try.ts';

const FILE = 'policy.yaml';
const BEGIN = `sekisho policy init > ${FILE}`;

export const policyCommand = (clock: Clock = systemClock): Command =>
  new Command('policy')
    .description('the policy file: what is urgent where, who is told, what is accepted until when')
    .addCommand(checkCommand(clock))
    .addCommand(initCommand())
    .addCommand(policyTryCommand(clock));

const checkCommand = (clock: Clock): Command =>
  new Command('check')
    .description('say what is wrong with a policy file, or what it holds')
    .argument('[file]', 'the policy file', FILE)
    .addHelpText(
      'after',
      `
Problems are printed as file:line:column: what is wrong, on the standard error, all of them in the order of the file.
Ends with 0 when nothing is wrong, with 1 when something is, or when the file cannot be read.
Suppressions that expire within 14 days are named, and are no problem.

Examples:
  sekisho policy check
  sekisho policy check environments/production.yaml
`,
    )
    .action((file: string) => check(file, clock.now().toISOString().slice(0, 10)));

const initCommand = (): Command =>
  new Command('init')
    .description('print a policy file with comments, which says what holds without one')
    .addHelpText('after', `\nExample:\n  ${BEGIN}\n`)
    .action(() => {
      process.stdout.write(readFileSync(new URL('policy-init.yaml', import.meta.url), 'utf8'));
    });

const check = async (file: string, today: string): Promise<void> => {
  const text = await readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    const why =
      cause.code === 'ENOENT' ? `does not exist; begin one with: ${BEGIN}` : `cannot be read: ${cause.message}`;
    throw new Error(`${file} ${why}`, { cause });
  });
  const policy = parsePolicy(text, today);
  if (!policy.ok) {
    for (const { line, column, message } of policy.error) console.error(`${file}:${line}:${column}: ${message}`);
    process.exitCode = 1;
    return;
  }
  console.log(`${file}: ${summaryOf(policy.value)}`);
  for (const warning of expiringSoon(policy.value, today)) console.error(`${file}: ${warning}`);
};
