import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sqsHandler } from '../../functions/sqs-handler.ts';
import { sqsDeadLetterQueue } from '../../shared/aws/sqs-queues.ts';
import { type ErrorCode, SekishoError } from '../../shared/base/errors.ts';
import { err, ok } from '../../shared/base/result.ts';
import { type Front, startFront } from '../local/queues/front-server.ts';

// Read when the handler is made; the records are what is looked at here.
process.env.POWERTOOLS_LOG_LEVEL = 'SILENT';
process.env.POWERTOOLS_METRICS_DISABLED = 'true';

const FUNCTION = 'sekisho-on-finding';
let front: Front;
beforeAll(async () => {
  front = await startFront();
  await front.queues.createQueue({ name: 'dead' });
});
afterAll(() => front.close());
beforeEach(() => front.queues.purge('dead'));

/** A body `code:text` fails with the code; any other is done. */
const handlerTo = (queue: string) =>
  sqsHandler({
    functionName: FUNCTION,
    deadLetters: sqsDeadLetterQueue(front.sqs, front.queues.url(queue)),
    process: async (bodies) =>
      bodies.map((body) => {
        const [code = '', text] = body.split(':');
        return text === undefined ? ok(undefined) : err(new SekishoError(code as ErrorCode, `It is ${text}.`));
      }),
  });

const handle = async (bodies: readonly string[], queue = 'dead'): Promise<readonly string[]> => {
  const Records = bodies.map((body, index) => ({ messageId: `message-${index}`, body }) as SQSRecord);
  const event: SQSEvent = { Records };
  const context = { functionName: FUNCTION, awsRequestId: 'request' } as Context;
  const { batchItemFailures } = await handlerTo(queue)(event, context);
  return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
};

const deadLetters = async () => {
  const QueueUrl = front.queues.url('dead');
  const input = { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
  const { Messages = [] } = await front.sqs.send(new ReceiveMessageCommand(input));
  return Messages.map(({ Body, MessageAttributes = {} }) => ({
    body: Body,
    ...Object.fromEntries(Object.entries(MessageAttributes).map(([name, value]) => [name, value.StringValue])),
  }));
};

describe('a batch of records', () => {
  it('that all succeed leaves nothing to come back', async () => {
    expect(await handle(['a', 'b'])).toEqual([]);
    expect(await deadLetters()).toEqual([]);
  });

  it('without records is done', async () => {
    expect(await handle([])).toEqual([]);
  });

  it.each(['AWS_THROTTLED', 'AWS_DENIED', 'AWS_UNAVAILABLE', 'DESTINATION_UNAVAILABLE', 'UNEXPECTED'])(
    'gives back the one that failed with %s, and only that',
    async (code) => {
      expect(await handle(['a', `${code}:busy`, 'b'])).toEqual(['message-1']);
      expect(await deadLetters()).toEqual([]);
    },
  );

  it('gives one that failed for good to the dead-letter queue as it was, and acknowledges it', async () => {
    const body = 'EVENT_INVALID:{"text":"関所"';
    expect(await handle(['a', body])).toEqual([]);
    expect(await deadLetters()).toEqual([
      { body, ErrorCode: 'EVENT_INVALID', Reason: 'It is {"text".', Function: 'sekisho-on-finding' },
    ]);
  });

  it('sends each of its records its own way', async () => {
    const bodies = ['AWS_THROTTLED:busy', 'MANIFEST_INVALID:bad', 'fine', 'AWS_DENIED:denied', 'FINDING_REFUSED:wrong'];
    expect(await handle(bodies)).toEqual(['message-0', 'message-3']);
    expect((await deadLetters()).map(({ body }) => body).toSorted()).toEqual([
      'FINDING_REFUSED:wrong',
      'MANIFEST_INVALID:bad',
    ]);
  });

  it('gives back one that failed for good when the dead-letter queue does not take it', async () => {
    expect(await handle(['EVENT_INVALID:bad', 'a'], 'nowhere')).toEqual(['message-0']);
  });
});
