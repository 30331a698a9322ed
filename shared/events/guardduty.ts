/** GuardDuty's findings about containers: what runs in them, what is done to them, and attacks in several steps. */
import * as z from 'zod/mini';
import type { Threat } from '../finding/finding.ts';
import { findingKey } from '../finding/finding-key.ts';
import { type EventEnvelope, parseDetail } from './envelope.ts';
import { AttackSequence, placeFromSequence } from './guardduty-attack-sequence.ts';
import { GuardDutyResource, placeFromResource } from './guardduty-resource.ts';
import { parseTimestamp } from './timestamp.ts';

/** An attack sequence names its resources elsewhere, so there the type tells those of clusters from those of accounts. */
export const guardDutyPattern = {
  source: ['aws.guardduty'],
  'detail-type': ['GuardDuty Finding'],
  detail: {
    $or: [
      { resource: { resourceType: ['ECSCluster', 'EKSCluster', 'Container'] } },
      { type: [{ prefix: 'AttackSequence:ECS/' }, { prefix: 'AttackSequence:EKS/' }] },
    ],
  },
} as const;

const Text = z.nullish(z.string());
const Time = z.optional(z.unknown());

const Service = z.object({
  archived: z.nullish(z.boolean()),
  count: z.nullish(z.number()),
  eventFirstSeen: Time,
  eventLastSeen: Time,
  additionalInfo: z.nullish(z.object({ sample: z.optional(z.unknown()), value: z.optional(z.unknown()) })),
  detection: z.nullish(z.object({ sequence: z.nullish(AttackSequence) })),
});

export const GuardDutyFindingDetail = z.object({
  accountId: z.string().check(z.minLength(1)),
  region: z.string().check(z.minLength(1)),
  arn: z.string().check(z.regex(/^arn:[a-z-]+:guardduty:/)),
  type: z.string().check(z.minLength(1)),
  title: Text,
  description: Text,
  severity: z.number(),
  createdAt: Time,
  updatedAt: Time,
  resource: GuardDutyResource,
  service: z.nullish(Service),
});

type Detail = z.output<typeof GuardDutyFindingDetail>;

/** Throws EVENT_INVALID. An update keeps the ARN, and with it the key. */
export const threatFromEvent = (event: EventEnvelope): Threat => {
  const detail = parseDetail(guardDutyPattern, GuardDutyFindingDetail, event);
  const { arn, service, type, resource } = detail;
  const sequence = service?.detection?.sequence;
  const title = detail.title || type;
  return {
    kind: 'threat',
    key: findingKey('guardduty', [arn]),
    source: 'guardduty',
    sourceId: arn,
    account: detail.accountId,
    region: detail.region,
    partition: arn.split(':')[1] ?? 'aws',
    // Findings that a suppression rule archives are never sent; this one was archived by hand.
    status: service?.archived ? 'closed' : 'active',
    type,
    title,
    description: detail.description || title,
    severity: detail.severity,
    count: service?.count ?? 1,
    sample: isSample(service?.additionalInfo),
    resourceType: resource.resourceType || 'unknown',
    ...(sequence ? placeFromSequence(sequence) : placeFromResource(resource)),
    ...timesFrom(detail, event.time),
  };
};

/** The mark stands beside `value` or inside it, as JSON in a text. */
const isSample = (info: { readonly sample?: unknown; readonly value?: unknown } | null | undefined): boolean =>
  info?.sample === true || (typeof info?.value === 'string' && holdsSampleMark(info.value));

const holdsSampleMark = (text: string): boolean => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'sample' in value && value.sample === true;
  } catch {
    // Text that is no JSON holds no mark.
    return false;
  }
};

/** A time that is missing, or in a form not known yet, must not cost the finding: the nearest other one stands in. */
const timesFrom = (
  { createdAt, updatedAt, service }: Detail,
  eventTime: string,
): Pick<Threat, 'firstObservedAt' | 'lastObservedAt' | 'updatedAt'> => {
  const updated = parseTimestamp(updatedAt);
  const last = parseTimestamp(service?.eventLastSeen) ?? updated ?? eventTime;
  return {
    firstObservedAt: parseTimestamp(service?.eventFirstSeen) ?? parseTimestamp(createdAt) ?? last,
    lastObservedAt: last,
    updatedAt: updated ?? last,
  };
};
