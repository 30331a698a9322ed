/** A rule is a value: what it looks for, why that matters, how to mend it, and examples that a test runs. */
import type { Digest } from '../image/digest.ts';
import type { CisRecommendation } from './cis-docker-benchmark.ts';
import type { NistClause } from './nist-sp-800-190.ts';

/** Mildest first. */
export const SEVERITIES = ['INFO', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const RULE_CLASSES = ['secret', 'privilege', 'supply-chain', 'runtime-attack', 'surface', 'hygiene'] as const;
export type RuleClass = (typeof RULE_CLASSES)[number];

/** Whose it is: the base image's, or the user's own. */
export type Origin = 'base' | 'app' | 'unknown';

/** One thing that a rule saw. */
export interface Evidence {
  /** One line for people. Never a secret, nor a character of one; what reads it redacts it once more. */
  readonly text: string;
  readonly origin: Origin;
  /** 0-based, of the reconstructed Dockerfile; absent where no instruction brought it, or none is known. */
  readonly instruction?: number;
  /** Compressed digest. */
  readonly layer?: Digest;
  /** In the image, without a leading slash. */
  readonly path?: string;
}

/** What a rule says of one subject. `severity` and `confirmed` differ from the rule's own where the case does. */
export type Verdict =
  | { readonly verdict: 'pass' }
  | {
      readonly verdict: 'fail';
      /** At least one; what matters most comes first. */
      readonly evidence: readonly [Evidence, ...Evidence[]];
      readonly severity?: Severity;
      readonly confirmed?: boolean;
    }
  /** `missing`: what would have to be known, as a clause: `the layers were not read to their end`. */
  | { readonly verdict: 'unknown'; readonly missing: string }
  /** `because`: a clause: `the image has no shell-form instructions`. */
  | { readonly verdict: 'not-applicable'; readonly because: string };

export interface Example<Subject> {
  /** What is special about it, in a few words. */
  readonly title: string;
  readonly subject: Subject;
  /** Of a bad example, where it differs from the rule's own. */
  readonly severity?: Severity;
}

export interface Rule<Subject> {
  /** `IMG-001`. Never changed nor used again: suppressions and findings hang on it. */
  readonly id: string;
  /** What is wrong where it fails: `The image runs as root`. */
  readonly title: string;
  /** Why that matters, in one or two sentences. */
  readonly rationale: string;
  /** Where a case does not say otherwise. */
  readonly severity: Severity;
  readonly class: RuleClass;
  /** False: the rule guesses. */
  readonly confirmed: boolean;
  readonly references: {
    readonly nist: readonly NistClause[];
    readonly cis: readonly CisRecommendation[];
    /** Others' names of the same check, and CVEs: `dockle CIS-DI-0001`, `hadolint DL3002`, `CVE-2024-21626`. */
    readonly others: readonly string[];
  };
  /** What to do, as one would tell a colleague. */
  readonly remediation: string;
  readonly examples: {
    readonly good: readonly [Example<Subject>, ...Example<Subject>[]];
    readonly bad: readonly [Example<Subject>, ...Example<Subject>[]];
  };
  /** Pure. One that throws counts as unknown. */
  readonly check: (subject: Subject) => Verdict;
}
