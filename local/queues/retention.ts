/** Message retention: what is older than its queue keeps messages is gone, whatever state it is in. */
import type { SqsQueue, StoredMessage } from './embedded-store.ts';

const retentionMs = (queue: SqsQueue): number => Number(queue.attributes.MessageRetentionPeriod) * 1000;

/** In milliseconds of the clock. It counts from when the message was sent, for a standard queue even across a redrive. */
export const expiryOf = (queue: SqsQueue, message: StoredMessage): number => message.sentTimestamp + retentionMs(queue);

/** When the oldest message of each queue was sent, or earlier: as long as that is no age, no message is looked at. */
const oldest = new WeakMap<SqsQueue, number>();
const oldestOf = (queue: SqsQueue): number => oldest.get(queue) ?? Number.POSITIVE_INFINITY;

/** To be told of every message that comes into the queue. */
export const noteArrival = (queue: SqsQueue, { sentTimestamp }: StoredMessage): void => {
  oldest.set(queue, Math.min(oldestOf(queue), sentTimestamp));
};

export const dropExpired = (queue: SqsQueue, nowMs: number): void => {
  if (oldestOf(queue) + retentionMs(queue) > nowMs) return;
  const isKept = (message: StoredMessage): boolean => expiryOf(queue, message) > nowMs;
  // Deleted by its handle, because the group of a FIFO message must be unlocked.
  for (const { message, receiptHandle } of queue.inspectMessages().inflight)
    if (!isKept(message)) queue.deleteMessage(receiptHandle);
  queue.messages = queue.messages.filter(isKept);
  queue.delayedMessages = queue.delayedMessages.filter(isKept);
  for (const groups of [queue.fifoMessages, queue.fifoDelayed]) {
    for (const [group, messages] of [...groups]) {
      const kept = messages.filter(isKept);
      if (kept.length > 0) groups.set(group, kept);
      else groups.delete(group);
    }
  }
  oldest.delete(queue);
  const { ready, delayed, inflight } = queue.inspectMessages();
  for (const message of [...ready, ...delayed, ...inflight.map((entry) => entry.message)]) noteArrival(queue, message);
};
