/** From which queue SQS itself moved a message to its dead-letter queue; messages that were sent there have none. */
import type { StoredMessage } from './embedded-store.ts';

// Beside the message, because the store has no field for it.
const sources = new WeakMap<StoredMessage, string>();

/** The ARN of the queue. */
export const deadLetterSourceOf = (message: StoredMessage): string | undefined => sources.get(message);

export const withDeadLetterSource = (message: StoredMessage, queueArn: string): StoredMessage => {
  sources.set(message, queueArn);
  return message;
};
