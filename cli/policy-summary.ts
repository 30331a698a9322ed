/** What a policy holds, in a line or two for people. */
import type { Policy } from '../shared/policy/policy.ts';

const SOON_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

/** `3 context rules, 1 routing rule, 2 suppressions (the next expires on 2027-01-31)`. */
export const summaryOf = ({ context, routing, suppressions, bases, signing }: Policy): string => {
  const [next] = suppressions.map(({ expires }) => expires).toSorted();
  return [
    count(context.length, 'context rule'),
    count(routing.length, 'routing rule'),
    count(suppressions.length, 'suppression') + (next === undefined ? '' : ` (the next expires on ${next})`),
    ...(bases.allowed.length > 0 ? [count(bases.allowed.length, 'allowed base')] : []),
    ...(signing.keys.length > 0 ? [count(signing.keys.length, 'signing key')] : []),
  ].join(', ');
};

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
