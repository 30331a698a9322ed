/** The queues of an inspection: layers to scan, images whose layers are scanned. */
import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { InspectionQueue, LayerQueue } from '../pipeline/inspection-ports.ts';
import { errorFromAws } from './error-from-aws.ts';
import { escaped, sendMessages } from './send-messages.ts';

export const sqsLayerQueue = (sqs: SQSClient, queueUrl: string): LayerQueue => ({
  send: async (tasks) => {
    const as = { what: 'Asking for a layer to be scanned', one: 'the request to scan a layer' };
    const results = await sendMessages(sqs, queueUrl, tasks, as);
    // Whoever asked tries again with all of them: a layer that is asked for twice is read once.
    const errors = results.flatMap((result) => (result.ok ? [] : [result.error]));
    const error = errors.find(({ retryable }) => retryable) ?? errors[0];
    if (error !== undefined) throw error;
  },
});

export const sqsInspectionQueue = (sqs: SQSClient, queueUrl: string): InspectionQueue => ({
  send: async (task, delaySeconds) => {
    const MessageBody = escaped(JSON.stringify(task));
    await sqs
      .send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody, DelaySeconds: delaySeconds }))
      .catch((thrown: unknown) => {
        throw errorFromAws(thrown, 'Asking for an image to be inspected');
      });
  },
});
