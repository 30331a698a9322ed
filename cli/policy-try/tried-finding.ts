/** What one policy makes of a finding, as little of it as a comparison needs. */
import type { EnrichedFinding } from '../../shared/enrichment/enriched-finding.ts';
import { matches } from '../../shared/policy/matches.ts';
import type { Policy } from '../../shared/policy/policy.ts';
import { subjectsOf } from '../../shared/policy/subject.ts';
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

export const triedFinding = ({ enriched, decision, handling }: DecidedFinding, policy: Policy): TriedFinding => {
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
    context: contextRulesOf(enriched, policy),
  };
};

/** Of each workload the first rule that matches, as it is when the finding is decided. */
const contextRulesOf = (enriched: EnrichedFinding, { context }: Policy): readonly string[] => [
  ...new Set(subjectsOf(enriched).flatMap((subject) => context.find(({ match }) => matches(match, subject))?.id ?? [])),
];
