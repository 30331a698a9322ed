/** `sekisho decide`: what the scheme decides for facts that somebody gives, case by case. */
import { once } from 'node:events';
import { Command } from 'commander';
import { answerLine, LONGEST_LINE } from '../decide/answer-line.ts';
import { caseHelp } from '../decide/case-help.ts';
import { createLineSplitter, type Line } from '../decide/split-lines.ts';

export const decideCommand = (): Command =>
  new Command('decide')
    .description('what the scheme decides for cases on standard input: one JSON line in, one JSON line out')
    .addHelpText('after', () => help())
    .action(decide);

const help = (): string => `
A case: {"id": …, "family": "vulnerability" | "threat" | "image", "input": {…}}
A decision: id, factors, raw, base, rules, decision, score, label, isoClass, and for vulnerabilities bod2604.
A line that is no case gives {"id", "error"} in its place. Ends with 0, or with 1 when there was such a line.

Null, "unknown" and absent are the same: not known. Other members are ignored.

${caseHelp()}

Examples:
  echo '{"id":1,"family":"vulnerability","input":{"cvss":9.8,"E":"active","exposure":"open"}}' | sekisho decide
  sekisho decide < cases.jsonl | jq -c 'select(.decision == "act") | [.id, .score, .rules]'
  jq -c '.[]' cases.json | sekisho decide
`;

const decide = async (): Promise<void> => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads the lines may have seen enough (`| head`).
    if (error.code === 'EPIPE') process.exit();
    console.error(`sekisho: the output cannot be written: ${error.message}`);
    process.exit(1);
  });
  if (process.stdin.isTTY) console.error('reading cases from standard input');
  const splitter = createLineSplitter(LONGEST_LINE);
  for await (const piece of process.stdin) await answer(splitter.push(Buffer.from(piece)));
  await answer(splitter.end());
};

/** What came together is written together. */
const answer = async (lines: readonly Line[]): Promise<void> => {
  const answers = lines.flatMap((line) => answerLine(line) ?? []);
  if (answers.some((one) => 'error' in one)) process.exitCode = 1;
  const text = answers.map((one) => `${JSON.stringify(one)}\n`).join('');
  if (text !== '' && !process.stdout.write(text)) await once(process.stdout, 'drain');
};
