/** `sekisho`: the commands, one file each. */
import { Command } from 'commander';
import { decideCommand } from './commands/decide.ts';
import { explainCommand } from './commands/explain.ts';
import { inspectCommand } from './commands/inspect.ts';
import { policyCommand } from './commands/policy.ts';
import { replayCommand } from './commands/replay.ts';
import { sendCommand } from './commands/send.ts';
import { startCommand } from './commands/start.ts';
import { version } from './version.ts';

const program = new Command('sekisho')
  .version(version())
  .description('The checkpoint for container images on AWS: try it on this machine, without an account.')
  .showHelpAfterError('(sekisho --help tells what there is)')
  // Usage errors end with 2, so that scripts can tell them from work that failed.
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .addCommand(startCommand())
  .addCommand(sendCommand())
  .addCommand(replayCommand())
  .addCommand(policyCommand())
  .addCommand(decideCommand())
  .addCommand(explainCommand())
  .addCommand(inspectCommand());

/** `sekisho policy check`. */
const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();

const endWith2 = (command: Command): void => {
  command
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .showHelpAfterError(`(${pathOf(command)} --help tells what there is)`);
  command.commands.forEach(endWith2);
};
program.commands.forEach(endWith2);

await program.parseAsync().catch((error: unknown) => {
  console.error(`sekisho: ${error instanceof Error ? error.message : String(error)}`);
  // A command may have said how it ends where it does not come to its end.
  process.exitCode ||= 1;
});
