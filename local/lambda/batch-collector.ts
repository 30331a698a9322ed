/** Collects the messages of a queue into batches: until one is full, its window has ended, or the queue has no more. */
import type { LocalClock } from '../clock.ts';
import type { Queues } from '../queues/queues.ts';
import { type Batch, newBatch } from './batch.ts';
import { RECEIVE_MAX } from './mapping-limits.ts';
import { type SqsRecord, sqsRecordFromMessage } from './sqs-record.ts';

export interface BatchCollectorOptions {
  readonly queue: string;
  readonly queues: Pick<Queues, 'arn' | 'receive'>;
  readonly clock: Pick<LocalClock, 'nowMs' | 'at' | 'onAdvance'>;
  readonly region: string;
  readonly batchSize: number;
  readonly windowSeconds: number;
  /** Asked before each receive: while it is false, messages stay where they are. */
  readonly mayPoll: () => boolean;
}

export interface BatchCollector {
  /** Whether there may be something for a batch: visible messages, or records that did not fit into the last one. */
  readonly ready: () => boolean;
  /** One at a time. The batch is empty when there was nothing after all. */
  readonly next: () => Promise<Batch>;
  /** To be called when messages may be visible, or when `mayPoll` may have become true. */
  readonly signal: () => void;
  /** True while `mayPoll` keeps it from receiving. */
  readonly resting: () => boolean;
  /** How often it has asked for messages. */
  readonly receives: () => number;
  /** Ends the batch under way with what it has. */
  readonly stop: () => void;
}

export const newBatchCollector = (options: BatchCollectorOptions): BatchCollector => {
  const { queue, queues, clock, region, batchSize, windowSeconds, mayPoll } = options;
  const source = { arn: queues.arn(queue), region };

  /** Set when messages may be visible, cleared before each receive: no arrival is lost between a receive and the wait. */
  let signalled = false;
  /** Set when a receive was not allowed, cleared when there is a reason to ask again. */
  let resting = false;
  let receives = 0;
  let stopped = false;
  /** Received records that did not fit into the last batch. */
  let left: readonly SqsRecord[] = [];
  let endWait: (() => void) | undefined;

  const receiveInto = async (batch: Batch): Promise<{ readonly more: boolean }> => {
    signalled = false;
    receives += 1;
    const wanted = Math.min(RECEIVE_MAX, batchSize - batch.records.length);
    const messages = await queues.receive(queue, wanted);
    const records = messages.map((message) => sqsRecordFromMessage(message, source));
    left = records.filter((record) => !batch.add(record));
    return { more: messages.length === wanted };
  };

  /** Waits until messages may be visible, the clock is advanced or has reached `endsAt`, or the collector is stopped. */
  const waitForMore = (endsAt: number): Promise<void> =>
    new Promise((resolve) => {
      const cancelTimer = clock.at(endsAt, () => endWait?.());
      endWait = () => {
        endWait = undefined;
        cancelTimer();
        resolve();
      };
    });

  const next = async (): Promise<Batch> => {
    const batch = newBatch(batchSize);
    left = left.filter((record) => !batch.add(record));
    const windowEnd = clock.nowMs() + windowSeconds * 1000;
    let advanced = false;
    // Who advances the clock wants to see what comes of it: an advance of any length ends the window.
    const stopListening = clock.onAdvance(() => {
      advanced = true;
      endWait?.();
    });
    try {
      while (!batch.full && !stopped) {
        resting = !mayPoll();
        if (resting) break;
        const { more } = await receiveInto(batch);
        if (more) continue;
        if (batch.records.length === 0 || advanced || clock.nowMs() >= windowEnd) break;
        if (!signalled) await waitForMore(windowEnd);
        if (!signalled) break;
      }
    } finally {
      stopListening();
    }
    return batch;
  };

  return {
    next,
    ready: () => (signalled && !resting) || left.length > 0,
    resting: () => resting,
    receives: () => receives,
    signal: () => {
      signalled = true;
      resting = false;
      endWait?.();
    },
    stop: () => {
      stopped = true;
      endWait?.();
    },
  };
};
