/** The message as an incoming webhook of Slack takes it. Foreign text can never become markup or a mention. */
import { outcomeName } from '../priority/band.ts';
import { OUTCOMES } from '../priority/decision.ts';
import { barriersText } from './barrier-text.ts';
import type { ChatChange, ChatFinding, ChatMessage } from './message.ts';
import { slackCode, slackPlain, slackText } from './slack-text.ts';

export interface SlackMessage {
  /** For notifications and for clients that show no blocks. */
  readonly text: string;
  readonly blocks: readonly unknown[];
}

/** Slack takes 150 characters in a header. The rest is ours: together far below 3,000 a section and 12,000 in all. */
const LENGTH = {
  header: 150,
  instruction: 300,
  name: 110,
  package: 110,
  title: 200,
  reason: 400,
  unknown: 300,
  place: 110,
  subject: 400,
} as const;
const LISTED = 5;

/** Slack's mention of everyone who is online: only for what cannot wait. */
const MENTION = '<!here> ';

export const renderSlack = (message: ChatMessage): SlackMessage => {
  const mention = message.worst === 'act' ? MENTION : '';
  return {
    text: `${mention}${slackText(message.title, LENGTH.header)}`,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: slackPlain(message.title, LENGTH.header), emoji: false } },
      section(`${mention}${countsText(message)}`),
      ...(message.changes.length > 0 ? [section(changesText(message))] : []),
      ...message.findings.map((finding) => section(findingText(finding))),
      ...(message.moreCount > 0 ? [context(`and ${message.moreCount} more`)] : []),
      section(placeText(message)),
      ...(message.unknowns.length > 0 ? [context(unknownsText(message))] : []),
      context(slackCode(message.subject, LENGTH.subject)),
    ],
  };
};

/** `verbatim`: Slack makes no links and mentions of its own out of the text. */
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text, verbatim: true });
const section = (text: string) => ({ type: 'section', text: mrkdwn(text) });
const context = (text: string) => ({ type: 'context', elements: [mrkdwn(text)] });

const countsText = ({ counts, closedCount }: ChatMessage): string =>
  [
    ...OUTCOMES.toReversed().flatMap((outcome) =>
      counts[outcome] > 0 ? [`${counts[outcome]} ${slackText(outcomeName(outcome), LENGTH.name)}`] : [],
    ),
    ...(closedCount > 0 ? [`${closedCount} no longer active`] : []),
  ].join(' · ');

const changesText = ({ changes, vulnerabilityCount }: ChatMessage): string =>
  ['*What to change*', ...changes.map((change) => changeText(change, vulnerabilityCount))].join('\n');

const ORIGIN_TEXT = { app: '', base: ' of the base image', unknown: ' (yours or of the base image)' } as const;

const changeText = ({ position, text, origin, brings, packages }: ChatChange, all: number): string =>
  `• Instruction ${position}${ORIGIN_TEXT[origin]} ${slackCode(text, LENGTH.instruction)} brings ${brings} of ${all} ${all === 1 ? 'vulnerability' : 'vulnerabilities'}: ${packagesText(packages)}`;

const findingText = (finding: ChatFinding): string => {
  const { name, title, packages, images, dueInDays, instruction, reason, sample } = finding;
  const inPackages = packages.length > 0 ? ` in ${packagesText(packages)}` : '';
  const inImages = images.length > 0 ? ` in ${codeList(images, LENGTH.place)}` : '';
  const brought = instruction === undefined ? '' : ` · instruction ${instruction}`;
  const due = dueInDays === undefined ? '' : ` · within ${dueInDays} ${dueInDays === 1 ? 'day' : 'days'}`;
  return [
    `${sample ? '[sample] ' : ''}${slackCode(name, LENGTH.name)}${inPackages}${inImages}${brought}${due}`,
    slackText(title ?? '', LENGTH.title),
    slackText(reason, LENGTH.reason),
  ]
    .filter(Boolean)
    .join('\n');
};

const packagesText = (packages: readonly string[]): string =>
  codeList(packages, LENGTH.package) || 'packages not named';

const placeText = ({ runsIn, remainingBarriers }: ChatMessage): string => {
  if (!runsIn) return '*Runs in* – where it runs is not known';
  if (runsIn.length === 0) return '*Runs in* – no workload is known to run it';
  return `*Runs in* ${codeList(runsIn, LENGTH.place)}\n*Between it and the host, by the runtime's defaults* ${barriersText(remainingBarriers)}`;
};

const unknownsText = ({ unknowns }: ChatMessage): string =>
  `*Not known* ${unknowns.map((unknown) => slackText(unknown, LENGTH.unknown)).join('; ')}`;

const codeList = (texts: readonly string[], max: number): string => {
  const left = texts.length - LISTED;
  const codes = texts.slice(0, LISTED).map((text) => slackCode(text, max));
  return `${codes.join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
};
