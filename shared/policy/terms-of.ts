/** The policy before a decision: what it says about how much depends on the finding's workloads, and about due dates. */
import type { EnrichedFinding } from '../enrichment/enriched-finding.ts';
import { MWI, type Mwi } from '../priority/decision-points.ts';
import type { DecisionTerms } from '../priority/decision-terms.ts';
import { type Selection, selected } from '../priority/selection.ts';
import { contextOf } from './context-of.ts';
import { type MissionAndWellBeing, missionAndWellBeing } from './mission-and-well-being.ts';
import { notUnderstoodClauses } from './not-understood.ts';
import type { Policy } from './policy.ts';
import { subjectsOf } from './subject.ts';

/** Total. Each workload has a context of its own. */
export const termsOf = (policy: Policy, enriched: EnrichedFinding): DecisionTerms => ({
  mwi: highestOf(subjectsOf(enriched).map((subject) => missionAndWellBeing(contextOf(policy, subject)))),
  ...(policy.floor && { floor: policy.floor }),
  dueDates: policy.dueDates,
});

/** The workload on which most depends counts. More may depend on each of which not everything is known. */
const highestOf = (workloads: readonly MissionAndWellBeing[]): Selection<Mwi> => {
  const highest = workloads.reduce((worst, one) => (order(one) > order(worst) ? one : worst));
  const possible = MWI.values.slice(order(highest));
  const doubts = possible.length === 1 ? [highest.doubts] : workloads.map((one) => one.doubts);
  const unread = new Set(doubts.flatMap((one) => one.unread));
  const tags = doubts.flatMap((one) => one.notUnderstood);
  const evidence = [highest.evidence, ...notUnderstoodClauses([...highest.notUnderstood, ...tags]), ...unread].join(
    '; ',
  );
  return possible.length === 1 || (unread.size === 0 && tags.length === 0)
    ? selected(highest.mwi, evidence)
    : { possible, taken: highest.mwi, evidence };
};

const order = ({ mwi }: MissionAndWellBeing): number => MWI.values.indexOf(mwi);
