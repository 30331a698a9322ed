/** What a group's findings ask to be told, and whether that is news to who was told before. */
import { isWorse, worstOutcome } from '../priority/worst-outcome.ts';
import type { AlertContent, GroupedFinding } from './alert-group.ts';
import { isTold } from './told.ts';

/** Kept with the alert: more than these of one image are one message in any case. */
const URGENT_KEPT = 500;

export const alertContent = (
  findings: readonly Pick<GroupedFinding, 'key' | 'status' | 'outcome' | 'destinations'>[],
): AlertContent => {
  const told = findings.filter(isTold);
  const worst = worstOutcome(told.map(({ outcome }) => outcome));
  const urgent = told.flatMap(({ key, outcome }) => (isWorse(outcome, 'track*') ? [key] : []));
  return { ...(worst !== undefined && { worst }), urgent: urgent.toSorted().slice(0, URGENT_KEPT) };
};

/** A worse outcome, or an urgent finding that was not told. */
export const isNews = (content: AlertContent, said: AlertContent | undefined): boolean =>
  (content.worst !== undefined && isWorse(content.worst, said?.worst)) ||
  content.urgent.some((key) => !said?.urgent.includes(key));
