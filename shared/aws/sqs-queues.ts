/** The queues between the functions. */
import { ChangeMessageVisibilityCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { AlertQueue, DeadLetterQueue, DecidedQueue, SourceQueue } from '../pipeline/ports.ts';
import { clientDefaults } from './client-defaults.ts';
import { errorFromAws } from './error-from-aws.ts';
import { sendMessages } from './send-messages.ts';

/** `useQueueUrlAsEndpoint: false`: requests go to the Region's endpoint, or to the one that is configured. */
export const sqsClient = (): SQSClient => new SQSClient({ ...clientDefaults, useQueueUrlAsEndpoint: false });

export const sqsDecidedQueue = (sqs: SQSClient, queueUrl: string): DecidedQueue => ({
  send: (findings) =>
    sendMessages(sqs, queueUrl, findings, { what: 'Passing decided findings on', one: 'a decided finding' }),
});

export const sqsAlertQueue = (sqs: SQSClient, queueUrl: string): AlertQueue => ({
  schedule: async (group, delaySeconds) => {
    await sqs
      .send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: JSON.stringify({ group }),
          DelaySeconds: delaySeconds,
        }),
      )
      .catch((thrown: unknown) => {
        throw errorFromAws(thrown, 'Scheduling an alert');
      });
  },
});

export const sqsDeadLetterQueue = (sqs: SQSClient, queueUrl: string): DeadLetterQueue => ({
  send: async (body, { errorCode, reason, functionName }) => {
    const text = (value: string) => ({ DataType: 'String', StringValue: value });
    await sqs
      .send(
        new SendMessageCommand({
          QueueUrl: queueUrl,
          MessageBody: body,
          MessageAttributes: { ErrorCode: text(errorCode), Reason: text(reason), Function: text(functionName) },
        }),
      )
      .catch((thrown: unknown) => {
        throw errorFromAws(thrown, 'Dead-lettering a record');
      });
  },
});

export const sqsSourceQueue = (sqs: SQSClient, queueUrl: string): SourceQueue => ({
  bringBack: async (receipt, afterSeconds) => {
    await sqs
      .send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queueUrl,
          ReceiptHandle: receipt,
          VisibilityTimeout: afterSeconds,
        }),
      )
      .catch((thrown: unknown) => {
        throw errorFromAws(thrown, 'Saying when a record comes back');
      });
  },
});
