/** What was not known when a decision was made, one clause each. */
import type { Known } from '../base/known.ts';
import type { EnrichedThreat, EnrichedVulnerability, RuntimeContext } from '../enrichment/enriched-finding.ts';
import { outcomeName } from './band.ts';
import { clause } from './clause.ts';
import type { ThreatFacts } from './decide-threat.ts';
import { decideVulnerability } from './decide-vulnerability.ts';
import type { Verdict } from './verdict.ts';
import type { VulnerabilityFacts } from './vulnerability-facts.ts';
import { isWorse } from './worst-outcome.ts';

export const unknownsOfVulnerability = (
  enriched: EnrichedVulnerability,
  facts: VulnerabilityFacts,
  verdict: Verdict,
): readonly string[] => [
  ...imageUnknowns(enriched.finding.image),
  ...unlessKnown(
    facts.exposure,
    `exposure is not known${couldBe(facts, verdict, { exposure: 'open' }, 'it is internet-facing')}`,
  ),
  ...unlessKnown(
    facts.barriers,
    `isolation is not known${couldBe(facts, verdict, { barriers: 0 }, 'nothing isolates it')}`,
  ),
  ...specUnknowns(enriched.context),
  ...unlessKnown(
    facts.kev,
    `CISA's catalogue of known exploited vulnerabilities was not consulted${couldBe(facts, verdict, { kev: true, exploitation: 'active' }, 'it is listed')}`,
  ),
  ...unlessKnown(facts.epss, 'no EPSS score is known'),
  ...(facts.automatableEvidence === 'default' ? ['no CVSS vector is known'] : []),
  ...placeUnknowns(enriched.context),
  ...[...new Set(enriched.packages.flatMap(({ instruction }) => (instruction.known ? [] : [instruction.reason])))].map(
    (reason) => `the instruction is not known: ${clause(reason)}`,
  ),
];

export const unknownsOfThreat = (enriched: EnrichedThreat, facts: ThreatFacts): readonly string[] => [
  ...imageUnknowns(enriched.image),
  ...unlessKnown(facts.barriers, 'isolation is not known'),
  ...specUnknowns(enriched.context),
  ...placeUnknowns(enriched.context),
  // The facts say "none" of them, because nobody looks yet.
  'other findings of the same image were not consulted',
];

const imageUnknowns = (image: Known<unknown>): readonly string[] =>
  image.known ? [] : [`the image is not known: ${clause(image.reason)}`];

const unlessKnown = (fact: unknown, text: string): readonly string[] => (fact === undefined ? [text] : []);

const placeUnknowns = ({ workloads }: RuntimeContext): readonly string[] => {
  if (!workloads.known) return [`where it runs is not known: ${clause(workloads.reason)}`];
  return workloads.value.length === 0 ? ['no workload is known to run it'] : [];
};

/** Barriers are the runtime's defaults. Behind a VM boundary what a specification takes away stays inside the VM. */
const specUnknowns = ({ workloads, isolation }: RuntimeContext): readonly string[] =>
  workloads.known && workloads.value.length > 0 && isolation.class !== 'unknown' && !isolation.vmBoundary
    ? [
        'the task definition or pod spec was not read: privileged mode, mounts and host namespaces could remove barriers',
      ]
    : [];

/** An unknown without its consequence: the same for every finding that misses the fact. */
export const missingFact = (unknown: string): string => unknown.split(CONSEQUENCE)[0] ?? unknown;

const CONSEQUENCE = ' (would be ';

/** What the missing fact could make of the decision at worst; empty when it would change nothing. */
const couldBe = (
  facts: VulnerabilityFacts,
  { outcome }: Verdict,
  worstCase: Partial<VulnerabilityFacts>,
  condition: string,
): string => {
  const worst = decideVulnerability({ ...facts, ...worstCase }).outcome;
  return isWorse(worst, outcome) ? `${CONSEQUENCE}${outcomeName(worst)} if ${condition})` : '';
};
