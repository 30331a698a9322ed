/** The order in which the findings of a group are told. */
import { OUTCOMES } from '../priority/decision.ts';
import type { GroupedFinding } from './alert-group.ts';

/** Worst outcome, then highest score; the name and key only make the order the same every time. */
export const worstFirst = (left: GroupedFinding, right: GroupedFinding): number =>
  OUTCOMES.indexOf(right.outcome) - OUTCOMES.indexOf(left.outcome) ||
  right.score - left.score ||
  compareText(left.name, right.name) ||
  compareText(left.key, right.key);

export const newestFirst = (left: GroupedFinding, right: GroupedFinding): number =>
  compareText(right.observedAt, left.observedAt) || compareText(left.key, right.key);

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
