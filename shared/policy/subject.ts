/** What rules are matched against: a finding, seen from one of the workloads that it touches. */
import type { Tags } from '../base/tags.ts';
import { type EnrichedFinding, isEnrichedThreat } from '../enrichment/enriched-finding.ts';
import type { Workload } from '../isolation/workload.ts';
import type { Outcome } from '../priority/decision.ts';
import type { Environment, Kind } from './policy.ts';

export interface TagSource {
  /** Whose tags they are, as a possessive: `the service’s`. */
  readonly whose: string;
  readonly tags: Tags;
}

export interface Subject {
  readonly kind: Kind;
  /** Where the workload runs; of an image that nothing is known to run, where its registry is. */
  readonly account: string;
  readonly region: string;
  /** Undefined where the image is not known. */
  readonly repository?: string;
  readonly imageTags: readonly string[];
  /** The nearest first. */
  readonly tagSources: readonly TagSource[];
  readonly vulnerabilityId?: string;
  readonly relatedIds: readonly string[];
  /** Undefined where not all are known. */
  readonly packages?: readonly string[];
  readonly threatType?: string;
  /** Known once the context rules have spoken. */
  readonly environment?: Environment;
  /** Known once the finding is decided. */
  readonly decision?: Outcome;
}

/** One for each workload; one alone where no workload is known. Never empty. */
export const subjectsOf = (enriched: EnrichedFinding): readonly Subject[] => {
  const subject = subjectOf(enriched);
  const { workloads } = enriched.context;
  return workloads.known && workloads.value.length > 0
    ? workloads.value.map((workload) => seenFrom(workload, subject))
    : [subject];
};

const subjectOf = (enriched: EnrichedFinding): Subject => {
  if (isEnrichedThreat(enriched)) {
    const { finding, image } = enriched;
    return {
      kind: 'threat',
      account: finding.account,
      region: finding.region,
      ...(image.known && { repository: image.value.repository }),
      imageTags: [],
      tagSources: [{ whose: 'the resource’s', tags: finding.resourceTags }],
      relatedIds: [],
      threatType: finding.type,
    };
  }
  const { finding, repositoryTags, packages, packagesLeftOut } = enriched;
  const { account, region, repository } = finding.image.known ? finding.image.value : finding.image;
  return {
    kind: 'vulnerability',
    account,
    region,
    ...(repository !== undefined && { repository }),
    imageTags: finding.tags,
    tagSources: [
      ...(repositoryTags.known ? [{ whose: 'the repository’s', tags: repositoryTags.value }] : []),
      { whose: 'the resource’s', tags: finding.resourceTags },
    ],
    vulnerabilityId: finding.vulnerabilityId,
    relatedIds: finding.relatedIds,
    ...(packagesLeftOut === 0 && { packages: packages.map(({ name }) => name) }),
  };
};

const seenFrom = (workload: Workload, subject: Subject): Subject => {
  // `arn:aws:ecs:REGION:ACCOUNT:cluster/NAME`
  const [, , , region, account] = workload.clusterArn.split(':');
  return {
    ...subject,
    ...(region && account && { region, account }),
    tagSources: [
      { whose: workload.name.startsWith('family:') ? 'the task’s' : 'the service’s', tags: workload.tags },
      ...subject.tagSources,
    ],
  };
};
