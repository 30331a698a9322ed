/** Whether a build may go on: no rule fails that is as severe as the user says, or more. */
import type { Severity } from '../rules/rule.ts';
import type { InspectedReference } from './inspected-reference.ts';
import { bySeverity, severityRank } from './severity-order.ts';

export interface GateRule {
  readonly platform: string;
  /** `IMG-001`. */
  readonly rule: string;
  readonly severity: Severity;
}

export interface GateOptions {
  /** The mildest severity that closes it. */
  readonly atLeast: Severity;
  /** Ids of rules that do not close it: somebody accepted what they say. */
  readonly ignored?: readonly string[];
}

export interface Gate {
  /** What closes it, most severe first; empty: the gate is open. */
  readonly failing: readonly GateRule[];
  /** Rules as severe that could not be answered: they do not close the gate, and they are no passes. */
  readonly unanswered: readonly GateRule[];
  /** Platforms whose layers were not read in full, and why: what was not read is not clean. */
  readonly incomplete: readonly { readonly platform: string; readonly because: string }[];
}

export const failsGate = ({ platforms }: InspectedReference, { atLeast, ignored = [] }: GateOptions): Gate => {
  const rules = platforms.flatMap(({ platform, inspection }) =>
    inspection.verdicts
      .filter(({ rule, severity }) => !ignored.includes(rule) && severityRank(severity) >= severityRank(atLeast))
      .map(({ rule, severity, verdict }) => ({ platform, rule, severity, verdict })),
  );
  const withVerdict = (wanted: 'fail' | 'unknown'): readonly GateRule[] =>
    bySeverity(rules.filter(({ verdict }) => verdict === wanted)).map(({ platform, rule, severity }) => ({
      platform,
      rule,
      severity,
    }));
  return {
    failing: withVerdict('fail'),
    unanswered: withVerdict('unknown'),
    incomplete: platforms
      .filter(({ inspection }) => !inspection.complete)
      .map(({ platform, inspection }) => ({ platform, because: inspection.incomplete ?? 'not every layer was read' })),
  };
};
