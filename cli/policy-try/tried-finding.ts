/** What one policy makes of a finding, as little of it as a comparison needs. */
import type { DecidedFinding } from '../../shared/priority/decided-finding.ts';
import type { Outcome } from '../../shared/priority/decision.ts';
import { MWI } from '../../shared/priority/decision-points.ts';

export interface TriedFinding {
  readonly decision: Outcome;
  readonly score: number;
  readonly reason: string;
  /** Rules of the scheme that changed the decision. */
  readonly rules: readonly string[];
  /** How much depends on its workloads, and who says so. */
  readonly mission: { readonly value: string; readonly evidence: string };
  /** Undefined: with the next rebuild. */
  readonly dueOn: string | undefined;
  /** Id of the suppression. */
  readonly suppressed: string | undefined;
  readonly isTold: boolean;
  readonly mentions: boolean;
  /** Id of the routing rule. */
  readonly route: string | undefined;
  /** Ids of the context rules that count for its workloads. */
  readonly context: readonly string[];
}

export const triedFinding = ({ decision, handling, contextRules }: DecidedFinding): TriedFinding => {
  const mission = decision.points.find(({ name }) => name === MWI.name);
  return {
    decision: decision.outcome,
    score: decision.score,
    reason: decision.reason,
    rules: decision.rules,
    mission: { value: mission?.taken ?? 'not known', evidence: mission?.evidence ?? '' },
    dueOn: decision.due.on,
    suppressed: handling.suppressed?.rule,
    isTold: handling.destinations.length > 0,
    mentions: handling.mention,
    route: handling.route,
    context: contextRules,
  };
};
