/** The result of a run as text for a terminal. */
import type { Runtime } from '../local/runtime.ts';
import { outcomeName } from '../shared/priority/band.ts';
import { OUTCOMES } from '../shared/priority/decision.ts';
import type { DeadLetter, ResultFinding, RunResult } from './fetch-result.ts';
import { slackText } from './slack-text.ts';

const WIDTH = 100;
const rule = (title: string): string => `\n── ${title} ${'─'.repeat(Math.max(0, WIDTH - title.length - 4))}`;

export const renderResult = ({ findings, messages, deadLetters, denied }: RunResult): string => {
  const isTold =
    messages.length + deadLetters.length + denied.length > 0 || findings.every(({ state }) => state === 'ARCHIVED');
  return [
    rule(`Chat: ${messages.length} ${messages.length === 1 ? 'message' : 'messages'}`),
    ...(isTold ? [] : ['(the policy tells nobody of what there is)']),
    ...messages.map((body) => `${slackText(body)}\n`),
    rule(`Security Hub: ${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}`),
    ...findings.flatMap(findingLines),
    ...denied.map(
      (call) => `AccessDenied: the role of ${call.function} does not allow ${call.action} on ${call.resource}.`,
    ),
    ...deadLetters.map(deadLetterText),
  ].join('\n');
};

const findingLines = (finding: ResultFinding): readonly string[] => [
  [
    `${finding.decision.toUpperCase()} ${finding.score}`,
    finding.severity,
    finding.title,
    ...(finding.state === 'ARCHIVED' ? ['archived'] : finding.dueOn === undefined ? [] : [`by ${finding.dueOn}`]),
  ].join(' · '),
  ...wrapped(`why  ${finding.reason}`),
  ...(finding.worstPossible === undefined ? [] : wrapped(`but  could be ${asRead(finding.worstPossible)}`)),
  ...wrapped(`fix  ${finding.remediation}`),
  '',
];

/** `act if …` of a finding's field, as people read it. */
const asRead = (worst: string): string => {
  const outcome = OUTCOMES.find((one) => worst.startsWith(`${one} `));
  return outcome === undefined ? worst : outcomeName(outcome) + worst.slice(outcome.length);
};

const deadLetterText = ({ queue, code, reason }: DeadLetter): string =>
  `dead letter in ${queue}: ${code === undefined ? 'given up after its tries' : [code, reason].filter(Boolean).join(': ')}`;

export const renderHints = ({ endpoint, registry, region, account }: Runtime): string =>
  [
    rule('Running'),
    `AWS endpoint   ${endpoint}   (any SDK or CLI, any credentials; Region ${region}, account ${account})`,
    `registry       ${registry}   (any OCI client)`,
    '',
    'Push an image of your own:',
    `  skopeo copy docker-archive:image.tar docker://${registry}/my/app:1.0 --dest-tls-verify=false`,
    `  docker tag my/app:1.0 ${registry}/my/app:1.0 && docker push ${registry}/my/app:1.0`,
    'Send an event of your own:',
    `  npx sekisho send event.json --endpoint ${endpoint}`,
    'Look at what happened; when it says idle, move the clock to what is due:',
    `  curl ${endpoint}/_local/state`,
    `  curl ${endpoint}/_local/clock -d '{"advance": 60}'`,
    '  Chat messages appear here.',
    '',
    'Ctrl-C ends it.',
  ].join('\n');

/** Words that are longer than a line stay whole. */
const wrapped = (text: string): readonly string[] => {
  const lines: string[] = [];
  let line = '    ';
  for (const word of text.split(' ')) {
    if (line.length + word.length + 1 > WIDTH && line.trim() !== '') {
      lines.push(line);
      line = '         ';
    }
    line += line.trim() === '' ? word : ` ${word}`;
  }
  return [...lines, line];
};
