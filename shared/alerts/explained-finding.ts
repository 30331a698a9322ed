/** A decision with everything that it was made from, as it is kept for whoever asks why: bounded, printable, without secrets. */
import type { Known } from '../base/known.ts';
import type { Finding, FindingStatus } from '../finding/finding.ts';
import type { FindingKey } from '../finding/finding-key.ts';
import type { Isolation } from '../isolation/workload.ts';
import type { Decision } from '../priority/decision.ts';
import type { Handling } from '../priority/handling.ts';
import type { FixedInstruction, FixPackage } from '../priority/recommended-fix.ts';
import type { Origin, RuleClass, Severity } from '../rules/rule.ts';

export interface ExplainedPackage extends FixPackage {
  /** The instruction that brought it, or why that is not known. */
  readonly instruction: Known<FixedInstruction>;
}

export interface ExplainedIssue {
  readonly ruleClass: RuleClass;
  readonly severity: Severity;
  /** False: the rule guesses. */
  readonly confirmed: boolean;
  /** Whose it is: the base image's, or the user's own. */
  readonly origin: Origin;
  /** `linux/arm64`. */
  readonly platform: string;
  /** Why it matters. */
  readonly rationale: string;
  /** The first. */
  readonly evidence: readonly { readonly text: string; readonly origin: Origin; readonly layer?: string }[];
  readonly evidenceLeftOut: number;
}

export interface ExplainedFinding {
  readonly key: FindingKey;
  /** Orders the states of one finding; text order is age order. */
  readonly version: string;
  /** ISO 8601 in UTC with milliseconds; absent, like all below that may be, in what an older version kept. */
  readonly decidedAt?: string;
  /** Of decision and handling. */
  readonly fingerprint?: string;
  /** The finding's ARN at its source; what names ours: `sekisho:…`. */
  readonly sourceId: string;
  readonly kind: Finding['kind'];
  /** `CVE-2024-6119`, the threat's type, or the rule, `IMG-001`. */
  readonly name: string;
  readonly title: string;
  /** At its source; what the policy says is in `handling`. */
  readonly status: FindingStatus;
  readonly sample: boolean;
  readonly subject: {
    readonly kind: 'image' | 'unknown-image' | 'workload';
    /** The image's URI, or account, Region and what the source names. */
    readonly name: string;
    readonly tags: readonly string[];
  };
  /** ISO 8601 in UTC with milliseconds. */
  readonly firstObservedAt: string;
  readonly updatedAt: string;
  readonly decision: Decision;
  readonly handling: Handling;
  /** Name of the policy that decided: `built-in`, `policy@1a2b3c4d5e6f`. */
  readonly policy?: string;
  readonly isolation: Isolation;
  /** `service:checkout on ECS Fargate`, the first that differ; unknown where the lookup failed or was denied. */
  readonly workloads: Known<readonly string[]>;
  /** How many more there are. */
  readonly workloadsLeftOut?: number;
  /** Of a rule about the image: what it is and what it saw. */
  readonly issue?: ExplainedIssue;
  /** The first; none but of a vulnerability. */
  readonly packages: readonly ExplainedPackage[];
  /** How many more there are. */
  readonly packagesLeftOut: number;
}
