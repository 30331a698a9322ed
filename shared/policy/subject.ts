/** What rules are matched against: a finding, seen from one of the workloads that it touches. */
import type { Known } from '../base/known.ts';
import type { Tags } from '../base/tags.ts';
import { byKind } from '../enrichment/by-kind.ts';
import type { EnrichedFinding } from '../enrichment/enriched-finding.ts';
import type { Workload } from '../isolation/workload.ts';
import { clause } from '../priority/clause.ts';
import type { Outcome } from '../priority/decision.ts';
import type { Environment, Kind } from './policy.ts';

export interface ReadTags {
  /** Whose tags they are, as a possessive: `the service’s`. */
  readonly whose: string;
  readonly tags: Tags;
}

/** `unread`: a clause, whose tags could not be read. */
export type TagSource = ReadTags | { readonly unread: string };

export const isRead = (source: TagSource): source is ReadTags => 'tags' in source;

export interface Subject {
  readonly kind: Kind;
  /** It stands for workloads that are not known. */
  readonly isUnseen: boolean;
  /** Where the workload runs; where a threat was seen; where that is not known, the image's registry stands in. */
  readonly account: string | undefined;
  readonly region: string | undefined;
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
  /** `IMG-001`. */
  readonly rule?: string;
  /** Known once the context rules have spoken. */
  readonly environment?: Environment | undefined;
  /** Known once the finding is decided. */
  readonly decision?: Outcome;
}

/** One for each workload, and one for those that are not known. Never empty. */
export const subjectsOf = (enriched: EnrichedFinding): readonly Subject[] => {
  const subject = subjectOf(enriched);
  const { workloads } = enriched.context;
  if (!workloads.known) return [unseen(subject, 'the tags of what runs it are not known')];
  // An empty list is silence: another account or runtime may run it.
  if (workloads.value.length === 0 && workloads.incomplete === undefined)
    return [unseen(subject, 'the tags of what may run it elsewhere are not known')];
  const seen = workloads.value.map((workload) => seenFrom(workload, subject));
  if (workloads.incomplete === undefined) return seen;
  return [...seen, unseen(subject, 'the tags of what else may run it are not known')];
};

/** Only what is known of where it runs: a registry runs nothing. GuardDuty tells where it saw a threat. */
export const withoutStandIn = (subject: Subject): Subject =>
  subject.isUnseen && subject.kind !== 'threat' ? { ...subject, account: undefined, region: undefined } : subject;

const subjectOf = (enriched: EnrichedFinding): Subject => {
  const { finding, repositoryTags } = enriched;
  const common = {
    isUnseen: false,
    tagSources: [
      tagSource('the repository’s', repositoryTags),
      { whose: 'the resource’s', tags: finding.resourceTags },
    ],
  };
  return byKind<Subject>(enriched, {
    vulnerability: ({ finding: { image, tags, vulnerabilityId, relatedIds }, packages, packagesLeftOut }) => {
      const { account, region, repository } = image.known ? image.value : image;
      return {
        ...common,
        kind: 'vulnerability',
        account,
        region,
        ...(repository !== undefined && { repository }),
        imageTags: tags,
        vulnerabilityId,
        relatedIds,
        ...(packagesLeftOut === 0 && { packages: packages.map(({ name }) => name) }),
      };
    },
    threat: ({ finding: { account, region, type }, image }) => ({
      ...common,
      kind: 'threat',
      account,
      region,
      ...(image.known && { repository: image.value.repository }),
      imageTags: [],
      relatedIds: [],
      threatType: type,
    }),
    'image-issue': ({ finding: { image, tags, rule } }) => {
      const { account, region, repository } = image.value;
      return { ...common, kind: 'image', account, region, repository, imageTags: tags, relatedIds: [], rule };
    },
  });
};

const seenFrom = ({ clusterArn, name, tags }: Workload, subject: Subject): Subject => {
  // `arn:aws:ecs:REGION:ACCOUNT:cluster/NAME`
  const [, , , region, account] = clusterArn.split(':');
  const ofWorkload = tagSource(name.startsWith('service:') ? 'the service’s' : 'the workload’s', tags);
  return {
    ...subject,
    ...(region && account && { region, account }),
    tagSources: [ofWorkload, ...subject.tagSources],
  };
};

const unseen = (subject: Subject, why: string): Subject => ({
  ...subject,
  isUnseen: true,
  tagSources: [{ unread: why }, ...subject.tagSources],
});

const tagSource = (whose: string, tags: Known<Tags>): TagSource =>
  tags.known ? { whose, tags: tags.value } : { unread: `${whose} tags are not known: ${clause(tags.reason)}` };
