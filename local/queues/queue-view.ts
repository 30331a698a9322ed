/** What one queue holds at this moment: counts, what is due later, and messages in the words of SQS. */
import { deadLetterSourceOf } from './dead-letter-source.ts';
import type { SqsQueue, StoredMessage } from './embedded-store.ts';
import type { DueMessages, PeekedMessage, QueueCounts, ReceivedMessage } from './protocol.ts';
import { expiryOf } from './retention.ts';

const isBehindReceived = (queue: SqsQueue, message: StoredMessage): boolean =>
  message.messageGroupId !== undefined && queue.fifoLockedGroups.has(message.messageGroupId);

export const countsOf = (queue: SqsQueue): QueueCounts => {
  const { ready, delayed, inflight } = queue.inspectMessages();
  const behind = queue.isFifo() ? ready.filter((message) => isBehindReceived(queue, message)).length : 0;
  return { visible: ready.length - behind, inFlight: inflight.length + behind, delayed: delayed.length };
};

/** When messages of the queue become visible by themselves, in milliseconds of the clock; some are gone before. */
export const dueTimesOf = (
  queue: SqsQueue,
): { readonly delayed: readonly number[]; readonly inFlight: readonly number[] } => {
  const { delayed, inflight } = queue.inspectMessages();
  return {
    delayed: delayed.flatMap((message) => timesBefore(expiryOf(queue, message), message.delayUntil)),
    inFlight: inflight.flatMap(({ message, visibilityDeadline }) =>
      timesBefore(expiryOf(queue, message), visibilityDeadline),
    ),
  };
};

const timesBefore = (expiry: number, time: number | undefined): readonly number[] =>
  time !== undefined && time < expiry ? [time] : [];

const dueBySecond = (queue: string, what: DueMessages['what'], times: readonly number[]): readonly DueMessages[] => {
  const counts = new Map<number, number>();
  for (const time of times) {
    const second = Math.ceil(time / 1000) * 1000;
    counts.set(second, (counts.get(second) ?? 0) + 1);
  }
  return [...counts].map(([second, count]) => ({ queue, what, at: new Date(second), count }));
};

export const dueOf = (queue: SqsQueue): readonly DueMessages[] => {
  const { delayed, inFlight } = dueTimesOf(queue);
  return [...dueBySecond(queue.name, 'delayed', delayed), ...dueBySecond(queue.name, 'in-flight', inFlight)];
};

/** Every message of the queue: visible, then received, then delayed ones. */
export const messagesOf = (queue: SqsQueue, account: string): readonly PeekedMessage[] => {
  const { ready, delayed, inflight } = queue.inspectMessages();
  return [...ready, ...inflight.map((entry) => entry.message), ...delayed].map((message) => peeked(message, account));
};

/** Receives up to `max` (1 to 10) messages; those received too often go to the dead-letter queue instead. */
export const receiveFrom = (
  queue: SqsQueue,
  max: number,
  account: string,
  queueByArn: (arn: string) => SqsQueue | undefined,
): readonly ReceivedMessage[] =>
  queue.dequeue(max, undefined, queueByArn).flatMap((received) => {
    const entry = queue.inflightMessages.get(received.ReceiptHandle);
    if (entry === undefined) return [];
    return {
      ...peeked(entry.message, account),
      receiptHandle: received.ReceiptHandle,
      md5OfBody: received.MD5OfBody,
      ...(received.MD5OfMessageAttributes === undefined
        ? {}
        : { md5OfMessageAttributes: received.MD5OfMessageAttributes }),
    };
  });

const peeked = (message: StoredMessage, account: string): PeekedMessage => {
  const source = deadLetterSourceOf(message);
  return {
    messageId: message.messageId,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.approximateReceiveCount),
      SentTimestamp: String(message.sentTimestamp),
      SenderId: account,
      ...(message.approximateFirstReceiveTimestamp === undefined
        ? {}
        : { ApproximateFirstReceiveTimestamp: String(message.approximateFirstReceiveTimestamp) }),
      ...(message.sequenceNumber === undefined ? {} : { SequenceNumber: message.sequenceNumber }),
      ...(message.messageGroupId === undefined ? {} : { MessageGroupId: message.messageGroupId }),
      ...(message.messageDeduplicationId === undefined
        ? {}
        : { MessageDeduplicationId: message.messageDeduplicationId }),
      ...(source === undefined ? {} : { DeadLetterQueueSourceArn: source }),
    },
    messageAttributes: message.messageAttributes,
    receiveCount: message.approximateReceiveCount,
  };
};
