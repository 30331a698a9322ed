/** The policy before a decision: what it says about how much depends on the finding's workloads, and about due dates. */
import { type EnrichedFinding, isEnrichedThreat } from '../enrichment/enriched-finding.ts';
import { MWI } from '../priority/decision-points.ts';
import type { DecisionTerms } from '../priority/decision-terms.ts';
import { selected } from '../priority/selection.ts';
import { contextOf } from './context-of.ts';
import { type MissionAndWellBeing, missionAndWellBeing } from './mission-and-well-being.ts';
import type { Policy } from './policy.ts';
import { subjectsOf } from './subject.ts';

/** Total. Each workload has a context of its own, and the one on which most depends counts. */
export const termsOf = (policy: Policy, enriched: EnrichedFinding): DecisionTerms => {
  const { mwi, evidence, stated } = subjectsOf(enriched)
    .map((subject) => missionAndWellBeing(contextOf(policy, subject)))
    .reduce((worst, one) => (isWorse(one, worst) ? one : worst));
  const said = [evidence, ...(stated ? [] : notRead(enriched))].join('; ');
  return {
    mwi: selected(mwi, said),
    ...(policy.floor && { floor: policy.floor }),
    dueDates: policy.dueDates,
  };
};

const isWorse = (left: MissionAndWellBeing, right: MissionAndWellBeing): boolean =>
  MWI.values.indexOf(left.mwi) > MWI.values.indexOf(right.mwi);

/** The default stands where tags could not be read too: that is said, so that nobody looks for them in vain. */
const notRead = (enriched: EnrichedFinding): readonly string[] => [
  ...(enriched.context.workloads.known ? [] : ['the tags of what runs it are not known']),
  ...(isEnrichedThreat(enriched) || enriched.repositoryTags.known ? [] : ['the repository’s tags are not known']),
];
