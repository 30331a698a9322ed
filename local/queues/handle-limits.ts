/** Which receipt handles DeleteMessage and ChangeMessageVisibility take. */
import { AwsError } from '../endpoint/aws-error.ts';
import type { SqsQueue } from './embedded-store.ts';
import { invalidValue } from './error-answer.ts';
import { required } from './read-request.ts';
import type { ReceiptHandles } from './receipt-handle.ts';

export interface HandleChecks {
  /** Throws ReceiptHandleIsInvalid for a handle that the queue never gave out. One of a deleted message is fine. */
  readonly forDelete: (queue: SqsQueue, handle: string | undefined) => void;
  /** Throws for those, and InvalidParameterValue when the message is not in flight under that handle. */
  readonly forChange: (queue: SqsQueue, handle: string | undefined) => void;
}

export const createHandleChecks = (handles: ReceiptHandles): HandleChecks => {
  const checked = (queue: SqsQueue, given: string | undefined): string => {
    const handle = required(given, 'ReceiptHandle');
    if (handles.read(handle)?.queueArn === queue.arn) return handle;
    throw new AwsError(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${handle}" is not a valid receipt handle.`,
      { status: 404 },
    );
  };
  return {
    forDelete: (queue, given) => {
      const handle = checked(queue, given);
      if (queue.isFifo() && isReturned(queue, handles.read(handle)?.messageId))
        throw invalidValue('ReceiptHandle', handle, 'The receipt handle has expired.');
    },
    forChange: (queue, given) => {
      const handle = checked(queue, given);
      if (!queue.inflightMessages.has(handle))
        throw invalidValue(
          'ReceiptHandle',
          handle,
          'Message does not exist or is not available for visibility timeout change.',
        );
    },
  };
};

const isReturned = (queue: SqsQueue, messageId: string | undefined): boolean =>
  queue.inspectMessages().ready.some((message) => message.messageId === messageId);
