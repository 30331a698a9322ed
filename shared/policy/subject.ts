/** What rules are matched against: a finding, seen from one of the workloads that it touches. */
import type { Known } from '../base/known.ts';
import type { Tags } from '../base/tags.ts';
import { type EnrichedFinding, isEnrichedThreat } from '../enrichment/enriched-finding.ts';
import type { Workload } from '../isolation/workload.ts';
import { clause } from '../priority/clause.ts';
import type { Outcome } from '../priority/decision.ts';
import type { Environment, Kind } from './policy.ts';

export interface TagSource {
  /** Whose tags they are, as a possessive: `the service’s`. */
  readonly whose: string;
  readonly tags: Tags;
}

export interface Subject {
  readonly kind: Kind;
  /** It stands for workloads that are not known. */
  readonly isUnseen: boolean;
  /** Where the workload runs; where a threat was seen; of an image that nothing is known to run, where its registry is. */
  readonly account: string | undefined;
  readonly region: string | undefined;
  /** Undefined where the image is not known. */
  readonly repository?: string;
  readonly imageTags: readonly string[];
  /** The nearest first. */
  readonly tagSources: readonly TagSource[];
  /** Clauses: whose tags could not be read, the nearest first. */
  readonly unread: readonly string[];
  readonly vulnerabilityId?: string;
  readonly relatedIds: readonly string[];
  /** Undefined where not all are known. */
  readonly packages?: readonly string[];
  readonly threatType?: string;
  /** Known once the context rules have spoken. */
  readonly environment?: Environment | undefined;
  /** Known once the finding is decided. */
  readonly decision?: Outcome;
}

/** One for each workload, and one for those that are not known; one alone where there are none. Never empty. */
export const subjectsOf = (enriched: EnrichedFinding): readonly Subject[] => {
  const subject = subjectOf(enriched);
  const { workloads } = enriched.context;
  if (!workloads.known) return [unseen(subject, 'the tags of what runs it are not known')];
  const seen = workloads.value.map((workload) => seenFrom(workload, subject));
  const others =
    workloads.incomplete === undefined ? [] : [unseen(subject, 'the tags of what else may run it are not known')];
  return seen.length + others.length === 0 ? [subject] : [...seen, ...others];
};

const subjectOf = (enriched: EnrichedFinding): Subject => {
  const { finding, repositoryTags } = enriched;
  const ofRepository = read('the repository’s', repositoryTags);
  const common = {
    isUnseen: false,
    tagSources: [...ofRepository.tagSources, { whose: 'the resource’s', tags: finding.resourceTags }],
    unread: ofRepository.unread,
  };
  if (isEnrichedThreat(enriched)) {
    const { account, region, type } = enriched.finding;
    const repository = enriched.image.known ? { repository: enriched.image.value.repository } : {};
    return {
      ...common,
      kind: 'threat',
      account,
      region,
      ...repository,
      imageTags: [],
      relatedIds: [],
      threatType: type,
    };
  }
  const { image, tags, vulnerabilityId, relatedIds } = enriched.finding;
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
    ...(enriched.packagesLeftOut === 0 && { packages: enriched.packages.map(({ name }) => name) }),
  };
};

const seenFrom = ({ clusterArn, name, tags }: Workload, subject: Subject): Subject => {
  // `arn:aws:ecs:REGION:ACCOUNT:cluster/NAME`
  const [, , , region, account] = clusterArn.split(':');
  const ofWorkload = read(name.startsWith('service:') ? 'the service’s' : 'the workload’s', tags);
  return {
    ...subject,
    ...(region && account && { region, account }),
    tagSources: [...ofWorkload.tagSources, ...subject.tagSources],
    unread: [...ofWorkload.unread, ...subject.unread],
  };
};

const unseen = (subject: Subject, why: string): Subject => ({
  ...subject,
  isUnseen: true,
  unread: [why, ...subject.unread],
});

const read = (whose: string, tags: Known<Tags>): Pick<Subject, 'tagSources' | 'unread'> =>
  tags.known
    ? { tagSources: [{ whose, tags: tags.value }], unread: [] }
    : { tagSources: [], unread: [`${whose} tags are not known: ${clause(tags.reason)}`] };
