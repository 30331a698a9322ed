/** `sekisho send`: events from files into a running local runtime. */
import { Command } from 'commander';
import { requestJson } from '../../shared/http/json-request.ts';
import { readEventFiles } from '../event-files.ts';
import { DEFAULT_ENDPOINT, endpointFrom } from '../local-endpoint.ts';

const EVENTS_A_REQUEST = 100;

export const sendCommand = (): Command =>
  new Command('send')
    .description('send EventBridge events from files into a running local runtime')
    .argument('<file|directory...>', 'files with one event, an array of events, or one event a line (JSON lines)')
    .option(
      '--endpoint <url>',
      'the runtime’s endpoint, as `sekisho start` prints it',
      process.env.SEKISHO_ENDPOINT ?? DEFAULT_ENDPOINT,
    )
    .addHelpText(
      'after',
      '\nExamples:\n  sekisho send finding.json --endpoint http://127.0.0.1:4700\n  sekisho send events/\n',
    )
    .action(send);

interface Answer {
  readonly accepted: boolean;
  readonly rules: readonly string[];
  readonly reason?: string;
}

const send = async (paths: readonly string[], options: { readonly endpoint: string }): Promise<void> => {
  const endpoint = endpointFrom(options.endpoint);
  const { events, problems } = await readEventFiles(paths);
  for (const { file, reason } of problems) console.error(`sekisho: ${file}: ${reason}`);
  let taken = 0;
  let ignored = 0;
  let rejected = problems.length;
  for (let at = 0; at < events.length; at += EVENTS_A_REQUEST) {
    const batch = events.slice(at, at + EVENTS_A_REQUEST);
    const answers = await put(
      endpoint,
      batch.map(({ event }) => event),
    );
    batch.forEach(({ file }, index) => {
      const answer = answers[index];
      if (answer === undefined || !answer.accepted) {
        rejected += 1;
        console.error(`sekisho: ${file}: rejected: ${answer?.reason ?? 'the runtime gave no answer for it'}`);
      } else if (answer.rules.length === 0) {
        ignored += 1;
        console.error(`sekisho: ${file}: ignored: ${answer.reason ?? 'no rule takes it'}`);
      } else taken += 1;
    });
    if (events.length > EVENTS_A_REQUEST)
      console.error(`· ${Math.min(at + EVENTS_A_REQUEST, events.length)} of ${events.length} sent`);
  }
  console.log(`${taken} taken, ${ignored} ignored, ${rejected} rejected`);
  if (taken > 0) console.log(`what became of them: ${endpoint}/_local/state`);
  if (rejected > 0) process.exitCode = 1;
};

const put = async (endpoint: string, events: readonly unknown[]): Promise<readonly Answer[]> => {
  const url = `${endpoint}/_local/events`;
  const response = await requestJson(url, { method: 'POST', body: events }).catch((cause: unknown) => {
    throw new Error(
      `nothing answers at ${endpoint}; is "sekisho start" running there? Give its address with --endpoint.`,
      { cause },
    );
  });
  if (response.status !== 200 || !Array.isArray(response.body))
    throw new Error(`${endpoint} answered ${response.status}; it is no local runtime of Sekisho.`);
  return response.body.map(answerFrom);
};

const answerFrom = (answer: unknown): Answer => {
  if (typeof answer !== 'object' || answer === null) return { accepted: false, rules: [] };
  const rules = 'rules' in answer && Array.isArray(answer.rules) ? answer.rules.map(String) : [];
  const reason = 'reason' in answer && typeof answer.reason === 'string' ? { reason: answer.reason } : {};
  return { accepted: 'accepted' in answer && answer.accepted === true, rules, ...reason };
};
