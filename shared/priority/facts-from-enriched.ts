/** The deciding facts of an enriched finding. What no source has told yet stays undefined. */
import type { EnrichedThreat, EnrichedVulnerability, RuntimeContext } from '../enrichment/enriched-finding.ts';
import { breakoutClass } from './breakout-class.ts';
import type { ThreatFacts } from './decide-threat.ts';
import type { Mwi } from './decision-points.ts';
import { pointsFromVulnerability } from './points-from-vulnerability.ts';
import type { VulnerabilityFacts } from './vulnerability-facts.ts';

/** Until someone says how much depends on a workload. */
const DEFAULT_MWI: Mwi = 'medium';

export const factsFromVulnerability = ({ finding, context }: EnrichedVulnerability): VulnerabilityFacts => ({
  ...pointsFromVulnerability(finding),
  ...(finding.epss !== undefined && { epss: finding.epss }),
  mwi: DEFAULT_MWI,
  ...barriersOf(context),
  ...(isInUse(finding.inUseCount, context) && { inUse: true }),
  escape: false,
  sharedNode: false,
});

export const factsFromThreat = ({ finding, context }: EnrichedThreat): ThreatFacts => ({
  type: finding.type,
  severity: finding.severity,
  breakout: breakoutClass(finding.type),
  mwi: DEFAULT_MWI,
  count: finding.count,
  correlation: 'none',
  ...barriersOf(context),
});

const barriersOf = ({ isolation }: RuntimeContext): { readonly barriers?: number; readonly vmBoundary: boolean } => ({
  ...(isolation.total !== undefined && { barriers: isolation.total }),
  vmBoundary: isolation.vmBoundary,
});

/** An empty list is silence and not "unused": another account or runtime may pull the image. */
const isInUse = (inUseCount: number | undefined, { workloads }: RuntimeContext): boolean =>
  (inUseCount ?? 0) > 0 || (workloads.known && workloads.value.length > 0);
