/** What a policy holds, in a line or two for people. */
import { BUILT_IN_POLICY, type Policy } from '../shared/policy/policy.ts';
import { OUTCOMES } from '../shared/priority/decision.ts';

const SOON_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

/** `policy@1a2b3c4d5e6f: 3 context rules, 1 routing rule, 2 suppressions (the next expires on 2027-01-31)`. */
export const summaryOf = ({ name, context, routing, suppressions, bases, signing }: Policy): string => {
  const [next] = suppressions.map(({ expires }) => expires).toSorted();
  const held = [
    count(context.length, 'context rule'),
    count(routing.length, 'routing rule'),
    count(suppressions.length, 'suppression') + (next === undefined ? '' : ` (the next expires on ${next})`),
    ...(bases.allowed.length > 0 ? [count(bases.allowed.length, 'allowed base')] : []),
    ...(signing.keys.length > 0 ? [count(signing.keys.length, 'signing key')] : []),
  ];
  return `${name}: ${held.join(', ')}`;
};

/** What of thresholds, floor and due dates is not as in the built-in policy; empty where all of it is. */
export const differencesOf = ({ thresholds, floor, dueDates }: Policy): readonly string[] => {
  const usual = BUILT_IN_POLICY;
  const told = (['chat', 'image', 'mention'] as const)
    .filter((what) => thresholds[what] !== usual.thresholds[what])
    .map((what) => `${what} from ${thresholds[what]} on (not ${usual.thresholds[what]})`);
  const due = OUTCOMES.toReversed()
    .filter((outcome) => dueDates.days[outcome] !== usual.dueDates.days[outcome])
    .map((outcome) => `${outcome} ${inDays(dueDates.days[outcome])} (not ${inDays(usual.dueDates.days[outcome])})`);
  const follows = dueDates.follow ? [`as ${dueDates.follow} says`] : [];
  return [
    ...told,
    ...(floor ? [`floor ${floor}`] : []),
    ...(due.length + follows.length > 0 ? [`due: ${[...due, ...follows].join(', ')}`] : []),
  ];
};

const inDays = (days: number | null): string => (days === null ? 'with the next rebuild' : `in ${count(days, 'day')}`);

/** `today`: `2026-11-20`. */
export const expiringSoon = ({ suppressions }: Policy, today: string): readonly string[] => {
  const soon = new Date(Date.parse(today) + SOON_DAYS * DAY_MS).toISOString().slice(0, 10);
  return suppressions
    .filter(({ expires }) => expires <= soon)
    .map(
      ({ id, expires, owner }) => `suppression ${id} of ${owner} expires on ${expires}: renew it, or delete it then`,
    );
};

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;
