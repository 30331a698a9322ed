/** What a source says is wrong: a vulnerable package in an image, a threat seen at run time, or what a rule of ours saw in an image. */
import type { Tags } from '../base/tags.ts';
import type { Digest } from '../image/digest.ts';
import type { ImageReference } from '../image/image-reference.ts';
import type { CisRecommendation } from '../rules/cis-docker-benchmark.ts';
import type { NistClause } from '../rules/nist-sp-800-190.ts';
import type { Evidence, Origin, RuleClass, Severity } from '../rules/rule.ts';
import type { FindingKey } from './finding-key.ts';

export type FindingStatus = 'active' | 'suppressed' | 'closed';

export interface VulnerablePackage {
  readonly name: string;
  /** Without epoch and release, which packages of an operating system have beside it. */
  readonly version: string;
  readonly epoch?: number;
  readonly release?: string;
  readonly packageManager?: string;
  readonly filePath?: string;
  /** Absent when no fix is known; Inspector's literal "NotAvailable" is read as absent. */
  readonly fixedInVersion?: string;
  /** How to update it, in Inspector's words. */
  readonly remediation?: string;
  /** The compressed digest of the layer that brought it (or its diff id); absent when the scanner does not say. */
  readonly layer?: Digest;
}

export interface Cvss {
  readonly version: string;
  readonly score: number;
  /** Without the vector the score stands alone. */
  readonly vector?: string;
  readonly source?: string;
}

export type VulnerabilitySeverity = 'INFORMATIONAL' | 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL' | 'UNTRIAGED';

/** An image that a finding is about and does not identify, with what the source says of it. */
export interface UnknownImage {
  readonly known: false;
  readonly reason: string;
  /** The resource's id as the source gave it, usually an ARN: text from a stranger, of any length, never blank. */
  readonly resourceId: string;
  readonly partition: string;
  /** 12 digits: of the registry; where the repository is not known, of the finding. */
  readonly account: string;
  readonly region: string;
  readonly repository?: string;
}

export type ScannedImage = { readonly known: true; readonly value: ImageReference } | UnknownImage;

export interface Vulnerability {
  readonly kind: 'vulnerability';
  readonly key: FindingKey;
  readonly source: 'inspector2';
  /** The finding's ARN. */
  readonly sourceId: string;
  readonly image: ScannedImage;
  readonly tags: readonly string[];
  readonly status: FindingStatus;
  readonly title: string;
  readonly description: string;
  /** `CVE-…`, or the vendor's id. */
  readonly vulnerabilityId: string;
  /** Other ids of the same vulnerability, CVEs behind a vendor's id for example. */
  readonly relatedIds: readonly string[];
  readonly sourceUrl?: string;
  readonly severity: VulnerabilitySeverity;
  readonly packages: readonly VulnerablePackage[];
  /** Best first: Inspector's adjusted one, then the sources' in the order given. Empty when none is known. */
  readonly cvss: readonly Cvss[];
  readonly exploitAvailable?: boolean;
  readonly lastKnownExploitAt?: string;
  /** Probability 0..1. */
  readonly epss?: number;
  readonly fixAvailable?: 'YES' | 'NO' | 'PARTIAL';
  readonly remediation?: string;
  /** Inspector's in-use count; its silence is unknown, not zero. */
  readonly inUseCount?: number;
  /** Tags of the resource that the finding names; empty where the source gives none. */
  readonly resourceTags: Tags;
  /** ISO 8601 in UTC with milliseconds, so that text order is time order. */
  readonly firstObservedAt: string;
  readonly lastObservedAt: string;
  /** When the source last changed it; orders the events of one finding. Same form. */
  readonly updatedAt: string;
}

export interface ThreatContainer {
  readonly name?: string;
  /** The image as the workload wrote it: attacker-controlled text, often a tag. */
  readonly image?: string;
  readonly privileged?: boolean;
}

export interface Threat {
  readonly kind: 'threat';
  readonly key: FindingKey;
  readonly source: 'guardduty';
  /** The finding's ARN. */
  readonly sourceId: string;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
  readonly status: FindingStatus;
  /** `Execution:Runtime/NewBinaryExecuted`, `AttackSequence:ECS/CompromisedCluster`, … */
  readonly type: string;
  readonly title: string;
  readonly description: string;
  /** 1.0 to 10.0. */
  readonly severity: number;
  readonly count: number;
  /** GuardDuty's generated sample findings. */
  readonly sample: boolean;
  readonly resourceType: string;
  readonly cluster?: { readonly kind: 'ecs' | 'eks'; readonly name: string; readonly arn?: string };
  readonly task?: { readonly arn: string; readonly definitionArn?: string; readonly launchType?: string };
  readonly workload?: { readonly type: string; readonly name: string; readonly namespace?: string };
  readonly containers: readonly ThreatContainer[];
  readonly instanceId?: string;
  /** Tags of the cluster, task or instance that the finding names; empty where the source gives none. */
  readonly resourceTags: Tags;
  readonly firstObservedAt: string;
  readonly lastObservedAt: string;
  readonly updatedAt: string;
}

/** What one of our own rules says of an image: one for a rule, a repository, a tag and a platform, whatever digest has it. */
export interface ImageIssue {
  readonly kind: 'image-issue';
  readonly key: FindingKey;
  readonly source: 'sekisho';
  /** `sekisho:<registry>/<repository>:<tag>:<platform>:IMG-001`. */
  readonly sourceId: string;
  /** The digest that has it now. */
  readonly image: { readonly known: true; readonly value: ImageReference };
  /** One; none where the image was pushed by digest. */
  readonly tags: readonly string[];
  readonly platform: string;
  readonly status: FindingStatus;
  /** `IMG-001`. */
  readonly rule: string;
  readonly ruleClass: RuleClass;
  readonly severity: Severity;
  /** False: the rule guesses. */
  readonly confirmed: boolean;
  /** Whose it is: the base image's, or the user's own. */
  readonly origin: Origin;
  /** The rule's title. */
  readonly title: string;
  /** Its rationale. */
  readonly description: string;
  readonly remediation: string;
  /** What the rule saw, what matters most first; a few. */
  readonly evidence: readonly Evidence[];
  readonly evidenceLeftOut: number;
  /** The instruction of the first evidence, redacted; absent: not known. */
  readonly instruction?: {
    readonly position: number;
    readonly text: string;
    readonly origin: Origin;
    readonly line?: number;
  };
  readonly nist: readonly NistClause[];
  readonly cis: readonly CisRecommendation[];
  readonly resourceTags: Tags;
  /** ISO 8601 in UTC with milliseconds: of the first digest of the tag that had it. */
  readonly firstObservedAt: string;
  readonly lastObservedAt: string;
  /** Rises with every push of the tag, and with every new inspection of it. */
  readonly updatedAt: string;
}

export type Finding = Vulnerability | Threat | ImageIssue;
