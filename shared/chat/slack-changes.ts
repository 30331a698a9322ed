/** What to change, as Slack's mrkdwn: each change with what it removes, then what none removes. */
import { instructionName } from '../priority/instruction-name.ts';
import type { ChatChange, ChatMessage } from './message.ts';
import { slackCode, slackList } from './slack-text.ts';

/** Three changes with five packages each stay below the 3,000 characters that Slack takes in a section. */
const LENGTH = { instruction: 250, package: 100 } as const;

/** Empty where the group has no active vulnerability. */
export const changesText = (message: ChatMessage): string => {
  const { changes, moreChanges, vulnerabilityCount } = message;
  const lines = [
    ...changes.map((change) => `• ${changeText(change, ofAll(change.removes, vulnerabilityCount))}`),
    ...(moreChanges.count > 0 ? [moreText(moreChanges, vulnerabilityCount)] : []),
    unremovedText(message),
  ].filter(Boolean);
  return lines.length > 0 ? ['*What to change*', ...lines].join('\n') : '';
};

const ofAll = (count: number, all: number): string =>
  `${count} of ${all} ${all === 1 ? 'vulnerability' : 'vulnerabilities'}`;

const changeText = ({ kind, instruction, packages }: ChatChange, removed: string): string => {
  const list = slackList(packages, LENGTH.package);
  if (kind === 'rebuild-base') return `Rebuild on a newer base image: removes ${removed} (${list})`;
  if (!instruction) return `Upgrade ${list}: removes ${removed}`;
  const code = slackCode(instruction.text, LENGTH.instruction);
  return `In ${instructionName(instruction)} ${code}: upgrade ${list}: removes ${removed}`;
};

const moreText = ({ count, removes }: ChatMessage['moreChanges'], all: number): string =>
  `${count} more ${count === 1 ? 'change removes' : 'changes remove'} ${ofAll(removes, all)}`;

const unremovedText = ({ unremoved: { withoutFix, severalChanges, notKnown } }: ChatMessage): string =>
  [
    ...(withoutFix > 0 ? [`${withoutFix} ${withoutFix === 1 ? 'has' : 'have'} no fixed version yet`] : []),
    ...(severalChanges > 0
      ? [`${severalChanges} ${severalChanges === 1 ? 'needs' : 'need'} more than one change, or one that is not known`]
      : []),
    ...(notKnown > 0 ? [`what removes ${notKnown} more is not known yet`] : []),
  ].join(' · ');
