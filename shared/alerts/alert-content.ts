/** What a group's findings ask to be told, and whether that is news to who was told before. */
import type { FindingStatus } from '../finding/finding.ts';
import type { FindingKey } from '../finding/finding-key.ts';
import type { Outcome } from '../priority/decision.ts';
import { isWorse, worstOutcome } from '../priority/worst-outcome.ts';
import type { AlertContent } from './alert-group.ts';

/** Kept with the alert: more than these of one image are one message in any case. */
const URGENT_KEPT = 500;

export const alertContent = (
  findings: readonly { readonly key: FindingKey; readonly status: FindingStatus; readonly outcome: Outcome }[],
): AlertContent => {
  const active = findings.filter(({ status }) => status === 'active');
  const worst = worstOutcome(active.map(({ outcome }) => outcome));
  const urgent = active.flatMap(({ key, outcome }) => (isWorse(outcome, 'track*') ? [key] : []));
  return { ...(worst !== undefined && { worst }), urgent: urgent.toSorted().slice(0, URGENT_KEPT) };
};

/** A worse outcome, or an urgent finding that was not told. */
export const isNews = (content: AlertContent, said: AlertContent | undefined): boolean =>
  (content.worst !== undefined && isWorse(content.worst, said?.worst)) ||
  content.urgent.some((key) => !said?.urgent.includes(key));
