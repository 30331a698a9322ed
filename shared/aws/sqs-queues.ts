/** The queues between the functions. */
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SekishoError } from '../base/errors.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { AlertQueue, DeadLetterQueue, DecidedQueue } from '../pipeline/ports.ts';
import { batchesOf } from './batches-of.ts';
import { clientDefaults } from './client-defaults.ts';
import { errorFromAws } from './error-from-aws.ts';

/** `useQueueUrlAsEndpoint: false`: requests go to the Region's endpoint, or to the one that is configured. */
export const sqsClient = (): SQSClient => new SQSClient({ ...clientDefaults, useQueueUrlAsEndpoint: false });

/** SQS: 10 messages and 1 MiB a call, and 1 MiB a message. */
const BATCH = { count: 10, bytes: 1_048_576 } as const;

export const sqsDecidedQueue = (sqs: SQSClient, queueUrl: string): DecidedQueue => ({
  send: async (findings) => {
    const messages = findings.map((finding) => escaped(JSON.stringify(finding)));
    const results: Result<void, SekishoError>[] = messages.map(() => ok(undefined));
    for (const batch of batchesOf(messages, BATCH, (message) => Buffer.byteLength(message)))
      for (const failure of await sendBatch(sqs, queueUrl, batch)) results[failure.index] = err(failure.error);
    return results;
  },
});

/** SQS refuses two characters that JSON may hold as they are. */
const escaped = (json: string): string =>
  json.replace(/[\uFFFE\uFFFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);

interface Failure {
  readonly index: number;
  readonly error: SekishoError;
}

const sendBatch = async (
  sqs: SQSClient,
  queueUrl: string,
  batch: readonly { readonly index: number; readonly item: string }[],
): Promise<readonly Failure[]> => {
  try {
    const { Failed = [] } = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: batch.map(({ index, item }) => ({ Id: String(index), MessageBody: item })),
      }),
    );
    return Failed.map(({ Id, SenderFault, Code }) => ({
      index: Number(Id),
      error: new SekishoError(
        SenderFault ? 'AWS_REJECTED' : 'AWS_UNAVAILABLE',
        `SQS did not take a decided finding: ${Code}.`,
      ),
    }));
  } catch (thrown) {
    const error = errorFromAws(thrown, 'Passing decided findings on');
    return batch.map(({ index }) => ({ index, error }));
  }
};

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
