import { describe, expect, it } from 'vitest';
import { createCallLog } from '../../local/call-log.ts';
import { createChatChannel } from '../../local/chat-channel.ts';
import type { LocalClock } from '../../local/clock.ts';
import { createEventBus } from '../../local/event-bus/event-bus.ts';
import type { LocalFunction } from '../../local/lambda/function.ts';
import type { DueMessages, QueueCounts } from '../../local/queues/protocol.ts';
import type { Queues } from '../../local/queues/queues.ts';
import { readState, type StateSources } from '../../local/read-state.ts';
import type { Template } from '../../local/template/read-template.ts';

const arn = (name: string): string => `arn:aws:sqs:eu-west-1:111122223333:${name}`;
const redrive = (name: string) => ({
  RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn(name), maxReceiveCount: 5 }),
});
const QUEUES = [
  { name: 'work', arn: arn('work'), attributes: redrive('work-dlq') },
  { name: 'work-dlq', arn: arn('work-dlq'), attributes: {} },
  { name: 'lost', arn: arn('lost'), attributes: redrive('gone') },
];
const NONE: QueueCounts = { visible: 0, inFlight: 0, delayed: 0 };

const sources = (
  counts: Readonly<Record<string, QueueCounts>>,
  due: readonly DueMessages[] = [],
  changes: Partial<StateSources> = {},
): StateSources => {
  const clock = { now: () => new Date('2026-11-20T12:00:00Z') } as LocalClock;
  return {
    clock,
    template: { queues: QUEUES, eventSourceMappings: [{ queueArn: arn('work') }] } as unknown as Template,
    queues: {
      snapshot: async () => counts,
      due: async () => due,
      countObjects: async () => ({ reports: { objects: 2, bytes: 300 } }),
      arn,
    } as unknown as Queues,
    bus: createEventBus({ deliver: async () => undefined }),
    registry: { blobReads: () => ({ 'sha256:1': { reads: 1, bytes: 20 } }) },
    schedules: { state: () => [{ name: 'refresh', every: 'rate(1 day)', next: '2026-11-21T12:00:00.000Z' }] },
    functions: [{ name: 'worker', invocations: 3 } as LocalFunction],
    mappings: [],
    chat: createChatChannel(clock),
    callLog: createCallLog(),
    access: { denied: () => [] },
    idle: async () => true,
    ...changes,
  };
};

describe('the state', () => {
  it('has exactly the fields that are documented', async () => {
    expect(await readState(sources({}))).toEqual({
      idle: true,
      now: '2026-11-20T12:00:00.000Z',
      due: [],
      schedules: [{ name: 'refresh', every: 'rate(1 day)', next: '2026-11-21T12:00:00.000Z' }],
      events: {},
      queues: {
        work: { ...NONE, dlq: 0 },
        'work-dlq': { ...NONE, dlq: 0 },
        lost: { ...NONE, dlq: 0 },
      },
      blobReads: { 'sha256:1': { reads: 1, bytes: 20 } },
      buckets: { reports: { objects: 2, bytes: 300 } },
      invocations: { worker: 3 },
      chat: [],
      calls: {},
      callsByFunction: {},
      denied: [],
    });
  });

  it('counts dead letters at the queue that they came from, held ones too', async () => {
    const { queues } = await readState(
      sources({ work: { visible: 1, inFlight: 2, delayed: 3 }, 'work-dlq': { visible: 4, inFlight: 5, delayed: 0 } }),
    );
    expect(queues).toEqual({
      work: { visible: 1, inFlight: 2, delayed: 3, dlq: 9 },
      'work-dlq': { visible: 4, inFlight: 5, delayed: 0, dlq: 0 },
      lost: { ...NONE, dlq: 0 },
    });
  });

  it('does not list what a function has in hand', async () => {
    const due = [{ queue: 'work', what: 'in-flight', at: new Date('2026-11-20T12:06:00Z'), count: 1 }] as const;
    const mapping = (busy: boolean) => [{ queue: 'work', busy: () => busy }] as unknown as StateSources['mappings'];
    expect((await readState(sources({}, due, { mappings: mapping(true) }))).due).toEqual([]);
    expect((await readState(sources({}, due, { mappings: mapping(false) }))).due).toHaveLength(1);
  });

  it('lists what is due in queues that a function reads, and what is to be moved, the earliest first', async () => {
    const at = (time: string) => new Date(`2026-11-20T${time}Z`);
    const { due } = await readState(
      sources({}, [
        { queue: 'work', what: 'delayed', at: at('12:10:00'), count: 2 },
        { queue: 'work', what: 'in-flight', at: at('12:01:00'), count: 1 },
        { queue: 'work-dlq', what: 'in-flight', at: at('12:00:30'), count: 1 },
        { queue: 'work-dlq', what: 'to-be-moved', at: at('12:00:40'), count: 3 },
      ]),
    );
    expect(due).toEqual([
      { what: 'work-dlq: 3 messages to be moved from then on', at: '2026-11-20T12:00:40.000Z' },
      { what: 'work: 1 message to be tried again', at: '2026-11-20T12:01:00.000Z' },
      { what: 'work: 2 messages delayed until then', at: '2026-11-20T12:10:00.000Z' },
    ]);
  });

  it('asks whether all is idle before it looks at the rest', async () => {
    const order: string[] = [];
    const { queues, ...others } = sources({});
    const snapshot = async () => {
      order.push('counts');
      return {};
    };
    const idle = async () => {
      order.push('idle');
      return false;
    };
    await readState({ ...others, queues: { ...queues, snapshot }, idle });
    expect(order).toEqual(['idle', 'counts']);
  });
});
