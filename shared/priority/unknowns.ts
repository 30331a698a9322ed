/** What was not known when a decision was made, one clause each, with what it could make of the decision. */
import type { Known } from '../base/known.ts';
import type {
  EnrichedImageIssue,
  EnrichedThreat,
  EnrichedVulnerability,
  RuntimeContext,
} from '../enrichment/enriched-finding.ts';
import { outcomeName } from './band.ts';
import { clause } from './clause.ts';
import type { ImageIssueFacts } from './decide-image-issue.ts';
import type { ThreatFacts } from './decide-threat.ts';
import type { Outcome } from './decision.ts';
import type { Inputs } from './inputs.ts';
import type { VulnerabilityFacts } from './vulnerability-facts.ts';
import { isWorse } from './worst-outcome.ts';
import type { Opening } from './worst-possible.ts';

type OutcomeOf<Facts> = (facts: Facts) => Outcome;

export const unknownsOfVulnerability = (
  enriched: EnrichedVulnerability,
  { facts, openings }: Inputs<VulnerabilityFacts>,
  outcomeOf: OutcomeOf<VulnerabilityFacts>,
): readonly string[] => [
  ...imageUnknowns(enriched.finding.image),
  ...openings.map((opening) => openingText(opening, facts, outcomeOf)),
  ...(facts.epss === undefined ? ['no EPSS score is known'] : []),
  ...(facts.automatableEvidence === 'default' ? ['no CVSS vector is known'] : []),
  ...placeUnknowns(enriched.context),
  ...[...new Set(enriched.packages.flatMap(({ instruction }) => (instruction.known ? [] : [instruction.reason])))].map(
    (reason) => `the instruction is not known: ${clause(reason)}`,
  ),
];

export const unknownsOfThreat = (
  enriched: EnrichedThreat,
  { facts, openings }: Inputs<ThreatFacts>,
  outcomeOf: OutcomeOf<ThreatFacts>,
): readonly string[] => [
  ...imageUnknowns(enriched.image),
  ...openings.map((opening) => openingText(opening, facts, outcomeOf)),
  ...placeUnknowns(enriched.context),
  // The facts say "none" of them, because nobody looks yet.
  'other findings of the same image were not consulted',
];

export const unknownsOfImageIssue = (
  { context }: EnrichedImageIssue,
  { facts, openings }: Inputs<ImageIssueFacts>,
  outcomeOf: OutcomeOf<ImageIssueFacts>,
): readonly string[] => [
  ...openings.map((opening) => openingText(opening, facts, outcomeOf)),
  ...placeUnknowns(context),
];

const imageUnknowns = (image: Known<unknown>): readonly string[] =>
  image.known ? [] : [`the image is not known: ${clause(image.reason)}`];

const placeUnknowns = ({ workloads }: RuntimeContext): readonly string[] => {
  if (!workloads.known) return [`where it runs is not known: ${clause(workloads.reason)}`];
  if (workloads.incomplete !== undefined) return [`what else runs it is not known: ${clause(workloads.incomplete)}`];
  return workloads.value.length === 0 ? ['no workload is known to run it'] : [];
};

/** An unknown without its consequence: the same for every finding that misses the fact. */
export const missingFact = (unknown: string): string => unknown.split(CONSEQUENCE)[0] ?? unknown;

const CONSEQUENCE = ' (would be ';

/** What the missing fact alone could make of the decision at worst; nothing where it would change nothing. */
const openingText = <Facts>(opening: Opening<Facts>, facts: Facts, outcomeOf: OutcomeOf<Facts>): string => {
  const worst = outcomeOf({ ...facts, ...opening.facts });
  const consequence = isWorse(worst, outcomeOf(facts)) ? `${CONSEQUENCE}${outcomeName(worst)} if ${opening.if})` : '';
  return `${opening.missing}${consequence}`;
};
