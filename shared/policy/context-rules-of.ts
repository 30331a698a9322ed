/** Which of the policy's context rules count for a finding. */
import type { EnrichedFinding } from '../enrichment/enriched-finding.ts';
import { matches } from './matches.ts';
import type { Policy } from './policy.ts';
import { subjectsOf } from './subject.ts';

/** Ids, each once: of each workload the first rule that matches. */
export const contextRulesOf = ({ context }: Policy, enriched: EnrichedFinding): readonly string[] => [
  ...new Set(subjectsOf(enriched).flatMap((subject) => context.find(({ match }) => matches(match, subject))?.id ?? [])),
];
