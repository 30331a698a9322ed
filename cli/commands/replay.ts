/** `sekisho replay`: events from files through the pipeline, without a runtime, an account or a network. */
import { Command } from 'commander';
import { type Clock, systemClock } from '../../shared/base/clock.ts';
import { eventsInFiles, type FromFiles } from '../event-files.ts';
import { endWithOutput, writeOutput } from '../output.ts';
import { todayOption } from '../replay/day-option.ts';
import { type DecidingFiles, readOptions } from '../replay/read-options.ts';
import { createReplay } from '../replay/replay.ts';
import type { EventLine, Replayed, SummaryLine } from '../replay/replay-line.ts';

const EVENTS_BETWEEN_PROGRESS = 1000;

interface Options extends DecidingFiles {
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
  endWithOutput();
  const options = await readOptions(given, given.today);
  if (!options.ok) {
    for (const problem of options.error) console.error(problem);
    process.exitCode = 1;
    return;
  }
  const answer = createReplay(options.value);
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

const print = (line: EventLine | SummaryLine): Promise<void> => writeOutput(`${JSON.stringify(line)}\n`);

const noEvent = (item: Exclude<FromFiles, { readonly kind: 'event' | 'unread' }>): Replayed => ({
  detailType: null,
  outcome: 'rejected',
  reason: item.reason,
  decisions: [],
  asff: [],
});
