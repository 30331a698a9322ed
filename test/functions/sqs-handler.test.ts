import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sqsHandler } from '../../functions/sqs-handler.ts';
import { sqsDeadLetterQueue } from '../../shared/aws/sqs-queues.ts';
import { type ErrorCode, SekishoError } from '../../shared/base/errors.ts';
import { err, ok, type Result } from '../../shared/base/result.ts';
import { DONE, ignored, type Settled } from '../../shared/pipeline/settled.ts';
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

/** A body `ignored:text` asks for nothing, `code:text` fails with the code; any other is done. */
const handlerTo = (queue: string) =>
  sqsHandler({
    functionName: FUNCTION,
    deadLetters: sqsDeadLetterQueue(front.sqs, front.queues.url(queue)),
    process: async (bodies) =>
      bodies.map((body): Result<Settled, SekishoError> => {
        const [code = '', text] = body.split(':');
        if (text === undefined) return ok(DONE);
        return code === 'ignored' ? ok(ignored(text)) : err(new SekishoError(code as ErrorCode, `It is ${text}.`));
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

describe('a record that asks for nothing', () => {
  /** What the function writes, line by line. */
  const written: Record<string, unknown>[] = [];
  beforeEach(() => {
    written.length = 0;
    // In this mode Powertools writes to the console of the process, and not beside it.
    vi.stubEnv('POWERTOOLS_DEV', 'true');
    vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'INFO');
    vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
    for (const method of ['log', 'info', 'warn', 'error'] as const)
      vi.spyOn(console, method).mockImplementation((line: string) => void written.push(JSON.parse(line)));
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('is acknowledged, and told with its reason and as a number', async () => {
    expect(await handle(['a', 'ignored:it names no image', 'ignored:it is late'])).toEqual([]);
    expect(await deadLetters()).toEqual([]);
    expect(written.filter(({ message }) => message !== undefined)).toEqual([
      expect.objectContaining({
        level: 'INFO',
        message: 'a record is ignored',
        messageId: 'message-1',
        reason: 'it names no image',
      }),
      expect.objectContaining({ level: 'INFO', messageId: 'message-2', reason: 'it is late' }),
    ]);
    const metrics = written.find((line) => '_aws' in line);
    expect(metrics).toMatchObject({ Records: 3, RecordsIgnored: [1, 1] });
    expect(metrics).not.toHaveProperty('RecordsDeadLettered');
  });
});
