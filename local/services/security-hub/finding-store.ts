/** The findings of the hub, each until it expires. */
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { EventualMap, type EventualMapOptions } from '../../eventual/eventual-map.ts';
import type { StoredFinding } from './stored-finding.ts';

export interface FindingName {
  readonly Id: string | undefined;
  readonly ProductArn: string | undefined;
}

export interface FindingStore {
  readonly get: (name: FindingName) => StoredFinding | undefined;
  readonly put: (stored: StoredFinding) => void;
  /** In the order of their first import. */
  readonly all: () => readonly AwsSecurityFinding[];
  /** The same as GetFindings may answer it: what was written last may be missing. */
  readonly seen: () => readonly AwsSecurityFinding[];
}

const DAY_MS = 24 * 60 * 60 * 1000;

const timeOf = (text: string | undefined): number => (text === undefined ? 0 : Date.parse(text));

/** 90 days after its last change, 30 when it is archived; Security Hub counts from the later of the two times. */
const isExpired = ({ RecordState, UpdatedAt, ProcessedAt }: AwsSecurityFinding, now: Date): boolean => {
  const days = RecordState === 'ARCHIVED' ? 30 : 90;
  return now.getTime() - Math.max(timeOf(UpdatedAt), timeOf(ProcessedAt)) > days * DAY_MS;
};

/** Two findings are one when provider and id are the same. */
export const keyOf = ({ Id, ProductArn }: FindingName): string => JSON.stringify([ProductArn, Id]);

export const createFindingStore = (options: EventualMapOptions): FindingStore => {
  const { clock } = options;
  const stored = new EventualMap<string, StoredFinding>(options);
  const forgetExpired = (): void => {
    const now = clock.now();
    for (const [key, { finding }] of stored) if (isExpired(finding, now)) stored.delete(key);
  };
  return {
    get: (name) => {
      const found = stored.get(keyOf(name));
      return found === undefined || isExpired(found.finding, clock.now()) ? undefined : found;
    },
    put: (finding) => {
      forgetExpired();
      stored.set(keyOf({ Id: finding.finding.Id, ProductArn: finding.finding.ProductArn }), finding);
    },
    all: () => {
      forgetExpired();
      return findingsOf(stored);
    },
    seen: () => {
      forgetExpired();
      return findingsOf(stored.seen());
    },
  };
};

const findingsOf = (stored: ReadonlyMap<string, StoredFinding>): readonly AwsSecurityFinding[] =>
  [...stored.values()].map(({ finding }) => finding);
