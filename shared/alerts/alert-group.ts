/** What is said together: all findings about one image; where it is not known, about what the source names instead. */
import type { Finding, FindingStatus } from '../finding/finding.ts';
import type { FindingKey } from '../finding/finding-key.ts';
import type { ImageReference } from '../image/image-reference.ts';
import type { Barrier } from '../isolation/barriers.ts';
import type { Decision, Outcome } from '../priority/decision.ts';
import type { FixedInstruction, RecommendedFix } from '../priority/recommended-fix.ts';
import type { Severity } from '../rules/rule.ts';

export type AlertSubject =
  | { readonly kind: 'image'; readonly image: ImageReference; readonly tags: readonly string[] }
  | {
      readonly kind: 'unknown-image';
      readonly account: string;
      readonly region: string;
      /** What the source calls it, in one printable line. */
      readonly name: string;
      readonly repository?: string;
      readonly tags: readonly string[];
    }
  | { readonly kind: 'workload'; readonly account: string; readonly region: string; readonly name: string };

/** One finding as a message tells it; the newest version of it is kept in the table. An older version kept fewer members. */
export interface GroupedFinding {
  readonly group: string;
  readonly subject: AlertSubject;
  readonly key: FindingKey;
  readonly version: string;
  /** When this was decided, and the mark of what was; absent in what an older version kept. */
  readonly decidedAt?: string;
  readonly fingerprint?: string;
  /** `suppressed`: at its source, or by the user's policy. */
  readonly status: FindingStatus;
  /** Who is told, by the policy; empty: nobody. Kept by an older version: as before, when everything was told. */
  readonly destinations?: readonly string[];
  /** Whether its message calls somebody. Kept by an older version: at Act. */
  readonly mention?: boolean;
  readonly kind: Finding['kind'];
  /** `CVE-2024-6119`, the threat's type, or the rule, `IMG-001`. */
  readonly name: string;
  readonly title: string;
  /** Of a rule about the image. */
  readonly ruleSeverity?: Severity;
  /** The first thing that such a rule saw, and on which platform, `linux/arm64`; absent in what an older version kept. */
  readonly seen?: string;
  readonly platform?: string;
  readonly outcome: Outcome;
  readonly score: number;
  readonly reason: string;
  /** The first facts that were missing; absent in what an older version kept. */
  readonly unknowns?: readonly string[];
  /** The worst that the missing facts allow; absent: nothing worse, or kept by an older version. */
  readonly worst?: NonNullable<Decision['worst']>;
  /** `2026-12-04`; absent: with the next rebuild, or kept by an older version. */
  readonly dueOn?: string;
  /** Package names and versions, as `openssl 3.0.11 → 3.0.13`. */
  readonly packages: readonly string[];
  /** Images as the workload wrote them; absent where the subject is the image, and where none is named. */
  readonly images?: readonly string[];
  /** The instruction to change, as an older version kept it; now it is in `fix`. */
  readonly instruction?: FixedInstruction;
  /** What to change, and at which instruction; absent in what an older version kept. */
  readonly fix?: RecommendedFix;
  /** Whether that change reaches all packages of the finding, or others of it came another way. */
  readonly fixReachesAll?: boolean;
  /** `service:checkout on Fargate`; absent when the lookup failed. */
  readonly runsIn?: readonly string[];
  /** Workloads beside those in `runsIn`; absent: none, or kept by an older version. */
  readonly runsInMore?: number;
  readonly remainingBarriers: readonly Barrier[];
  /** ISO 8601 in UTC with milliseconds: when the source last changed it. */
  readonly observedAt: string;
  readonly sample: boolean;
}

/** What of a group a message tells, or has told. */
export interface AlertContent {
  /** Of the active findings that somebody is told of; absent when there is none. */
  readonly worst?: Outcome;
  /** Those of them that must not stay untold: at Attend or Act. */
  readonly urgent: readonly FindingKey[];
}
