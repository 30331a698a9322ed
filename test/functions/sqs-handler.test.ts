import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import type { Context, SQSEvent, SQSRecord } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sqsHandler } from '../../functions/sqs-handler.ts';
import { sqsDeadLetterQueue, sqsSourceQueue } from '../../shared/aws/sqs-queues.ts';
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

it('a batch of records tells how often each was delivered, which is once where SQS does not say', async () => {
  const told: unknown[] = [];
  const handler = sqsHandler({
    functionName: FUNCTION,
    deadLetters: sqsDeadLetterQueue(front.sqs, front.queues.url('dead')),
    process: async (bodies, receives) => {
      told.push(bodies, receives);
      return bodies.map(() => ok(DONE));
    },
  });
  const Records = [{ ApproximateReceiveCount: '1' }, { ApproximateReceiveCount: '5' }, undefined].map(
    (attributes, at) => ({ messageId: `message-${at}`, body: `${at}`, attributes }) as SQSRecord,
  );
  await handler({ Records }, { functionName: FUNCTION, awsRequestId: 'request' } as Context);
  expect(told).toEqual([
    ['0', '1', '2'],
    [1, 5, 1],
  ]);
});

/** What the function writes, line by line, in each test of the block. */
const listen = (): readonly Record<string, unknown>[] => {
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
  return written;
};

describe('a record that asks for nothing', () => {
  const written = listen();

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

describe('a record that is tried again', () => {
  const written = listen();
  /** As long as the queue of a function that may take 14 minutes. */
  const VISIBILITY = 5_040;
  let queues = 0;
  const newQueue = async (): Promise<string> => {
    queues += 1;
    const name = `source-${queues}`;
    await front.queues.createQueue({ name, attributes: { VisibilityTimeout: String(VISIBILITY) } });
    return name;
  };

  const receive = async (name: string) => {
    const { Messages = [] } = await front.sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: front.queues.url(name),
        MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      }),
    );
    return Messages;
  };

  /** Gives the one message of the queue to a function, as the event source mapping does. */
  const deliver = async (name: string, code: ErrorCode, sooner = true, handles = (handle: string) => handle) => {
    const Records = (await receive(name)).map(
      ({ MessageId, ReceiptHandle = '', Body, Attributes }) =>
        ({
          messageId: MessageId,
          receiptHandle: handles(ReceiptHandle),
          body: Body,
          attributes: Attributes,
        }) as SQSRecord,
    );
    const handler = sqsHandler({
      functionName: FUNCTION,
      deadLetters: sqsDeadLetterQueue(front.sqs, front.queues.url('dead')),
      ...(sooner && {
        retries: {
          queue: sqsSourceQueue(front.sqs, front.queues.url(name)),
          afterSeconds: (receives: number) => receives * 100,
        },
      }),
      process: async (bodies) => bodies.map(() => err(new SekishoError(code, 'It is busy.'))),
    });
    const { batchItemFailures } = await handler({ Records }, {
      functionName: FUNCTION,
      awsRequestId: 'request',
    } as Context);
    return { delivered: Records.length, returned: batchItemFailures.length };
  };
  const isThereAfter = async (name: string, seconds: number): Promise<boolean> => {
    front.clock.advance(seconds);
    return (await receive(name)).length > 0;
  };

  it('comes back as soon as the function wants, each time later', async () => {
    const name = await newQueue();
    await front.queues.send(name, 'layer');
    expect(await deliver(name, 'AWS_THROTTLED')).toEqual({ delivered: 1, returned: 1 });
    expect(await isThereAfter(name, 98)).toBe(false);
    front.clock.advance(4);
    expect(await deliver(name, 'AWS_THROTTLED')).toEqual({ delivered: 1, returned: 1 });
    expect(await isThereAfter(name, 190)).toBe(false);
    expect(await isThereAfter(name, 15)).toBe(true);
    expect(written.filter(({ level }) => level === 'WARN').map(({ message }) => message)).toEqual([
      'a record is tried again',
      'a record is tried again',
    ]);
  });

  it('comes back when its visibility ends where the function wants nothing', async () => {
    const name = await newQueue();
    await front.queues.send(name, 'layer');
    expect(await deliver(name, 'AWS_THROTTLED', false)).toEqual({ delivered: 1, returned: 1 });
    expect(await isThereAfter(name, VISIBILITY - 10)).toBe(false);
    expect(await isThereAfter(name, 15)).toBe(true);
  });

  it('waits longer where the queue does not listen, and the log says so', async () => {
    const name = await newQueue();
    await front.queues.send(name, 'layer');
    expect(await deliver(name, 'AWS_THROTTLED', true, () => 'no handle')).toEqual({ delivered: 1, returned: 1 });
    expect(await isThereAfter(name, VISIBILITY - 10)).toBe(false);
    expect(await isThereAfter(name, 15)).toBe(true);
    expect(written).toContainEqual(
      expect.objectContaining({
        level: 'WARN',
        message: 'a record comes back later than it could',
        errorCode: 'AWS_REJECTED',
        reason: 'Saying when a record comes back failed: ReceiptHandleIsInvalid',
      }),
    );
  });

  it('is none that failed for good', async () => {
    const name = await newQueue();
    await front.queues.send(name, 'layer');
    expect(await deliver(name, 'DIGEST_MISMATCH')).toEqual({ delivered: 1, returned: 0 });
    expect(await isThereAfter(name, 200)).toBe(false);
  });
});
