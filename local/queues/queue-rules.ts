/** What a queue of SQS does and one of the embedded store does not: retention, the source of dead letters, handles. */
import { withDeadLetterSource } from './dead-letter-source.ts';
import type { SqsQueue, StoredMessage } from './embedded-store.ts';
import type { Receipt, ReceiptHandles } from './receipt-handle.ts';
import { dropExpired, noteArrival } from './retention.ts';

/** Returns the function that gives a new queue these rules. */
export const createQueueRules = (handles: ReceiptHandles): ((queue: SqsQueue) => SqsQueue) => {
  /** Which queue is moving a message to the key: between the question for the queue and its `enqueue`, both at once. */
  const movingFrom = new WeakMap<SqsQueue, SqsQueue>();

  return (queue) => {
    const dequeue = queue.dequeue.bind(queue);
    const enqueue = queue.enqueue.bind(queue);
    const deleteMessage = queue.deleteMessage.bind(queue);

    queue.dequeue = (max, visibilityTimeout, queueByArn) => {
      dropExpired(queue, Date.now());
      const received = dequeue(max, visibilityTimeout, (arn) => {
        const deadLetters = queueByArn?.(arn);
        if (deadLetters !== undefined) movingFrom.set(deadLetters, queue);
        return deadLetters;
      });
      return received.map((message) => ({
        ...message,
        ReceiptHandle: signedHandle(queue, message.ReceiptHandle, handles),
      }));
    };

    queue.enqueue = (message) => {
      const source = movingFrom.get(queue);
      movingFrom.delete(queue);
      const arrived = source === undefined ? message : deadLetterFrom(message, source);
      noteArrival(queue, arrived);
      enqueue(arrived);
    };

    queue.deleteMessage = (handle) => deleteMessage(handle) || deleteReturned(queue, handles.read(handle));
    return queue;
  };
};

const signedHandle = (queue: SqsQueue, given: string, handles: ReceiptHandles): string => {
  const entry = queue.inflightMessages.get(given);
  if (entry === undefined) return given;
  const { messageId, approximateReceiveCount: receive } = entry.message;
  const receiptHandle = handles.write({ queueArn: queue.arn, messageId, receive });
  queue.inflightMessages.delete(given);
  queue.inflightMessages.set(receiptHandle, { ...entry, receiptHandle });
  return receiptHandle;
};

/** The attempt that moved it was no receive. Only a FIFO dead-letter queue takes the message as sent anew. */
const deadLetterFrom = (message: StoredMessage, source: SqsQueue): StoredMessage =>
  withDeadLetterSource(
    {
      ...message,
      approximateReceiveCount: message.approximateReceiveCount - 1,
      ...(source.isFifo() && { sentTimestamp: Date.now(), messageDeduplicationId: message.messageId }),
    },
    source.arn,
  );

/** A standard queue deletes by the last handle even when the visibility timeout has ended; FIFO queues do not. */
const deleteReturned = (queue: SqsQueue, receipt: Receipt | undefined): boolean => {
  if (receipt?.queueArn !== queue.arn) return false;
  const index = queue.messages.findIndex(
    ({ messageId, approximateReceiveCount }) =>
      messageId === receipt.messageId && approximateReceiveCount === receipt.receive,
  );
  if (index >= 0) queue.messages.splice(index, 1);
  return index >= 0;
};
