/** What a chat message says about one group of findings, before any product's markup: plain text, not escaped. */
import type { Barrier } from '../isolation/barriers.ts';
import type { Outcome } from '../priority/decision.ts';

/** One instruction to change, and how much of the group that would remove. */
export interface ChatChange {
  readonly position: number;
  readonly text: string;
  readonly origin: 'base' | 'app' | 'unknown';
  /** How many of the active vulnerabilities it brings. */
  readonly brings: number;
  /** `openssl 3.0.11 → 3.0.13`. */
  readonly packages: readonly string[];
}

export interface ChatFinding {
  readonly outcome: Outcome;
  /** `CVE-2024-6119`, or the threat's type. */
  readonly name: string;
  /** What happened, in the source's words; absent for vulnerabilities, whose reason says it. */
  readonly title?: string;
  readonly packages: readonly string[];
  /** As the workload wrote them; empty where the message's subject is the image, and where none is named. */
  readonly images: readonly string[];
  /** Only at Act and Attend: the rest can wait for the next rebuild. */
  readonly dueInDays?: number;
  /** Position of the instruction that brought it. */
  readonly instruction?: number;
  readonly reason: string;
  readonly sample: boolean;
}

export interface ChatMessage {
  /** `Act · shop/checkout:1.4 · 12 findings`. */
  readonly title: string;
  readonly worst: Outcome;
  /** Where to find it: the image's URI, or account, Region and what the source names. */
  readonly subject: string;
  /** Of the active findings. */
  readonly counts: Readonly<Record<Outcome, number>>;
  /** No longer active, at the source or by suppression. */
  readonly closedCount: number;
  /** Most findings first. */
  readonly changes: readonly ChatChange[];
  /** Of how many active vulnerabilities `brings` is a part. */
  readonly vulnerabilityCount: number;
  /** The most urgent, worst first. */
  readonly findings: readonly ChatFinding[];
  /** Active findings that are not among `findings`. */
  readonly moreCount: number;
  /** Absent: not known. Empty: no workload is known to run it. */
  readonly runsIn?: readonly string[];
  /** By the runtime's defaults. */
  readonly remainingBarriers: readonly Barrier[];
  /** The first facts that were missing, the worst finding's first. */
  readonly unknowns: readonly string[];
}
