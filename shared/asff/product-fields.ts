/** Everything that Sekisho adds, as the finding's ProductFields: what a filter, an insight or an automation rule reads. */
import { clipText } from '../base/clip-text.ts';
import { byKind } from '../enrichment/by-kind.ts';
import type { EnrichedFinding, EnrichedVulnerability } from '../enrichment/enriched-finding.ts';
import { namedWorkloads } from '../enrichment/named-workloads.ts';
import { runtimeName, workloadText } from '../enrichment/workload-text.ts';
import type { Workload } from '../isolation/workload.ts';
import type { DecidedFinding } from '../priority/decided-finding.ts';
import type { DecidedPoint, Decision } from '../priority/decision.ts';
import type { FixedInstruction } from '../priority/recommended-fix.ts';
import { evidenceText } from './evidence-text.ts';
import { BOUNDS, LIMITS, nonEmpty } from './limits.ts';
import { requirementText } from './related-requirements.ts';

/** `packagesLeftOut`: how many packages the finding had no room for. */
export const productFields = (
  { enriched, workloadsLeftOut, decision, handling: { suppressed }, policy }: DecidedFinding,
  packagesLeftOut: number,
): Readonly<Record<string, string>> => {
  const { workloads, isolation } = enriched.context;
  const running = workloads.known ? workloads.value : [];
  const { instruction } = decision.fix;
  return textFields({
    'sekisho/decision': decision.outcome,
    'sekisho/score': String(decision.score),
    'sekisho/base': decision.base,
    'sekisho/rules': decision.rules.join(', '),
    'sekisho/factors': Object.entries(decision.factors)
      .map(([name, points]) => `${name}=${points}`)
      .join(', '),
    'sekisho/scheme': decision.scheme,
    'sekisho/policy': policy,
    'sekisho/reason': decision.reason,
    'sekisho/points': decision.points.map(pointText).join('; '),
    'sekisho/worst-possible': worstText(decision.worst),
    'sekisho/due-on': decision.due.on,
    'sekisho/due-because': decision.due.because,
    'sekisho/bod-26-04': decision.bod2604,
    'sekisho/references': decision.references
      .map((reference) => `${requirementText(reference)} ${reference.title}`)
      .join('; '),
    'sekisho/fix': decision.fix.kind,
    'sekisho/instruction': instruction && `${instruction.position}: ${instruction.text}`,
    'sekisho/instruction-origin': instruction?.origin,
    'sekisho/instruction-line': instruction?.line?.toString(),
    'sekisho/workloads': workloadsText(running, workloadsLeftOut),
    'sekisho/launch-types': listed(running.map(({ launchType, runtime }) => launchType ?? runtimeName(runtime))),
    'sekisho/isolation': isolation.class,
    'sekisho/remaining-barriers': decision.remainingBarriers.join(', '),
    'sekisho/unknowns': decision.unknowns.join('; '),
    'sekisho/source-finding': enriched.finding.sourceId,
    'sekisho/source-status': enriched.finding.status,
    'sekisho/suppressed-by': suppressed?.rule,
    'sekisho/suppressed-reason': suppressed?.reason,
    'sekisho/suppressed-owner': suppressed?.owner,
    'sekisho/suppressed-until': suppressed?.expires,
    ...fieldsOfKind(enriched, instruction),
    'sekisho/packages-left-out': packagesLeftOut > 0 ? String(packagesLeftOut) : undefined,
  });
};

/** `Exploitation=active (CISA lists it since 2021-12-10)`; with its open values where it is not known. */
const pointText = ({ name, possible, taken, evidence }: DecidedPoint): string => {
  const value = taken ?? 'unknown';
  const open = possible.length > 1 ? `, possible: ${possible.join(', ')}` : '';
  return `${name}=${value} (${evidence}${open})`;
};

/** `act if it is internet-facing`. */
const worstText = (worst: Decision['worst']): string | undefined => worst && `${worst.outcome} if ${worst.if}`;

type Fields = Readonly<Record<string, string | undefined>>;

const fieldsOfKind = (enriched: EnrichedFinding, instruction: FixedInstruction | undefined): Fields =>
  byKind<Fields>(enriched, {
    vulnerability: (vulnerability) => ({ 'sekisho/layer': instruction && layerOf(vulnerability, instruction) }),
    threat: ({ finding: { type, sample } }) => ({
      'sekisho/threat-type': type,
      'sekisho/sample': sample ? 'true' : undefined,
    }),
    'image-issue': ({ finding }) => ({
      'sekisho/rule': finding.rule,
      'sekisho/rule-class': finding.ruleClass,
      'sekisho/rule-severity': finding.severity,
      'sekisho/confirmed': String(finding.confirmed),
      'sekisho/origin': finding.origin,
      'sekisho/platform': finding.platform,
      'sekisho/evidence': evidenceText(finding, LIMITS.productFieldValue),
      'sekisho/layer': finding.evidence[0]?.layer,
    }),
  });

/** The layer that the instruction made. */
const layerOf = ({ packages }: EnrichedVulnerability, { position }: FixedInstruction): string | undefined => {
  const [made] = packages.flatMap(({ instruction }) =>
    instruction.known && instruction.value.position === position ? [instruction.value.layer?.digest] : [],
  );
  return made;
};

/** The count comes after all names, and is never cut off with the last of them. */
const workloadsText = (running: readonly Workload[], leftOut: number): string => {
  const { names, more } = namedWorkloads(running, leftOut, BOUNDS.listed, workloadText);
  const places = clipText(names.join(', '), LIMITS.productFieldValue - MORE_LENGTH);
  return `${places}${more > 0 ? ` and ${more} more` : ''}`;
};

const MORE_LENGTH = 32;

const listed = (texts: readonly string[]): string => {
  const different = [...new Set(texts)];
  const left = different.length - BOUNDS.listed;
  return [...different.slice(0, BOUNDS.listed), ...(left > 0 ? [`and ${left} more`] : [])].join(', ');
};

const textFields = (fields: Fields): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([key, text]) => {
      const value = nonEmpty(text, LIMITS.productFieldValue);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
