/** `sekisho`: the commands, one file each. */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { replayCommand } from './commands/replay.ts';
import { sendCommand } from './commands/send.ts';
import { startCommand } from './commands/start.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

const program = new Command('sekisho')
  .version(version)
  .description('The checkpoint for container images on AWS: on this machine, without an account.')
  .showHelpAfterError('(sekisho --help tells what there is)')
  // Usage errors end with 2, so that scripts can tell them from work that failed.
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
  .addCommand(startCommand())
  .addCommand(sendCommand())
  .addCommand(replayCommand());

for (const command of program.commands)
  command
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2))
    .showHelpAfterError(`(sekisho ${command.name()} --help tells what there is)`);

await program.parseAsync().catch((error: unknown) => {
  console.error(`sekisho: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
