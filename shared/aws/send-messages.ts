/** Messages of one kind to a queue, as few calls as SQS allows. */
import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { SekishoError } from '../base/errors.ts';
import { err, ok, type Result } from '../base/result.ts';
import { batchesOf, type Indexed } from './batches-of.ts';
import { errorFromAws } from './error-from-aws.ts';

/** SQS: 10 messages and 1 MiB a call, and 1 MiB a message. */
const BATCH = { count: 10, bytes: 1_048_576 } as const;

export interface SentAs {
  /** What is done, for the error: `Passing decided findings on`. */
  readonly what: string;
  /** One of the messages: `a decided finding`. */
  readonly one: string;
}

/** One result per message, in order: a refusal of one is no failure of the others. Never throws. */
export const sendMessages = async (
  sqs: SQSClient,
  queueUrl: string,
  messages: readonly unknown[],
  as: SentAs,
): Promise<readonly Result<void, SekishoError>[]> => {
  const bodies = messages.map((message) => escaped(JSON.stringify(message)));
  const results: Result<void, SekishoError>[] = bodies.map(() => ok(undefined));
  for (const batch of batchesOf(bodies, BATCH, (body) => Buffer.byteLength(body)))
    for (const failure of await sendBatch(sqs, queueUrl, batch, as)) results[failure.index] = err(failure.error);
  return results;
};

/** SQS refuses two characters that JSON may hold as they are. */
export const escaped = (json: string): string =>
  json.replace(/[\uFFFE\uFFFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);

interface Failure {
  readonly index: number;
  readonly error: SekishoError;
}

const sendBatch = async (
  sqs: SQSClient,
  queueUrl: string,
  batch: readonly Indexed<string>[],
  { what, one }: SentAs,
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
      error: new SekishoError(SenderFault ? 'AWS_REJECTED' : 'AWS_UNAVAILABLE', `SQS did not take ${one}: ${Code}.`),
    }));
  } catch (thrown) {
    const error = errorFromAws(thrown, what);
    return batch.map(({ index }) => ({ index, error }));
  }
};
