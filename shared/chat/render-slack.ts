/** The message as an incoming webhook of Slack takes it. Foreign text can never become markup or a mention. */
import { outcomeName } from '../priority/band.ts';
import { OUTCOMES } from '../priority/decision.ts';
import { barriersText } from './barrier-text.ts';
import type { ChatFinding, ChatMessage, FailedRules } from './message.ts';
import { changesText } from './slack-changes.ts';
import { slackCode, slackList, slackPlain, slackText } from './slack-text.ts';

export interface SlackMessage {
  /** For notifications and for clients that show no blocks. */
  readonly text: string;
  readonly blocks: readonly unknown[];
}

/** Slack takes 150 characters in a header. The rest is ours: together far below 3,000 a section and 12,000 in all. */
const LENGTH = {
  header: 150,
  name: 110,
  package: 110,
  title: 200,
  seen: 200,
  platform: 40,
  change: 300,
  reason: 400,
  explain: 80,
  worst: 300,
  unknown: 300,
  rule: 40,
  ruleTitle: 100,
  place: 110,
  subject: 400,
} as const;

/** Slack's mention of everyone who is online. */
const MENTION = '<!here> ';

export const renderSlack = (message: ChatMessage): SlackMessage => {
  const mention = message.mention ? MENTION : '';
  const changes = changesText(message);
  return {
    text: `${mention}${slackText(message.title, LENGTH.header)}`,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: slackPlain(message.title, LENGTH.header), emoji: false } },
      section(`${mention}${countsText(message)}`),
      ...(changes ? [section(changes)] : []),
      ...message.findings.map((finding) => section(findingText(finding))),
      ...(message.moreCount > 0 ? [context(`and ${message.moreCount} more`)] : []),
      ...(message.rules ? [section(rulesText(message.rules))] : []),
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

const countsText = ({ counts, suppressedCount, closedCount }: ChatMessage): string =>
  [
    ...OUTCOMES.toReversed().flatMap((outcome) =>
      counts[outcome] > 0 ? [`${counts[outcome]} ${slackText(outcomeName(outcome), LENGTH.name)}`] : [],
    ),
    ...(suppressedCount > 0 ? [`${suppressedCount} suppressed`] : []),
    ...(closedCount > 0 ? [`${closedCount} no longer active`] : []),
  ].join(' · ');

const findingText = (finding: ChatFinding): string => {
  const { key, name, packages, images, platform, dueOn, instruction, change, reason, worst, sample } = finding;
  const inPackages = packages.length > 0 ? ` in ${slackList(packages, LENGTH.package)}` : '';
  const inImages = images.length > 0 ? ` in ${slackList(images, LENGTH.place)}` : '';
  const on = platform === undefined ? '' : ` · ${slackText(platform, LENGTH.platform)}`;
  const brought = instruction === undefined ? '' : ` · instruction ${instruction}`;
  const due = dueOn === undefined ? '' : ` · by ${slackText(dueOn, LENGTH.name)}`;
  return [
    `${sample ? '[sample] ' : ''}${slackCode(name, LENGTH.name)}${inPackages}${inImages}${on}${brought}${due}`,
    whatText(finding),
    slackText(reason, LENGTH.reason),
    change ? `*What to change* ${slackText(change, LENGTH.change)}` : '',
    worst ? slackText(`Could be ${outcomeName(worst.outcome)} if ${worst.if}`, LENGTH.worst) : '',
    slackCode(`sekisho explain ${key}`, LENGTH.explain),
  ]
    .filter(Boolean)
    .join('\n');
};

/** `A file holds a secret: private-key in srv/app.ini`. */
const whatText = ({ title = '', seen = '' }: ChatFinding): string =>
  [slackText(title, LENGTH.title), slackText(seen, LENGTH.seen)].filter(Boolean).join(': ');

/** `*Image* 7 rules failed (2 HIGH, 5 LOW): IMG-001 The image runs as root · … and 2 more`. */
const rulesText = ({ count, severities, named }: FailedRules): string => {
  const failed = `${count} ${count === 1 ? 'rule' : 'rules'} failed`;
  const spread = severities.map((one) => `${one.count} ${one.severity}`).join(', ');
  const rules = named.map(({ rule, title }) =>
    `${slackCode(rule, LENGTH.rule)} ${slackText(title, LENGTH.ruleTitle)}`.trimEnd(),
  );
  const more = count - named.length;
  return `*Image* ${failed}${spread && ` (${spread})`}: ${rules.join(' · ')}${more > 0 ? ` and ${more} more` : ''}`;
};

const placeText = ({ runsIn, runsInMore, remainingBarriers }: ChatMessage): string => {
  if (!runsIn) return '*Runs in* – where it runs is not known';
  if (runsIn.length === 0) return '*Runs in* – no workload is known to run it';
  return `*Runs in* ${slackList(runsIn, LENGTH.place, runsInMore)}\n*Between it and the host, by the runtime's defaults* ${barriersText(remainingBarriers)}`;
};

const unknownsText = ({ unknowns }: ChatMessage): string =>
  `*Not known* ${unknowns.map((unknown) => slackText(unknown, LENGTH.unknown)).join('; ')}`;
