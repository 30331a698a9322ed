/** A finding with its decision: everything that rendering needs, and nothing that must be looked up again. */
import type { EnrichedFinding } from '../enrichment/enriched-finding.ts';
import type { Decision } from './decision.ts';
import type { Handling } from './handling.ts';

export interface DecidedFinding {
  /** The shape's own version, for what reads it from a queue: what another version wrote is not guessed at. */
  readonly message: 3;
  readonly enriched: EnrichedFinding;
  readonly decision: Decision;
  /** What the policy says: who is told, who accepted it. */
  readonly handling: Handling;
  /** Orders the states of one finding; text order is age order. */
  readonly version: string;
}
