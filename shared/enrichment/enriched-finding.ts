/** A finding with what the image and the place it runs in say about it. */
import type { Known } from '../base/known.ts';
import type { Tags } from '../base/tags.ts';
import type { Instruction } from '../dockerfile/instruction.ts';
import type { FindingDetails } from '../evidence/finding-details.ts';
import type { KevListing } from '../evidence/kev-list.ts';
import type { ImageIssue, Threat, Vulnerability, VulnerablePackage } from '../finding/finding.ts';
import type { ImageReference } from '../image/image-reference.ts';
import type { Isolation, Workloads } from '../isolation/workload.ts';

export interface AttributedPackage extends VulnerablePackage {
  /** The instruction that brought it, or why that is not known. */
  readonly instruction: Known<Instruction>;
}

export interface RuntimeContext {
  /** Empty: no workload runs the image now. Unknown: the lookup failed or was denied. */
  readonly workloads: Workloads;
  /** Of the weakest workload. */
  readonly isolation: Isolation;
}

/** What others know about the vulnerability. */
export interface Evidence {
  readonly kev: Known<KevListing>;
  readonly details: Known<FindingDetails>;
}

export interface EnrichedVulnerability {
  readonly finding: Vulnerability;
  readonly evidence: Evidence;
  /** Tags of the image's repository. */
  readonly repositoryTags: Known<Tags>;
  /** `linux/arm64`; unknown without a dossier. What else the dossier says is in the packages: a message must stay small. */
  readonly platform: Known<string>;
  readonly packages: readonly AttributedPackage[];
  /** Vulnerable packages of the finding beyond those kept, which are the first 100. */
  readonly packagesLeftOut: number;
  readonly context: RuntimeContext;
}

export interface EnrichedThreat {
  readonly finding: Threat;
  /** The image of the container it was seen in, by task; unknown where nothing names it. */
  readonly image: Known<ImageReference>;
  /** Tags of that image's repository. */
  readonly repositoryTags: Known<Tags>;
  readonly context: RuntimeContext;
}

export interface EnrichedImageIssue {
  readonly finding: ImageIssue;
  /** Tags of the image's repository. */
  readonly repositoryTags: Known<Tags>;
  readonly context: RuntimeContext;
}

export type EnrichedFinding = EnrichedVulnerability | EnrichedThreat | EnrichedImageIssue;
