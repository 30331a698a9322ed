/** The event source mapping between a queue and a function: batches go to the function, what it did is deleted. */
import type { LocalClock } from '../clock.ts';
import type { Queues } from '../queues/queues.ts';
import { type Batch, newBatch } from './batch.ts';
import { failedMessageIds } from './batch-response.ts';
import type { LocalFunction } from './function.ts';
import { checkMappingLimits, type MappingSettings, mappingAdvice, RECEIVE_MAX } from './mapping-limits.ts';
import { type SqsRecord, sqsRecordFromMessage } from './sqs-record.ts';

export interface EventSourceMappingOptions extends MappingSettings {
  readonly queues: Queues;
  readonly fn: Pick<LocalFunction, 'invoke'>;
  readonly clock: LocalClock;
  readonly region: string;
  readonly reportBatchItemFailures: boolean;
  /** Records for which it is false are deleted unseen, as Lambda does with `FilterCriteria`. */
  readonly filter?: (record: SqsRecord) => boolean;
  /** Asked before each receive: while it is false, the mapping rests and messages stay where they are. */
  readonly mayPoll?: () => boolean;
  /** Told what Lambda accepts and advises against. */
  readonly onLog: (line: string) => void;
  /** Told when the mapping itself cannot go on, e.g. because its queue is gone. */
  readonly onFault: (error: unknown) => void;
}

export interface EventSourceMapping {
  readonly queue: string;
  /** True from before a message is asked for until the last of its batch is deleted or left to come back. */
  readonly busy: () => boolean;
  /** How often it became active: by this a look sees what began and ended between two looks. */
  readonly started: () => number;
  /** True while `mayPoll` keeps it from receiving: the messages of the queue are no work that waits. */
  readonly resting: () => boolean;
  /** Looks again for messages, e.g. when `mayPoll` may have become true. */
  readonly wake: () => void;
  /** Takes no more messages; resolves when the running batches have ended. */
  readonly close: () => Promise<void>;
}

const DEFAULT_CONCURRENCY = 5;

export const createEventSourceMapping = (options: EventSourceMappingOptions): EventSourceMapping => {
  checkMappingLimits(options);
  const advice = mappingAdvice(options);
  if (advice !== undefined) options.onLog(advice);
  const { queue, queues, fn, clock, region, batchSize, windowSeconds, reportBatchItemFailures, filter } = options;
  const { maximumConcurrency = DEFAULT_CONCURRENCY, mayPoll = () => true, onFault } = options;
  const source = { arn: queues.arn(queue), region };

  /** Set when messages may be visible, cleared before each receive: no arrival is lost between a receive and the wait. */
  let signalled = false;
  let collecting = false;
  let running = 0;
  let started = 0;
  /** Set when a receive was not allowed, cleared when there is a reason to ask again. */
  let resting = false;
  let closed = false;
  /** Received records that did not fit into the last batch. */
  let left: readonly SqsRecord[] = [];
  let endWait: (() => void) | undefined;
  const ended = Promise.withResolvers<void>();

  const receiveInto = async (batch: Batch): Promise<{ readonly more: boolean }> => {
    signalled = false;
    started += 1;
    const wanted = Math.min(RECEIVE_MAX, batchSize - batch.records.length);
    const messages = await queues.receive(queue, wanted);
    const records = messages.map((message) => sqsRecordFromMessage(message, source));
    left = records.filter((record) => !batch.add(record));
    return { more: messages.length === wanted };
  };

  /** Waits until messages may be visible, the clock is advanced or has reached `endsAt`, or the mapping is closed. */
  const waitForMore = (endsAt: number): Promise<void> =>
    new Promise((resolve) => {
      const cancelTimer = clock.at(endsAt, () => endWait?.());
      endWait = () => {
        endWait = undefined;
        cancelTimer();
        resolve();
      };
    });

  const nextBatch = async (): Promise<Batch> => {
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
      while (!batch.full && !closed) {
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

  const deliver = async (records: readonly SqsRecord[]): Promise<void> => {
    const wanted = filter === undefined ? records : records.filter(filter);
    const failed = wanted.length === 0 ? new Set<string>() : await failedOf(wanted);
    const done = records.filter((record) => !failed.has(record.messageId));
    if (done.length > 0) {
      await queues.deleteMessages(
        queue,
        done.map((record) => record.receiptHandle),
      );
    }
  };

  const failedOf = async (records: readonly SqsRecord[]): Promise<ReadonlySet<string>> => {
    const ids = new Set(records.map((record) => record.messageId));
    const outcome = await fn.invoke({ Records: records });
    if (!outcome.ok) return ids;
    return reportBatchItemFailures ? failedMessageIds(outcome.payload, ids) : new Set();
  };

  const start = (batch: Batch): void => {
    started += 1;
    running += 1;
    deliver(batch.records)
      .catch(onFault)
      .finally(() => {
        running -= 1;
        void collect();
      });
  };

  const collect = async (): Promise<void> => {
    if (collecting) return;
    collecting = true;
    try {
      while (!closed && running < maximumConcurrency && ((signalled && !resting) || left.length > 0)) {
        const batch = await nextBatch();
        if (batch.records.length > 0) start(batch);
      }
    } catch (error) {
      closed = true;
      onFault(error);
    } finally {
      collecting = false;
      if (running === 0 && closed) ended.resolve();
    }
  };

  const signal = (): void => {
    signalled = true;
    resting = false;
    if (endWait !== undefined) endWait();
    else void collect();
  };

  const stopListening = queues.onVisible(queue, signal);
  // Messages may have been there before the mapping was.
  signal();

  return {
    queue,
    busy: () => collecting || running > 0,
    started: () => started,
    resting: () => resting,
    wake: signal,
    close: async () => {
      closed = true;
      stopListening();
      endWait?.();
      if (collecting || running > 0) await ended.promise;
    },
  };
};
