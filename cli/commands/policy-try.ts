/** `sekisho policy try`: what a policy would change, seen on events of before. */
import { Command } from 'commander';
import { type Clock, systemClock } from '../../shared/base/clock.ts';
import { ok } from '../../shared/base/result.ts';
import { BUILT_IN_POLICY } from '../../shared/policy/policy.ts';
import { eventsInFiles, type FromFiles } from '../event-files.ts';
import { endWithOutput, writeOutput } from '../output.ts';
import { renderTrial } from '../policy-try/render-trial.ts';
import { type EventCounts, trialOf } from '../policy-try/trial.ts';
import { type PolicyTrial, tryPolicies } from '../policy-try/try-policies.ts';
import { todayOption } from '../replay/day-option.ts';
import { readKevFile } from '../replay/read-kev-file.ts';
import { readPolicyFile } from '../replay/read-policy-file.ts';

const EVENTS_BETWEEN_PROGRESS = 1000;
const CHANGES_SHOWN = 20;
const REASONS_SHOWN = 3;

interface Options {
  readonly against?: string;
  readonly kev?: string;
  readonly today: string;
  readonly json?: true;
  readonly all?: true;
}

export const policyTryCommand = (clock: Clock = systemClock): Command =>
  new Command('try')
    .description('say what a policy would change: decisions, who is told, what is suppressed')
    .argument('<policy>', 'the policy file that is tried')
    .argument('<file|directory...>', 'events, as sekisho replay reads them')
    .option('--against <policy>', 'the policy file that stands; otherwise the built-in policy')
    .option('--kev <file>', 'CISA’s list of known exploited vulnerabilities as JSON; otherwise it is unknown')
    .addOption(todayOption(clock))
    .option('--json', 'print one JSON object')
    .option('--all', `list all findings that change, and not the first ${CHANGES_SHOWN}`)
    .addHelpText(
      'after',
      `
The events are decided twice, under the policy that stands and under the one that is tried. Each finding counts once,
in its newest state. As in a replay no account is asked: rules that match what runs an image, or tags of a repository,
have nothing to match.
Ends with 0, or with 1 when a file could not be read, no finding was in what was read, or a policy is not right.

Examples:
  sekisho policy try policy.yaml events/
  sekisho policy try new.yaml events/ --against policy.yaml --kev known_exploited_vulnerabilities.json
  sekisho policy try policy.yaml events/ --json | jq .changes.transitions
`,
    )
    .action(tryPolicy);

const tryPolicy = async (file: string, paths: readonly string[], options: Options): Promise<void> => {
  const { against, kev: kevFile, today } = options;
  const after = await readPolicyFile(file, today);
  const before = against === undefined ? ok(BUILT_IN_POLICY) : await readPolicyFile(against, today);
  const kev = kevFile === undefined ? ok(undefined) : await readKevFile(kevFile, today);
  if (!after.ok || !before.ok || !kev.ok) {
    const problems = [
      ...(after.ok ? [] : after.error),
      ...(before.ok ? [] : before.error),
      ...(kev.ok ? [] : [kev.error]),
    ];
    for (const problem of problems) console.error(problem);
    process.exitCode = 1;
    return;
  }
  endWithOutput();
  const trial = tryPolicies(before.value, after.value, kev.value);
  const events = await addAll(trial, paths);
  const findings = trial.findings();
  if (findings.length === 0) {
    process.exitCode = 1;
    console.error(`sekisho: no findings were read${othersText(events)}`);
    if (!options.json) return;
  }
  const shown = options.all ? Number.POSITIVE_INFINITY : CHANGES_SHOWN;
  const result = trialOf(findings, after.value, events, shown);
  const names = { before: against ?? 'built-in policy', after: file };
  await writeOutput(options.json ? `${JSON.stringify(result)}\n` : renderTrial(result, names));
};

/** `; 2 recorded, 1 ignored …`; nothing where there was no event. */
const othersText = (events: EventCounts): string => {
  const others = (['recorded', 'ignored', 'rejected'] as const).filter((outcome) => events[outcome] > 0);
  if (others.length === 0) return '';
  return `; ${others.map((one) => `${events[one]} ${one}`).join(', ')} (sekisho replay says why, event by event)`;
};

const addAll = async (trial: PolicyTrial, paths: readonly string[]): Promise<EventCounts> => {
  const counts = { decided: 0, recorded: 0, ignored: 0, rejected: 0 };
  let read = 0;
  for await (const item of eventsInFiles(paths)) {
    if (item.kind === 'unread') {
      process.exitCode = 1;
      console.error(`sekisho: ${item.file}: ${item.reason}`);
      continue;
    }
    const answer = await answerTo(item, trial);
    counts[answer.outcome] += 1;
    if (answer.outcome === 'rejected' && counts.rejected <= REASONS_SHOWN)
      console.error(`sekisho: ${item.file}: rejected: ${answer.reason}`);
    read += 1;
    if (read % EVENTS_BETWEEN_PROGRESS === 0) console.error(`· ${read} events`);
  }
  const untold = counts.rejected - REASONS_SHOWN;
  if (untold > 0) console.error(`sekisho: and ${untold} more rejected`);
  return counts;
};

const answerTo = async (item: Exclude<FromFiles, { readonly kind: 'unread' }>, trial: PolicyTrial) =>
  item.kind === 'event' ? await trial.add(item.event) : ({ outcome: 'rejected', reason: item.reason } as const);
