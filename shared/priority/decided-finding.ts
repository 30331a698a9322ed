/** A finding with its decision: everything that rendering needs, and nothing that must be looked up again. */
import type { EnrichedFinding } from '../enrichment/enriched-finding.ts';
import type { DecidedState } from './decided-state.ts';
import type { Decision } from './decision.ts';
import type { Handling } from './handling.ts';

export interface DecidedFinding extends Required<DecidedState> {
  /** The shape's own version, for what reads it from a queue: what another version wrote is not guessed at. */
  readonly message: 5;
  /** Without tags, which nothing reads after the decision; the packages are those with their instructions. */
  readonly enriched: EnrichedFinding;
  /** Workloads that are not among those of `enriched`. */
  readonly workloadsLeftOut: number;
  readonly decision: Decision;
  /** What the policy says: who is told, who accepted it. */
  readonly handling: Handling;
  /** The policy's name: `built-in`, `policy@1a2b3c4d5e6f`. */
  readonly policy: string;
  /** Ids of the policy's context rules that count for the workloads. */
  readonly contextRules: readonly string[];
}
