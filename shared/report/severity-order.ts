/** The order in which failures are told: the most severe first, and rules of one severity by their id. */
import { SEVERITIES, type Severity } from '../rules/rule.ts';

export const bySeverity = <Item extends { readonly severity: Severity; readonly rule: string }>(
  items: readonly Item[],
): readonly Item[] =>
  [...items].sort(
    (left, right) => severityRank(right.severity) - severityRank(left.severity) || (left.rule < right.rule ? -1 : 1),
  );

/** 0 for the mildest. */
export const severityRank = (severity: Severity): number => SEVERITIES.indexOf(severity);
