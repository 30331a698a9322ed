import { describe, expect, it } from 'vitest';
import { cliPage, helpOf } from '../../../scripts/docs/cli.ts';

const HELP: Readonly<Record<string, string>> = {
  '': `Usage: sekisho [options] [command]

Options:
  -h, --help         display help for command

Commands:
  send <file>        put events into it,
                     one by one
  policy             what is urgent where
  help [command]     display help for command
`,
  send: 'Usage: sekisho send <file>\n\nExamples:\n  sekisho send finding.json\n',
  policy: 'Usage: sekisho policy\n\nCommands:\n  check [file]  say what is wrong\n  help\n',
  'policy check': 'Usage: sekisho policy check [file]\n',
};

describe('the page of the command line', () => {
  const ask = async (command: readonly string[]) => HELP[command.join(' ')] ?? 'no such command';

  it('has a section for each command, and for those below it, but not for help', async () => {
    const page = await cliPage(ask);
    expect(page.split('\n').filter((line) => line.startsWith('## '))).toEqual([
      '## sekisho',
      '## sekisho send',
      '## sekisho policy',
      '## sekisho policy check',
    ]);
    expect(page).not.toContain('no such command');
  });

  it('prints what a command says of itself as it is', async () =>
    expect(await cliPage(ask)).toContain(
      '```text\nUsage: sekisho send <file>\n\nExamples:\n  sekisho send finding.json\n```',
    ));

  it('asks the program itself', async () =>
    expect(await helpOf(['inspect'])).toMatch(/^Usage: sekisho inspect \[options\] <source>\n/));
});
