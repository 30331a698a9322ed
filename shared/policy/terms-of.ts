/** The policy before a decision: what it says about how much depends on the finding's workloads, and about due dates. */
import type { EnrichedFinding } from '../enrichment/enriched-finding.ts';
import { MWI, type Mwi } from '../priority/decision-points.ts';
import type { DecisionTerms } from '../priority/decision-terms.ts';
import type { Selection } from '../priority/selection.ts';
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

/** The workload on which most depends counts, as it does in what is possible. */
const highestOf = (workloads: readonly MissionAndWellBeing[]): Selection<Mwi> => {
  const highest = workloads.reduce((worst, one) => (order(one) > order(worst) ? one : worst));
  const least = Math.max(...workloads.map(({ range }) => MWI.values.indexOf(range[0])));
  const most = Math.max(...workloads.map(({ range }) => MWI.values.indexOf(range[1])));
  const possible = MWI.values.slice(least, most + 1);
  const open = possible.length === 1 ? [highest] : [highest, ...workloads];
  const evidence = [
    highest.evidence,
    ...notUnderstoodClauses(open.flatMap(({ notUnderstood }) => notUnderstood)),
    ...new Set(open.flatMap(({ unread }) => unread)),
  ].join('; ');
  return { possible, taken: highest.mwi, evidence };
};

/** Of workloads on which as much depends, the one of which it is the more certain. */
const order = ({ mwi, range }: MissionAndWellBeing): number =>
  MWI.values.length * MWI.values.indexOf(mwi) + MWI.values.indexOf(range[0]);
