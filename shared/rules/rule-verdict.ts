/** What one rule said of one subject, as it is kept and shown. */
import type { Evidence, Origin, RuleClass, Severity } from './rule.ts';

export interface RuleVerdict {
  /** `IMG-001`. */
  readonly rule: string;
  readonly verdict: 'pass' | 'fail' | 'unknown' | 'not-applicable';
  /** Of the failure; of the rule itself where it did not fail. */
  readonly severity: Severity;
  readonly class: RuleClass;
  /** False: the rule guesses. */
  readonly confirmed: boolean;
  /** `app` where any evidence is the user's own, `base` where all is the base image's. */
  readonly origin: Origin;
  /** Of a failure: at least one. Otherwise empty. */
  readonly evidence: readonly Evidence[];
  /** How many more there were. */
  readonly evidenceLeftOut: number;
  /** Of `unknown`: what is missing; of `not-applicable`: why. */
  readonly because?: string;
}
