/** What a chat message says about one group of findings, before any product's markup: plain text, not escaped. */
import type { Unremoved } from '../alerts/group-fixes.ts';
import type { FindingKey } from '../finding/finding-key.ts';
import type { Barrier } from '../isolation/barriers.ts';
import type { Decision, Outcome } from '../priority/decision.ts';
import type { FixedInstruction } from '../priority/recommended-fix.ts';
import type { Severity } from '../rules/rule.ts';

/** One thing to change, and how much of the group that removes. */
export interface ChatChange {
  readonly kind: 'rebuild-base' | 'upgrade-packages';
  /** Absent: the base image is changed as a whole, or it is not known which instruction to change. */
  readonly instruction?: FixedInstruction;
  /** How many of the active vulnerabilities. */
  readonly removes: number;
  /** `openssl 3.0.11 → 3.0.13`. */
  readonly packages: readonly string[];
}

export interface ChatFinding {
  /** What `sekisho explain` takes. */
  readonly key: FindingKey;
  readonly outcome: Outcome;
  /** `CVE-2024-6119`, the threat's type, or the rule, `IMG-001`. */
  readonly name: string;
  /** What happened, in the source's words, or what the rule says; absent for vulnerabilities, whose reason says it. */
  readonly title?: string;
  /** The first thing that a rule about the image saw. */
  readonly seen?: string;
  /** `linux/arm64`: another platform of the same tag is another image, and has a message of its own. */
  readonly platform?: string;
  /** What the rule advises; absent for vulnerabilities, whose changes are told together. */
  readonly change?: string;
  readonly packages: readonly string[];
  /** As the workload wrote them; empty where the message's subject is the image, and where none is named. */
  readonly images: readonly string[];
  /** `2026-12-04`; absent: with the next rebuild. */
  readonly dueOn?: string;
  /** Position of the instruction that brought it. */
  readonly instruction?: number;
  readonly reason: string;
  /** What it could be at worst, and the facts that would decide it. */
  readonly worst?: NonNullable<Decision['worst']>;
  readonly sample: boolean;
}

/** What the rules say of the image itself; each rule once, for however many tags and platforms it failed. */
export interface FailedRules {
  readonly count: number;
  /** The worst first. */
  readonly severities: readonly { readonly severity: Severity; readonly count: number }[];
  /** The first, the worst first: `IMG-001`, and the rule's title. */
  readonly named: readonly { readonly rule: string; readonly title: string }[];
}

export interface ChatMessage {
  /** `Act · shop/checkout:1.4 · 12 findings`. */
  readonly title: string;
  /** Of what is told. */
  readonly worst: Outcome;
  /** Whether it calls somebody. */
  readonly mention: boolean;
  /** Where to find it: the image's URI, or account, Region and what the source names. */
  readonly subject: string;
  /** Of the active findings. */
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Accepted, at the source or by the policy: still there. */
  readonly suppressedCount: number;
  /** No longer there, by the source. */
  readonly closedCount: number;
  /** What removes most comes first. */
  readonly changes: readonly ChatChange[];
  /** Changes that are not among `changes`, and how many active vulnerabilities they remove. */
  readonly moreChanges: { readonly count: number; readonly removes: number };
  readonly unremoved: Unremoved;
  /** Of how many active vulnerabilities `removes` and `unremoved` are parts. */
  readonly vulnerabilityCount: number;
  /** The most urgent that are told, worst first; of the same outcome, what the rules say of the image last. */
  readonly findings: readonly ChatFinding[];
  /** Active findings that are not among `findings` nor `rules`. */
  readonly moreCount: number;
  /** Absent: none failed that is still active. */
  readonly rules?: FailedRules;
  /** Absent: not known. Empty: no workload is known to run it. */
  readonly runsIn?: readonly string[];
  /** Workloads that are not among `runsIn`. */
  readonly runsInMore: number;
  /** By the runtime's defaults. */
  readonly remainingBarriers: readonly Barrier[];
  /** The first facts that were missing, the worst finding's first. */
  readonly unknowns: readonly string[];
}
