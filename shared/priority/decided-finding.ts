/** A finding with its decision: everything that rendering needs, and nothing that must be looked up again. */
import type { EnrichedFinding } from '../enrichment/enriched-finding.ts';
import type { Decision } from './decision.ts';

export interface DecidedFinding {
  /** The shape's own version, for what reads it from a queue: what another version wrote is not guessed at. */
  readonly message: 2;
  readonly enriched: EnrichedFinding;
  readonly decision: Decision;
  /** Orders the states of one finding; text order is age order. */
  readonly version: string;
}
