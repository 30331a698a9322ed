/** The same events under two policies: what each makes of the newest state of every finding. */
import { plainText } from '../../shared/base/clip-text.ts';
import { byKind } from '../../shared/enrichment/by-kind.ts';
import type { KevList } from '../../shared/evidence/kev-list.ts';
import type { FindingStatus } from '../../shared/finding/finding.ts';
import type { FindingKey } from '../../shared/finding/finding-key.ts';
import type { Policy } from '../../shared/policy/policy.ts';
import type { DecidedFinding } from '../../shared/priority/decided-finding.ts';
import { createEventDecider, type EventAnswer } from '../replay/decide-events.ts';
import { type TriedFinding, triedFinding } from './tried-finding.ts';

export interface TriedPair {
  readonly key: FindingKey;
  readonly status: FindingStatus;
  readonly title: string;
  /** `payments/web:1.0.8`; undefined where it is not known. */
  readonly image: string | undefined;
  readonly before: TriedFinding;
  readonly after: TriedFinding;
}

export interface PolicyTrial {
  /** Never throws for what an item holds. */
  readonly add: (item: unknown) => Promise<EventAnswer>;
  /** In the order in which the findings came first. */
  readonly findings: () => readonly TriedPair[];
}

/** `kev`: CISA's list; undefined: it is not known. */
export const tryPolicies = (before: Policy, after: Policy, kev: KevList | undefined): PolicyTrial => {
  const given = kev === undefined ? {} : { kev };
  const standing = createEventDecider({ policy: before, ...given });
  const tried = createEventDecider({ policy: after, ...given });
  const newest = new Map<FindingKey, { readonly version: string; readonly pair: TriedPair }>();

  const keep = (left: DecidedFinding, right: DecidedFinding): void => {
    const { key, status, title } = left.enriched.finding;
    const known = newest.get(key);
    if (known !== undefined && known.version > left.version) return;
    const pair: TriedPair = {
      key,
      status,
      title: plainText(title),
      image: imageOf(left),
      before: triedFinding(left),
      after: triedFinding(right),
    };
    newest.set(key, { version: left.version, pair });
  };

  return {
    add: async (item) => {
      const [left, right] = [await standing.decide(item), await tried.decide(item)];
      if (left.outcome === 'decided' && right.outcome === 'decided')
        left.decided.forEach((finding, index) => {
          const other = right.decided[index];
          if (other) keep(finding, other);
        });
      return left;
    },
    findings: () => [...newest.values()].map(({ pair }) => pair),
  };
};

const imageOf = ({ enriched }: DecidedFinding): string | undefined =>
  byKind(enriched, {
    vulnerability: ({ finding: { image, tags } }) =>
      named(image.known ? image.value.repository : image.repository, tags),
    threat: ({ image }) => (image.known ? image.value.repository : undefined),
    'image-issue': ({ finding: { image, tags } }) => named(image.value.repository, tags),
  });

const named = (repository: string | undefined, tags: readonly string[]): string | undefined =>
  repository === undefined ? undefined : plainText([repository, ...tags.slice(0, 1)].join(':'));
