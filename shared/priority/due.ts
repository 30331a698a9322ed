/** By when a finding should be remedied: the policy's days from the day that made it urgent. */
import type { Timeline } from './bod-26-04.ts';
import type { Due, Outcome } from './decision.ts';
import type { DecisionTerms } from './decision-terms.ts';

const DAYS_OF_TIMELINE = {
  'fix on system upgrade': null,
  '60 days': 60,
  '14 days': 14,
  '3 days': 3,
  '3 days & forensic investigation': 3,
} as const satisfies Record<Timeline, number | null>;

export interface DueFrom {
  /** ISO 8601 in UTC. */
  readonly firstObservedAt: string;
  /** When CISA listed it, `2021-12-10`; later than the first sight it starts the clock anew. */
  readonly listedOn?: string;
  /** The directive's row; absent for threats, and where something that is not known decides it. */
  readonly bod2604?: Timeline;
}

/** The same inputs give the same date: it counts from what sources say, not from when it was decided. */
export const dueOf = (outcome: Outcome, { dueDates }: DecisionTerms, from: DueFrom): Due => {
  const followed = dueDates.follow === 'bod-26-04' ? from.bod2604 : undefined;
  const days = followed === undefined ? dueDates.days[outcome] : DAYS_OF_TIMELINE[followed];
  const unsure = dueDates.follow === 'bod-26-04' && followed === undefined;
  const whose =
    followed === undefined
      ? `the policy${unsure ? ' (the row of CISA BOD 26-04 is not known)' : ''}`
      : `CISA BOD 26-04 (${followed})`;
  if (days === null) return { because: `with the next rebuild, by ${whose}` };
  const seen = from.firstObservedAt.slice(0, 10);
  const listed = from.listedOn !== undefined && from.listedOn > seen;
  const start = listed ? from.listedOn : seen;
  return {
    on: plusDays(start, days),
    because: `${days === 1 ? '1 day' : `${days} days`} by ${whose}, from ${start}, when ${listed ? 'CISA listed it' : 'it was first observed'}`,
  };
};

const plusDays = (day: string, days: number): string => {
  const date = new Date(`${day}T00:00:00.000Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
};
