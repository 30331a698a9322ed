/** Everything that Sekisho adds, as the finding's ProductFields: what a filter, an insight or an automation rule reads. */
import type { Instruction } from '../dockerfile/instruction.ts';
import { type EnrichedFinding, isEnrichedThreat } from '../enrichment/enriched-finding.ts';
import { runtimeName, workloadText } from '../enrichment/workload-text.ts';
import type { DecidedFinding } from '../priority/decided-finding.ts';
import { BOUNDS, LIMITS, nonEmpty } from './limits.ts';

/** `packagesLeftOut`: how many packages the finding had no room for. */
export const productFields = (
  { enriched, decision }: DecidedFinding,
  packagesLeftOut: number,
): Readonly<Record<string, string>> => {
  const { workloads, isolation } = enriched.context;
  const running = workloads.known ? workloads.value : [];
  const instruction = instructionOf(enriched);
  return textFields({
    'sekisho/decision': decision.outcome,
    'sekisho/score': String(decision.score),
    'sekisho/base': decision.base,
    'sekisho/rules': decision.rules.join(', '),
    'sekisho/factors': Object.entries(decision.factors)
      .map(([name, points]) => `${name}=${points}`)
      .join(', '),
    'sekisho/scheme': decision.scheme,
    'sekisho/reason': decision.reason,
    'sekisho/due-in-days': decision.dueInDays?.toString(),
    'sekisho/instruction': instruction && `${instruction.position}: ${instruction.text}`,
    'sekisho/instruction-origin': instruction?.origin,
    'sekisho/layer': instruction?.layer?.digest,
    'sekisho/workloads': listed(running.map(workloadText)),
    'sekisho/launch-types': listed(running.map(({ launchType, runtime }) => launchType ?? runtimeName(runtime))),
    'sekisho/isolation': isolation.class,
    'sekisho/remaining-barriers': decision.remainingBarriers.join(', '),
    'sekisho/unknowns': decision.unknowns.join('; '),
    'sekisho/source-finding': enriched.finding.sourceId,
    'sekisho/source-status': enriched.finding.status,
    'sekisho/threat-type': isEnrichedThreat(enriched) ? enriched.finding.type : undefined,
    'sekisho/sample': isEnrichedThreat(enriched) && enriched.finding.sample ? 'true' : undefined,
    'sekisho/packages-left-out': packagesLeftOut > 0 ? String(packagesLeftOut) : undefined,
  });
};

/** The first instruction that is known to have brought a package. */
const instructionOf = (enriched: EnrichedFinding): Instruction | undefined =>
  isEnrichedThreat(enriched)
    ? undefined
    : enriched.packages.flatMap(({ instruction }) => (instruction.known ? [instruction.value] : []))[0];

const listed = (texts: readonly string[]): string => {
  const different = [...new Set(texts)];
  const left = different.length - BOUNDS.listed;
  return [...different.slice(0, BOUNDS.listed), ...(left > 0 ? [`and ${left} more`] : [])].join(', ');
};

const textFields = (fields: Readonly<Record<string, string | undefined>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(fields).flatMap(([key, text]) => {
      const value = nonEmpty(text, LIMITS.productFieldValue);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
