/** `sekisho decide`: what the scheme decides for facts that somebody gives, case by case. */
import { Command } from 'commander';
import { answerLine, LONGEST_LINE } from '../decide/answer-line.ts';
import { caseHelp } from '../decide/case-help.ts';
import { createLineSplitter, type Line } from '../decide/split-lines.ts';
import { MOST_NAMES, type UnknownMember, unknownMemberText } from '../decide/unknown-members.ts';
import { endWithOutput, writeOutput } from '../output.ts';

export const decideCommand = (): Command =>
  new Command('decide')
    .description('what the scheme decides for cases on standard input: one JSON line in, one JSON line out')
    .addHelpText('after', () => help())
    .action(decide);

const help = (): string => `
A case: {"id": …, "family": "vulnerability" | "threat" | "image", "input": {…}}
A decision: id, factors, raw, base, rules, decision, score, label, isoClass, and for vulnerabilities bod2604.
A line that is no case gives {"id", "error"} in its place. Ends with 0, or with 1 when there was such a line.

Null, "unknown" and absent are the same: not known. Other members are ignored; those of input, likely slips,
are told on the standard error, each name once, the first ${MOST_NAMES}.

${caseHelp()}

Examples:
  echo '{"id":1,"family":"vulnerability","input":{"cvss":9.8,"E":"active","exposure":"open"}}' | sekisho decide
  sekisho decide < cases.jsonl | jq -c 'select(.decision == "act") | [.id, .score, .rules]'
  jq -c '.[]' cases.json | sekisho decide
`;

const decide = async (): Promise<void> => {
  endWithOutput();
  if (process.stdin.isTTY) console.error('reading cases from standard input');
  const warn = createWarning();
  const splitter = createLineSplitter(LONGEST_LINE);
  for await (const piece of process.stdin) await answer(splitter.push(Buffer.from(piece)), warn);
  await answer(splitter.end(), warn);
};

/** What came together is written together. */
const answer = async (lines: readonly Line[], warn: (member: UnknownMember) => void): Promise<void> => {
  const answered = lines.flatMap((line) => answerLine(line) ?? []);
  for (const { unknown } of answered) unknown.forEach(warn);
  if (answered.some(({ answer: one }) => 'error' in one)) process.exitCode = 1;
  await writeOutput(answered.map(({ answer: one }) => `${JSON.stringify(one)}\n`).join(''));
};

/** Each name once, and no more of them than are kept. */
const createWarning = (): ((member: UnknownMember) => void) => {
  const told = new Set<string>();
  return (member) => {
    if (told.size >= MOST_NAMES || told.has(member.name)) return;
    told.add(member.name);
    console.error(unknownMemberText(member));
  };
};
