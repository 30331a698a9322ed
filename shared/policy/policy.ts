/** The user's policy as the program has it: plain data, every default filled in. What it decides is in docs/policy.md. */

import type { Outcome } from '../priority/decision.ts';
import { DEFAULT_DUE_DAYS, type DecisionTerms } from '../priority/decision-terms.ts';

/** How much depends on a workload, mildest first: SSVC's mission prevalence minimal, support, essential. */
export const CRITICALITIES = ['low', 'medium', 'high'] as const;
export type Criticality = (typeof CRITICALITIES)[number];

/** SSVC's public well-being impact, mildest first. */
export const WELLBEINGS = ['minimal', 'material', 'irreversible'] as const;
export type Wellbeing = (typeof WELLBEINGS)[number];

/** Mildest first. */
export const ENVIRONMENTS = ['sandbox', 'test', 'development', 'staging', 'production'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** `image`: what our rules say of the image itself. */
export const KINDS = ['vulnerability', 'threat', 'image'] as const;
export type Kind = (typeof KINDS)[number];

/** Who can be told. */
export const DESTINATIONS = ['slack'] as const;
export type Destination = (typeof DESTINATIONS)[number];

/** All dimensions that are given must match; within one, any of its values. In patterns `*` is any run of characters. */
export interface Match {
  readonly accounts?: readonly string[];
  readonly regions?: readonly string[];
  /** Patterns. */
  readonly repositories?: readonly string[];
  /** Patterns. */
  readonly imageTags?: readonly string[];
  /** By the exact key; the values are patterns. */
  readonly resourceTags?: Readonly<Record<string, readonly string[]>>;
  readonly kinds?: readonly Kind[];
  readonly environments?: readonly Environment[];
  readonly decisions?: readonly Outcome[];
  readonly vulnerabilities?: readonly string[];
  /** Patterns; they must cover all packages of the finding. */
  readonly packages?: readonly string[];
  /** Patterns. */
  readonly threatTypes?: readonly string[];
  /** Patterns of the ids of rules about images: `IMG-055`. */
  readonly rules?: readonly string[];
}

export interface ContextRule {
  readonly id: string;
  readonly match: Match;
  readonly criticality?: Criticality;
  readonly wellbeing?: Wellbeing;
  readonly environment?: Environment;
}

export interface Route {
  readonly id: string;
  readonly match: Match;
  readonly to: readonly Destination[];
  /** The mildest decision that is told; absent: the threshold of the finding's kind. */
  readonly from?: Outcome;
}

export interface SuppressionRule {
  readonly id: string;
  readonly match: Match;
  readonly reason: string;
  readonly owner: string;
  /** The last day on which it holds, `2027-01-31`, in UTC. */
  readonly expires: string;
}

/** A public key as PEM, or the ARN of a key in KMS. */
export type SigningKey =
  | { readonly id: string; readonly publicKey: string }
  | { readonly id: string; readonly kmsKeyArn: string };

export interface Policy {
  /** Decisions carry it: `built-in`, or `policy@1a2b3c4d5e6f`, by what the file says. */
  readonly name: string;
  readonly version: 1;
  readonly defaults: {
    readonly criticality: Criticality;
    readonly wellbeing: Wellbeing;
    readonly environment: Environment;
  };
  /** The keys of the tags that are read, whatever their case. */
  readonly tags: Readonly<Record<'criticality' | 'wellbeing' | 'environment', readonly string[]>>;
  readonly context: readonly ContextRule[];
  readonly routing: readonly Route[];
  readonly thresholds: {
    readonly chat: Outcome;
    /** In the place of `chat`, of findings of the kind `image`. */
    readonly image: Outcome;
    readonly mention: Outcome;
  };
  readonly floor?: 'bod-26-04';
  readonly dueDates: DecisionTerms['dueDates'];
  readonly suppressions: readonly SuppressionRule[];
  /** Patterns of image references; none: every base image is allowed. */
  readonly bases: { readonly allowed: readonly string[] };
  /** None: signatures are not looked at. */
  readonly signing: { readonly keys: readonly SigningKey[] };
}

/** What holds where nobody wrote a policy. */
export const BUILT_IN_POLICY: Policy = {
  name: 'built-in',
  version: 1,
  defaults: { criticality: 'medium', wellbeing: 'minimal', environment: 'production' },
  tags: { criticality: ['criticality'], wellbeing: ['wellbeing'], environment: ['environment', 'env'] },
  context: [],
  routing: [],
  thresholds: { chat: 'track', image: 'attend', mention: 'act' },
  dueDates: { days: DEFAULT_DUE_DAYS },
  suppressions: [],
  bases: { allowed: [] },
  signing: { keys: [] },
};
