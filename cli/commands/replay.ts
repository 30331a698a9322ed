/** `sekisho replay`: events from files through the pipeline, without a runtime, an account or a network. */
import { once } from 'node:events';
import { Command } from 'commander';
import { type Clock, systemClock } from '../../shared/base/clock.ts';
import { eventsInFiles, type FromFiles } from '../event-files.ts';
import { todayOption } from '../replay/day-option.ts';
import { readKevFile } from '../replay/read-kev-file.ts';
import { readPolicyFile } from '../replay/read-policy-file.ts';
import { createReplay, type ReplayOptions } from '../replay/replay.ts';
import type { EventLine, Replayed, SummaryLine } from '../replay/replay-line.ts';

const EVENTS_BETWEEN_PROGRESS = 1000;

interface Options {
  readonly policy?: string;
  readonly kev?: string;
  readonly today: string;
}

export const replayCommand = (clock: Clock = systemClock): Command =>
  new Command('replay')
    .description('what Sekisho decides for the events in files: one JSON line per event, without runtime or network')
    .argument('<file|directory...>', 'files with one event, an array of events, or one event a line (JSON lines)')
    .option('--policy <file>', 'the policy file; otherwise the built-in policy')
    .option('--kev <file>', 'CISA’s list of known exploited vulnerabilities as JSON; otherwise it is unknown')
    .addOption(todayOption(clock))
    .addHelpText(
      'after',
      `
Directories: the .json, .jsonl and .ndjson files in and below them, in byte order of their paths.
Outcomes: decided, recorded (a push), ignored (no rule takes it), rejected (no event, or a damaged one).
Ends with 0 when all was worked on, with 1 when a path could not be read, or the policy or the list is not right.

Examples:
  sekisho replay finding.json
  sekisho replay events/ --policy policy.yaml --kev known_exploited_vulnerabilities.json
  sekisho replay events/ | jq -c 'select(.outcome == "rejected") | [.file, .reason]'
  sekisho replay events/ | jq -c '.decisions[]? | [.decision, .score, .title]'
`,
    )
    .action(replay);

const replay = async (paths: readonly string[], given: Options): Promise<void> => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever reads the lines may have seen enough (`| head`).
    if (error.code === 'EPIPE') process.exit();
    console.error(`sekisho: the output cannot be written: ${error.message}`);
    process.exit(1);
  });
  const options = await readOptions(given);
  if (options === undefined) {
    process.exitCode = 1;
    return;
  }
  const answer = createReplay(options);
  const counts = { events: 0, decided: 0, recorded: 0, ignored: 0, rejected: 0 };
  for await (const item of eventsInFiles(paths)) {
    if (item.kind === 'unread') {
      process.exitCode = 1;
      console.error(`sekisho: ${item.file}: ${item.reason}`);
      continue;
    }
    if (counts.events > 0 && counts.events % EVENTS_BETWEEN_PROGRESS === 0) console.error(`· ${counts.events} events`);
    const replayed = item.kind === 'event' ? await answer(item.event) : noEvent(item);
    counts.events += 1;
    counts[replayed.outcome] += 1;
    await print({ file: item.file, ...replayed });
  }
  await print({ summary: counts });
  if (process.stderr.isTTY || counts.events > EVENTS_BETWEEN_PROGRESS) {
    const { events, ...outcomes } = counts;
    const told = Object.entries(outcomes).map(([outcome, count]) => `${count} ${outcome}`);
    console.error(`· ${events} events: ${told.join(', ')}`);
  }
};

/** Undefined after what is wrong was told. */
const readOptions = async ({
  policy: policyFile,
  kev: kevFile,
  today,
}: Options): Promise<ReplayOptions | undefined> => {
  const policy = policyFile === undefined ? undefined : await readPolicyFile(policyFile, today);
  const kev = kevFile === undefined ? undefined : await readKevFile(kevFile, today);
  if (policy?.ok === false) for (const problem of policy.error) console.error(problem);
  if (kev?.ok === false) console.error(kev.error);
  if (policy?.ok === false || kev?.ok === false) return undefined;
  return { ...(policy && { policy: policy.value }), ...(kev && { kev: kev.value }) };
};

const print = async (line: EventLine | SummaryLine): Promise<void> => {
  if (!process.stdout.write(`${JSON.stringify(line)}\n`)) await once(process.stdout, 'drain');
};

const noEvent = (item: Exclude<FromFiles, { readonly kind: 'event' | 'unread' }>): Replayed => ({
  detailType: null,
  outcome: 'rejected',
  reason: item.kind === 'nothing' ? 'it is an empty list: there is no event in it' : item.reason,
  decisions: [],
  asff: [],
});
