/** `sekisho policy`: the policy file, checked and begun. */
import { existsSync, readFileSync } from 'node:fs';
import { Command } from 'commander';
import { type Clock, systemClock } from '../../shared/base/clock.ts';
import { differencesOf, expiringSoon, summaryOf } from '../policy-summary.ts';
import { readPolicyFile } from '../replay/read-policy-file.ts';
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
    .description('say what is wrong with a policy file, or its name and what it holds')
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
  const policy = await readPolicyFile(file, today);
  if (!policy.ok) {
    for (const problem of policy.error) console.error(problem);
    if (!existsSync(file)) console.error(`Begin one with: ${BEGIN}`);
    process.exitCode = 1;
    return;
  }
  console.log(`${file}: ${summaryOf(policy.value)}`);
  const differences = differencesOf(policy.value);
  if (differences.length > 0) console.log(`  unlike the built-in policy: ${differences.join('; ')}`);
  for (const warning of expiringSoon(policy.value, today)) console.error(`${file}: ${warning}`);
};
