/** Gathers the runtime's state at one moment. */
import type { CallLog } from './call-log.ts';
import type { ChatChannel } from './chat-channel.ts';
import type { LocalClock } from './clock.ts';
import type { EventBus } from './event-bus/event-bus.ts';
import type { Schedules } from './event-bus/schedules.ts';
import type { AccessControl } from './iam/access-control.ts';
import type { EventSourceMapping } from './lambda/event-source-mapping.ts';
import type { LocalFunction } from './lambda/function.ts';
import type { DueMessages } from './queues/protocol.ts';
import type { Queues } from './queues/queues.ts';
import type { Registry } from './registry/registry.ts';
import type { DueItem, QueueState, State } from './state.ts';
import type { Template } from './template/read-template.ts';

export interface StateSources {
  readonly clock: LocalClock;
  readonly template: Template;
  readonly queues: Queues;
  readonly bus: EventBus;
  readonly schedules: Pick<Schedules, 'state'>;
  readonly functions: readonly LocalFunction[];
  readonly registry: Pick<Registry, 'blobReads'>;
  readonly chat: ChatChannel;
  readonly callLog: CallLog;
  readonly access: Pick<AccessControl, 'denied'>;
  readonly mappings: readonly EventSourceMapping[];
  readonly idle: () => Promise<boolean>;
}

export const readState = async (sources: StateSources): Promise<State> => {
  const { clock, template, queues, bus, functions, chat, callLog } = sources;
  // Asked first: what is told below may be newer than `idle`, never older.
  const idle = await sources.idle();
  const [counts, due, buckets] = await Promise.all([queues.snapshot(), queues.due(), queues.countObjects()]);
  const mapped = new Set(template.eventSourceMappings.map(({ queueArn }) => queueArn));
  // What a function is working on is in flight too, and will not come back.
  const atWork = new Set(sources.mappings.flatMap((mapping) => (mapping.busy() ? [mapping.queue] : [])));
  return {
    idle,
    now: clock.now().toISOString(),
    due: due
      // What somebody holds of a dead-letter queue, or of a queue that no function reads, is no work that waits.
      .filter(
        ({ queue, what }) =>
          what === 'to-be-moved' || (mapped.has(queues.arn(queue)) && !(what === 'in-flight' && atWork.has(queue))),
      )
      .map(({ queue, what, at, count }): DueItem => ({ what: dueText(queue, what, count), at: at.toISOString() }))
      .sort((left, right) => (left.at < right.at ? -1 : 1)),
    schedules: sources.schedules.state(),
    events: bus.counts(),
    queues: Object.fromEntries(
      template.queues.map(({ name, attributes }): [string, QueueState] => [
        name,
        {
          visible: counts[name]?.visible ?? 0,
          inFlight: counts[name]?.inFlight ?? 0,
          delayed: counts[name]?.delayed ?? 0,
          dlq: countsOfDeadLetters(attributes.RedrivePolicy, counts),
        },
      ]),
    ),
    buckets,
    blobReads: sources.registry.blobReads(),
    invocations: Object.fromEntries(functions.map(({ name, invocations }) => [name, invocations])),
    chat: chat.messages(),
    calls: callLog.calls(),
    callsByFunction: callLog.callsByFunction(),
    denied: sources.access.denied(),
  };
};

const DUE_WORDS = {
  delayed: 'delayed until then',
  'in-flight': 'to be tried again',
  'to-be-moved': 'to be moved from then on',
} as const satisfies Record<DueMessages['what'], string>;

const dueText = (queue: string, what: DueMessages['what'], count: number): string =>
  `${queue}: ${count} ${count === 1 ? 'message' : 'messages'} ${DUE_WORDS[what]}`;

const countsOfDeadLetters = (
  redrivePolicy: string | undefined,
  counts: Readonly<Record<string, { readonly visible: number; readonly inFlight: number }>>,
): number => {
  const name = /"deadLetterTargetArn":"[^"]*:([^":]+)"/.exec(redrivePolicy ?? '')?.[1];
  const count = name === undefined ? undefined : counts[name];
  return count ? count.visible + count.inFlight : 0;
};
