/** Handles an enriched finding by its kind: who forgets a kind is told by the compiler. */
import type { EnrichedFinding, EnrichedImageIssue, EnrichedThreat, EnrichedVulnerability } from './enriched-finding.ts';

/** One function for each kind of finding. */
export interface ByKind<T> {
  readonly vulnerability: (enriched: EnrichedVulnerability) => T;
  readonly threat: (enriched: EnrichedThreat) => T;
  readonly 'image-issue': (enriched: EnrichedImageIssue) => T;
}

export const byKind = <T>(enriched: EnrichedFinding, handle: ByKind<T>): T => {
  if (isVulnerability(enriched)) return handle.vulnerability(enriched);
  if (isThreat(enriched)) return handle.threat(enriched);
  if (isImageIssue(enriched)) return handle['image-issue'](enriched);
  const forgotten: never = enriched;
  return forgotten;
};

// TypeScript does not tell the members of a union apart by a property of a property.
const isVulnerability = (enriched: EnrichedFinding): enriched is EnrichedVulnerability =>
  enriched.finding.kind === 'vulnerability';
const isThreat = (enriched: EnrichedFinding): enriched is EnrichedThreat => enriched.finding.kind === 'threat';
const isImageIssue = (enriched: EnrichedFinding): enriched is EnrichedImageIssue =>
  enriched.finding.kind === 'image-issue';
