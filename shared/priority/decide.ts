/** How urgent an enriched finding is, and why. */
import {
  type EnrichedFinding,
  type EnrichedThreat,
  type EnrichedVulnerability,
  isEnrichedThreat,
} from '../enrichment/enriched-finding.ts';
import { BANDS } from './band.ts';
import { decideThreat, THREAT_SCHEME } from './decide-threat.ts';
import { decideVulnerability, VULNERABILITY_SCHEME } from './decide-vulnerability.ts';
import type { Decision } from './decision.ts';
import { explainThreat, explainVulnerability } from './explain.ts';
import { factsFromThreat, factsFromVulnerability } from './facts-from-enriched.ts';
import { unknownsOfThreat, unknownsOfVulnerability } from './unknowns.ts';
import type { Verdict } from './verdict.ts';

/** Pure and total: a missing context is named in `unknowns` and never holds a finding up. */
export const decide = (enriched: EnrichedFinding): Decision =>
  isEnrichedThreat(enriched) ? decideEnrichedThreat(enriched) : decideEnrichedVulnerability(enriched);

const decideEnrichedVulnerability = (enriched: EnrichedVulnerability): Decision => {
  const facts = factsFromVulnerability(enriched);
  const verdict = decideVulnerability(facts);
  return {
    ...decided(verdict),
    scheme: VULNERABILITY_SCHEME,
    reason: explainVulnerability(verdict, facts, enriched.context),
    unknowns: unknownsOfVulnerability(enriched, facts, verdict),
    remainingBarriers: enriched.context.isolation.remaining,
  };
};

const decideEnrichedThreat = (enriched: EnrichedThreat): Decision => {
  const facts = factsFromThreat(enriched);
  const verdict = decideThreat(facts);
  return {
    ...decided(verdict),
    scheme: THREAT_SCHEME,
    reason: explainThreat(verdict, facts, enriched.context),
    unknowns: unknownsOfThreat(enriched, facts),
    remainingBarriers: enriched.context.isolation.remaining,
  };
};

type Decided = Omit<Decision, 'scheme' | 'reason' | 'unknowns' | 'remainingBarriers'>;

const decided = ({ outcome, score, label, base, rules, factors, raw }: Verdict): Decided => {
  const { dueInDays } = BANDS[outcome];
  return { outcome, score, label, base, rules, factors, raw, ...(dueInDays !== undefined && { dueInDays }) };
};
