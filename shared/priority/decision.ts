/** How urgent a finding is, and why. */
import type { Barrier } from '../isolation/barriers.ts';
import type { RecommendedFix } from './recommended-fix.ts';
import type { Reference } from './reference.ts';
import type { Selection } from './selection.ts';

/** CISA's levels, mildest first. */
export const OUTCOMES = ['track', 'track*', 'attend', 'act'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export type SeverityLabel = 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL';

/** A decision point or another fact that went in, with what was known of it. */
export interface DecidedPoint extends Selection {
  /** `Exploitation`, `System Exposure`, `Isolation`, … */
  readonly name: string;
}

/** When it should be remedied. */
export interface Due {
  /** `2026-12-04`; absent: with the next rebuild. */
  readonly on?: string;
  /** One clause: whose days they are, and from when they count. */
  readonly because: string;
}

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
  /** Everything that went in, with its evidence: the same points give the same decision. */
  readonly points: readonly DecidedPoint[];
  /** The worst outcome that what is not known still allows; absent when none is worse. `if`: the facts that would decide it. */
  readonly worst?: { readonly outcome: Outcome; readonly if: string };
  readonly remainingBarriers: readonly Barrier[];
  readonly due: Due;
  /** What CISA's directive BOD 26-04 would ask of a federal agency: a reference; of vulnerabilities alone. */
  readonly bod2604?: string;
  readonly references: readonly Reference[];
  readonly fix: RecommendedFix;
}
