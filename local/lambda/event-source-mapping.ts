/** The event source mapping between a queue and a function: batches go to the function, what it did is deleted. */
import type { LocalClock } from '../clock.ts';
import type { Queues } from '../queues/queues.ts';
import type { Batch } from './batch.ts';
import { newBatchCollector } from './batch-collector.ts';
import { type DeliveryOptions, deliverBatch } from './deliver-batch.ts';
import { checkMappingLimits, type MappingSettings, mappingAdvice } from './mapping-limits.ts';

export interface EventSourceMappingOptions extends MappingSettings, DeliveryOptions {
  readonly queue: string;
  readonly queues: Queues;
  readonly clock: LocalClock;
  readonly region: string;
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
  const { queue, queues, maximumConcurrency = DEFAULT_CONCURRENCY, mayPoll = () => true, onFault } = options;
  const collector = newBatchCollector({ ...options, mayPoll });

  let collecting = false;
  let running = 0;
  let deliveries = 0;
  let closed = false;
  const ended = Promise.withResolvers<void>();

  const start = (batch: Batch): void => {
    deliveries += 1;
    running += 1;
    deliverBatch(batch.records, options)
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
      while (!closed && running < maximumConcurrency && collector.ready()) {
        const batch = await collector.next();
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
    collector.signal();
    void collect();
  };

  const stopListening = queues.onVisible(queue, signal);
  // Messages may have been there before the mapping was.
  signal();

  return {
    queue,
    busy: () => collecting || running > 0,
    started: () => collector.receives() + deliveries,
    resting: collector.resting,
    wake: signal,
    close: async () => {
      closed = true;
      stopListening();
      collector.stop();
      if (collecting || running > 0) await ended.promise;
    },
  };
};
