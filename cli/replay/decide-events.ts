/** The functions that decide, without their queues, tables and network: one event after the other. */
import type { SekishoError } from '../../shared/base/errors.ts';
import { parseTimestamp } from '../../shared/events/timestamp.ts';
import type { KevList } from '../../shared/evidence/kev-list.ts';
import { inMemoryDecidedQueue } from '../../shared/memory/decided-queue.ts';
import { inMemoryDetails } from '../../shared/memory/details.ts';
import { inMemoryDossiers } from '../../shared/memory/dossiers.ts';
import { parseDecidedFinding } from '../../shared/pipeline/parse-decided-finding.ts';
import type { Policy } from '../../shared/policy/policy.ts';
import type { DecidedFinding } from '../../shared/priority/decided-finding.ts';
import { safeText } from './quoted.ts';
import { type BusEvent, readEvent } from './read-event.ts';
import { subscriptions } from './subscriptions.ts';
import { whyNotTaken } from './why-not-taken.ts';
import { givenKev, noAccount, noDetails, noRegistry, noRepositoryTags } from './without-account.ts';

export interface DeciderOptions {
  readonly policy: Policy;
  /** CISA's list; absent: it is not known. */
  readonly kev?: KevList;
}

export type EventAnswer =
  /** `body`: the event's own. `decided`: as its findings come from the queue, never empty. */
  | {
      readonly outcome: 'decided';
      readonly detailType: string;
      readonly body: string;
      readonly decided: readonly DecidedFinding[];
    }
  | { readonly outcome: 'recorded' | 'ignored'; readonly detailType: string; readonly reason: string }
  /** `detailType` is null where there is none. */
  | { readonly outcome: 'rejected'; readonly detailType: string | null; readonly reason: string };

export interface EventDecider {
  /** In the order of the calls. Never throws for what an item holds. */
  readonly decide: (item: unknown) => Promise<EventAnswer>;
  /** The time of the last event that was worked on. */
  readonly now: () => Date;
}

export const createEventDecider = ({ policy, kev }: DeciderOptions): EventDecider => {
  let now = new Date(0);
  const queue = inMemoryDecidedQueue();
  const ports = {
    images: noRegistry,
    dossiers: inMemoryDossiers(),
    workloads: noAccount,
    repositoryTags: noRepositoryTags,
    kev: givenKev(kev),
    details: inMemoryDetails(),
    detailsSource: noDetails,
    decided: queue,
    clock: { now: () => now },
  };
  const rules = subscriptions(ports, policy);

  const decide = async (item: unknown): Promise<EventAnswer> => {
    const read = readEvent(item);
    if (!read.ok) return { detailType: read.detailType, outcome: 'rejected', reason: read.reason };
    const { event } = read;
    const detailType = safeText(event['detail-type']);
    const rule = rules.find(({ takes }) => takes(event));
    if (rule === undefined) return { detailType, outcome: 'ignored', reason: whyNotTaken(event, rules) };
    now = timeOf(event) ?? now;
    const body = JSON.stringify(event);
    const results = await rule.process([body]);
    const bodies = queue.take();
    for (const result of results) {
      if (!result.ok) return failed(detailType, result.error);
      if (result.value.kind === 'ignored') return { detailType, outcome: 'recorded', reason: result.value.reason };
    }
    return { detailType, outcome: 'decided', body, decided: bodies.map(parseDecidedFinding) };
  };
  return { decide, now: () => now };
};

const timeOf = (event: BusEvent): Date | undefined => {
  const time = parseTimestamp(event.time);
  return time === undefined ? undefined : new Date(time);
};

/** Where the record would end; an image that a replay cannot read is no failure. */
export const failed = (
  detailType: string,
  { code, message }: SekishoError,
): Extract<EventAnswer, { readonly outcome: 'recorded' | 'ignored' | 'rejected' }> =>
  code === 'IMAGE_NOT_FOUND'
    ? { detailType, outcome: 'recorded', reason: `${message}: the dossier of the image is unknown` }
    : { detailType, outcome: 'rejected', reason: `${code}: ${message}` };
