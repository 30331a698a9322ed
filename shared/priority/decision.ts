/** How urgent a finding is, and why. */
import type { Barrier } from '../isolation/barriers.ts';

/** CISA's levels, mildest first. */
export const OUTCOMES = ['track', 'track*', 'attend', 'act'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export type SeverityLabel = 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';

export interface Decision {
  readonly outcome: Outcome;
  /** 1 to 100, always inside the outcome's band. */
  readonly score: number;
  readonly label: SeverityLabel;
  /** What the published table said before our rules. */
  readonly base: Outcome;
  /** Ids of the rules that changed the decision, or matched (`T*`, `I1`, `I2`). */
  readonly rules: readonly string[];
  /** Points by factor; their sum, at most 100, is `raw`. */
  readonly factors: Readonly<Record<string, number>>;
  readonly raw: number;
  /** `vulnerability-v1+cisa-coordinator-2.0.3`: which scheme decided. */
  readonly scheme: string;
  /** One English sentence that names the deciding facts. */
  readonly reason: string;
  /** Facts that were missing, each a short sentence. */
  readonly unknowns: readonly string[];
  readonly remainingBarriers: readonly Barrier[];
  /** Days to the due date; absent: with the next rebuild. */
  readonly dueInDays?: number;
}
