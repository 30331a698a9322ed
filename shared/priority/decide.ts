/** How urgent an enriched finding is, and why. */
import { byKind } from '../enrichment/by-kind.ts';
import type {
  EnrichedFinding,
  EnrichedImageIssue,
  EnrichedThreat,
  EnrichedVulnerability,
} from '../enrichment/enriched-finding.ts';
import { decideImageIssue, IMAGE_ISSUE_SCHEME, type ImageIssueFacts } from './decide-image-issue.ts';
import type { ThreatFacts } from './decide-threat.ts';
import { decideThreat, THREAT_SCHEME } from './decide-threat.ts';
import { decideVulnerability, VULNERABILITY_SCHEME } from './decide-vulnerability.ts';
import type { Decision, Outcome } from './decision.ts';
import type { DecisionTerms } from './decision-terms.ts';
import { dueOf } from './due.ts';
import { explainThreat, explainVulnerability } from './explain.ts';
import { explainImageIssue } from './explain-image-issue.ts';
import { listedOn } from './exploitation-point.ts';
import { inputsOfImageIssue } from './inputs-of-image-issue.ts';
import { inputsOfThreat } from './inputs-of-threat.ts';
import { inputsOfVulnerability } from './inputs-of-vulnerability.ts';
import { recommendFix } from './recommend-fix.ts';
import { referencesOfImageIssue, referencesOfThreat, referencesOfVulnerability } from './references-of.ts';
import { unknownsOfImageIssue, unknownsOfThreat, unknownsOfVulnerability } from './unknowns.ts';
import type { Verdict } from './verdict.ts';
import type { VulnerabilityFacts } from './vulnerability-facts.ts';
import { sureTimeline } from './vulnerability-rules.ts';
import { worstPossible } from './worst-possible.ts';

/**
 * Pure and total: a missing context is named in `unknowns` and never holds a finding up.
 * `terms`: what the user's policy says about the finding's image and workloads.
 */
export const decide = (enriched: EnrichedFinding, terms: DecisionTerms): Decision =>
  byKind(enriched, {
    vulnerability: (vulnerability) => decideEnrichedVulnerability(vulnerability, terms),
    threat: (threat) => decideEnrichedThreat(threat, terms),
    'image-issue': (issue) => decideEnrichedImageIssue(issue, terms),
  });

const outcomeOfVulnerability = (facts: VulnerabilityFacts): Outcome => decideVulnerability(facts).outcome;
const outcomeOfThreat = (facts: ThreatFacts): Outcome => decideThreat(facts).outcome;
const outcomeOfImageIssue = (facts: ImageIssueFacts): Outcome => decideImageIssue(facts).outcome;

const decideEnrichedVulnerability = (enriched: EnrichedVulnerability, terms: DecisionTerms): Decision => {
  const { finding, context, evidence } = enriched;
  const inputs = inputsOfVulnerability(enriched, terms);
  const { facts, points, openings } = inputs;
  const verdict = decideVulnerability(facts);
  const listed = listedOn(evidence);
  const timeline = sureTimeline(facts);
  const due = dueOf(verdict.outcome, terms, {
    firstObservedAt: finding.firstObservedAt,
    ...(listed !== undefined && { listedOn: listed }),
    ...(timeline && { bod2604: timeline }),
  });
  return {
    ...decided(verdict),
    ...worstOf(worstPossible(facts, openings, outcomeOfVulnerability)),
    scheme: VULNERABILITY_SCHEME,
    reason: explainVulnerability(verdict, facts, points, context),
    unknowns: unknownsOfVulnerability(enriched, inputs, outcomeOfVulnerability),
    points,
    remainingBarriers: context.isolation.remaining,
    due,
    bod2604: verdict.bod2604,
    references: referencesOfVulnerability(enriched),
    fix: recommendFix(enriched),
  };
};

const decideEnrichedThreat = (enriched: EnrichedThreat, terms: DecisionTerms): Decision => {
  const { finding, context } = enriched;
  const inputs = inputsOfThreat(enriched, terms);
  const { facts, points, openings } = inputs;
  const verdict = decideThreat(facts);
  return {
    ...decided(verdict),
    ...worstOf(worstPossible(facts, openings, outcomeOfThreat)),
    scheme: THREAT_SCHEME,
    reason: explainThreat(verdict, facts, context),
    unknowns: unknownsOfThreat(enriched, inputs, outcomeOfThreat),
    points,
    remainingBarriers: context.isolation.remaining,
    due: dueOf(verdict.outcome, terms, { firstObservedAt: finding.firstObservedAt }),
    references: referencesOfThreat(enriched),
    fix: recommendFix(enriched),
  };
};

const decideEnrichedImageIssue = (enriched: EnrichedImageIssue, terms: DecisionTerms): Decision => {
  const { finding, context } = enriched;
  const inputs = inputsOfImageIssue(enriched, terms);
  const { facts, points, openings } = inputs;
  const verdict = decideImageIssue(facts);
  return {
    ...decided(verdict),
    ...worstOf(worstPossible(facts, openings, outcomeOfImageIssue)),
    scheme: IMAGE_ISSUE_SCHEME,
    reason: explainImageIssue(verdict, facts, enriched),
    unknowns: unknownsOfImageIssue(enriched, inputs, outcomeOfImageIssue),
    points,
    remainingBarriers: context.isolation.remaining,
    due: dueOf(verdict.outcome, terms, { firstObservedAt: finding.firstObservedAt }),
    references: referencesOfImageIssue(enriched),
    fix: recommendFix(enriched),
  };
};

const worstOf = (worst: Decision['worst']): Pick<Decision, 'worst'> => (worst ? { worst } : {});

type Decided = Pick<Decision, 'outcome' | 'score' | 'label' | 'base' | 'rules' | 'factors' | 'raw'>;

const decided = ({ outcome, score, label, base, rules, factors, raw }: Verdict): Decided => ({
  outcome,
  score,
  label,
  base,
  rules,
  factors,
  raw,
});
