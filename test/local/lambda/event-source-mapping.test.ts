import { SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createEventSourceMapping,
  type EventSourceMapping,
  type EventSourceMappingOptions,
} from '../../../local/lambda/event-source-mapping.ts';
import { createFunction, type InvocationOutcome } from '../../../local/lambda/function.ts';
import { isIdle } from '../../../local/lambda/idle.ts';
import type { SqsRecord } from '../../../local/lambda/sqs-record.ts';
import { ACCOUNT, type Front, REGION, startFront } from '../queues/front-server.ts';
import { writeBundle } from './bundle.ts';

interface SqsEvent {
  readonly Records: readonly SqsRecord[];
}

let front: Front;
let mappings: EventSourceMapping[];
/** The queues of one test. */
let work: string;
let dead: string;
let next: string;
let tests = 0;

beforeAll(async () => {
  front = await startFront();
});
beforeEach(() => {
  tests += 1;
  [work, dead, next] = [`work-${tests}`, `dead-${tests}`, `next-${tests}`];
  mappings = [];
});
afterEach(() => Promise.all(mappings.map((mapping) => mapping.close())));
afterAll(() => front.close());

const VISIBILITY_SECONDS = 60;

const newQueue = async (name: string, attributes: Record<string, string> = {}): Promise<void> =>
  front.queues.createQueue({ name, attributes: { VisibilityTimeout: String(VISIBILITY_SECONDS), ...attributes } });

const ok = (payload: unknown = null): InvocationOutcome => ({ ok: true, payload });

/** A mapping on the queue of the test, and the bodies of the batches that its function was given. */
const mapTo = (
  handle: (event: SqsEvent) => InvocationOutcome | Promise<InvocationOutcome>,
  options: Partial<EventSourceMappingOptions> = {},
): {
  readonly mapping: EventSourceMapping;
  readonly batches: string[][];
  readonly faults: unknown[];
  readonly logs: string[];
} => {
  const batches: string[][] = [];
  const faults: unknown[] = [];
  const logs: string[] = [];
  const invoke = async (event: unknown): Promise<InvocationOutcome> => {
    const batch = event as SqsEvent;
    batches.push(batch.Records.map(({ body }) => body));
    return handle(batch);
  };
  const mapping = createEventSourceMapping({
    queue: work,
    queues: front.queues,
    fn: { invoke },
    clock: front.clock,
    region: REGION,
    batchSize: 10,
    windowSeconds: 0,
    visibilityTimeoutSeconds: VISIBILITY_SECONDS,
    functionTimeoutSeconds: 10,
    reportBatchItemFailures: true,
    onLog: (line) => logs.push(line),
    onFault: (error) => faults.push(error),
    ...options,
  });
  mappings.push(mapping);
  return { mapping, batches, faults, logs };
};

/** Waits for as long as a busy machine may need. */
const until = (check: () => void | Promise<void>): Promise<void> => vi.waitFor(check, { timeout: 20_000, interval: 5 });

const idle = (): Promise<void> => until(async () => expect(await isIdle(front.queues, mappings)).toBe(true));

const send = async (...bodies: readonly string[]): Promise<void> => {
  for (let start = 0; start < bodies.length; start += 10) {
    await front.sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: front.queues.url(work),
        Entries: bodies.slice(start, start + 10).map((body, index) => ({ Id: String(index), MessageBody: body })),
      }),
    );
  }
};

const EMPTY = { visible: 0, inFlight: 0, delayed: 0 };

describe('a record', () => {
  it('has the form that Lambda gives it', async () => {
    await newQueue(work);
    await front.sqs.send(
      new SendMessageCommand({
        QueueUrl: front.queues.url(work),
        MessageBody: 'hello',
        MessageAttributes: {
          Origin: { DataType: 'String', StringValue: 'rule' },
          Bytes: { DataType: 'Binary', BinaryValue: Uint8Array.of(1, 2, 3) },
        },
      }),
    );
    const records: SqsRecord[] = [];
    mapTo((event) => {
      records.push(...event.Records);
      return ok();
    });
    await idle();
    expect(records).toEqual([
      {
        messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        receiptHandle: expect.any(String),
        body: 'hello',
        attributes: {
          ApproximateReceiveCount: '1',
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          SenderId: ACCOUNT,
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        },
        messageAttributes: {
          Origin: { stringValue: 'rule', stringListValues: [], binaryListValues: [], dataType: 'String' },
          Bytes: { binaryValue: 'AQID', stringListValues: [], binaryListValues: [], dataType: 'Binary' },
        },
        md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
        md5OfBody: '5d41402abc4b2a76b9719d911017c592',
        eventSource: 'aws:sqs',
        eventSourceARN: `arn:aws:sqs:${REGION}:${ACCOUNT}:${work}`,
        awsRegion: REGION,
      },
    ]);
  });
});

describe('the messages of a batch', () => {
  beforeEach(() => newQueue(work));

  it('are deleted when the function succeeds', async () => {
    mapTo(() => ok());
    await send('a', 'b');
    await idle();
    expect((await front.queues.snapshot())[work]).toEqual(EMPTY);
  });

  it('come back alone when the function names them as failed', async () => {
    let first = true;
    const { batches } = mapTo(({ Records }) => {
      const failures = first ? Records.filter(({ body }) => body === 'b') : [];
      first = false;
      return ok({ batchItemFailures: failures.map(({ messageId }) => ({ itemIdentifier: messageId })) });
    });
    await send('a', 'b', 'c');
    await idle();
    expect((await front.queues.snapshot())[work]).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
    front.clock.advance(VISIBILITY_SECONDS + 1);
    await idle();
    expect(batches.at(-1)).toEqual(['b']);
    expect((await front.queues.snapshot())[work]).toEqual(EMPTY);
  });

  it.each<[string, InvocationOutcome]>([
    ['the function names an unknown id', ok({ batchItemFailures: [{ itemIdentifier: 'unknown' }] })],
    ['the function fails', { ok: false, errorType: 'Error', errorMessage: 'no', trace: [] }],
  ])('come back all when %s', async (_title, outcome) => {
    let first = true;
    const { batches } = mapTo(() => {
      const now = first ? outcome : ok();
      first = false;
      return now;
    });
    await send('a', 'b');
    await idle();
    expect((await front.queues.snapshot())[work]).toEqual({ visible: 0, inFlight: 2, delayed: 0 });
    front.clock.advance(VISIBILITY_SECONDS + 1);
    await idle();
    expect(batches.map((batch) => batch.toSorted())).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
    expect((await front.queues.snapshot())[work]).toEqual(EMPTY);
  });

  it('are deleted whatever the function answers when failures are not reported by item', async () => {
    mapTo(({ Records }) => ok({ batchItemFailures: [{ itemIdentifier: Records[0]?.messageId }] }), {
      reportBatchItemFailures: false,
    });
    await send('a', 'b');
    await idle();
    expect((await front.queues.snapshot())[work]).toEqual(EMPTY);
  });

  it('are deleted unseen when the filter does not want them', async () => {
    const { batches } = mapTo(() => ok(), { filter: ({ body }) => body !== 'noise' });
    await send('noise', 'signal');
    await idle();
    await send('noise');
    await idle();
    expect(batches).toEqual([['signal']]);
    expect((await front.queues.snapshot())[work]).toEqual(EMPTY);
  });

  it('of 1 MB each are cut into events of less than 6 MB', async () => {
    await Promise.all(
      Array.from({ length: 8 }, (_, index) => front.queues.send(work, String(index).repeat(1_000_000))),
    );
    const { batches } = mapTo(() => ok());
    await idle();
    expect(batches.map((batch) => batch.length)).toEqual([6, 2]);
    expect((await front.queues.snapshot())[work]).toEqual(EMPTY);
  });
});

describe('a message that always fails', () => {
  it('is in the dead-letter queue after its receives, as it was sent, and the others are done', async () => {
    await newQueue(dead);
    await newQueue(work, {
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: front.queues.arn(dead), maxReceiveCount: 2 }),
    });
    mapTo(({ Records }) => {
      const poison = Records.filter(({ body }) => body === 'poison');
      return ok({ batchItemFailures: poison.map(({ messageId }) => ({ itemIdentifier: messageId })) });
    });
    await front.queues.send(work, 'poison', { Origin: 'rule' });
    await send('fine');
    for (const _receive of [1, 2]) {
      await idle();
      front.clock.advance(VISIBILITY_SECONDS + 1);
    }
    await idle();
    const snapshot = await front.queues.snapshot();
    expect(snapshot[work]).toEqual(EMPTY);
    expect(await front.queues.peek(dead)).toMatchObject([
      { body: 'poison', messageAttributes: { Origin: { DataType: 'String', StringValue: 'rule' } } },
    ]);
  });
});

describe('a batching window', () => {
  beforeEach(() => newQueue(work));

  it('ends when the batch is full', async () => {
    const { batches } = mapTo(() => ok(), { batchSize: 25, windowSeconds: 300 });
    await send(...Array.from({ length: 25 }, (_, index) => String(index)));
    await until(() => expect(batches.map((batch) => batch.length)).toEqual([25]));
  });

  it('gathers what is sent before the clock is advanced', async () => {
    const { mapping, batches } = mapTo(() => ok(), { batchSize: 500, windowSeconds: 300 });
    await send('a');
    await send('b');
    await until(async () => expect((await front.queues.snapshot())[work]?.inFlight).toBe(2));
    expect(batches).toEqual([]);
    expect(mapping.busy()).toBe(true);
    front.clock.advance(1);
    await idle();
    expect(batches.map((batch) => batch.toSorted())).toEqual([['a', 'b']]);
  });

  it('ends by itself', async () => {
    const { batches } = mapTo(() => ok(), { batchSize: 500, windowSeconds: 1 });
    await send('a');
    await until(() => expect(batches).toEqual([['a']]));
  });

  it('is given up when the mapping is closed', async () => {
    const { mapping, batches } = mapTo(() => ok(), { batchSize: 500, windowSeconds: 300 });
    await send('a');
    await until(async () => expect((await front.queues.snapshot())[work]?.inFlight).toBe(1));
    await mapping.close();
    expect(mapping.busy()).toBe(false);
    expect(batches.flat()).toEqual(['a']);
  });
});

describe('a burst of 2,000 messages', () => {
  it('is drained by as many batches at a time as the maximum allows, and no more', async () => {
    await newQueue(work);
    let running = 0;
    let most = 0;
    const twoRun = Promise.withResolvers<void>();
    const { batches } = mapTo(
      async () => {
        running += 1;
        most = Math.max(most, running);
        if (running === 2) twoRun.resolve();
        // The first batch ends only when a second one runs beside it; from then on each gives way to a third, if one came.
        await twoRun.promise;
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return ok();
      },
      { maximumConcurrency: 2 },
    );
    const bodies = Array.from({ length: 2000 }, (_, index) => String(index));
    await send(...bodies);
    await idle();
    expect(batches.flat().toSorted()).toEqual(bodies.toSorted());
    expect(most).toBe(2);
    expect((await front.queues.snapshot())[work]).toEqual(EMPTY);
  });
});

describe('an idle runtime', () => {
  it('is never reported while work goes on from queue to queue', async ({ signal }) => {
    await newQueue(work);
    await newQueue(next);
    const done: string[] = [];
    mapTo(async ({ Records }) => {
      for (const { body } of Records) await front.queues.send(next, body);
      return ok();
    });
    mapTo(
      async ({ Records }) => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        done.push(...Records.map(({ body }) => body));
        return ok();
      },
      { queue: next },
    );
    for (let round = 1; round <= 50; round += 1) {
      await front.queues.send(work, String(round));
      // Asked again at once, so that no moment is missed; a test that is given up must not go on asking.
      while (!signal.aborted && !(await isIdle(front.queues, mappings)));
      expect(done).toHaveLength(round);
    }
  });

  it('does nothing until a message comes', async () => {
    await newQueue(work);
    const { mapping } = mapTo(() => ok());
    await idle();
    const before = mapping.started();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(mapping.started()).toBe(before);
  });

  it('counts what others do', async () => {
    const other = { busy: () => true, started: () => 1 };
    expect(await isIdle(front.queues, [], [other])).toBe(false);
    expect(await isIdle(front.queues, [])).toBe(true);
  });
});

describe('a mapping that may not poll', () => {
  beforeEach(() => newQueue(work));

  it('leaves the messages where they are, and the runtime is idle', async () => {
    const { mapping, batches } = mapTo(() => ok(), { mayPoll: () => false });
    await send('a', 'b');
    await until(() => expect(mapping.resting()).toBe(true));
    await idle();
    expect(batches).toEqual([]);
    expect((await front.queues.snapshot())[work]).toEqual({ visible: 2, inFlight: 0, delayed: 0 });
  });

  it('goes on when it is woken, if it may', async () => {
    let may = false;
    const { mapping, batches } = mapTo(() => ok(), { mayPoll: () => may });
    await send('a');
    await until(() => expect(mapping.resting()).toBe(true));
    mapping.wake();
    await until(() => expect(mapping.resting()).toBe(true));
    may = true;
    mapping.wake();
    await until(() => expect(batches).toEqual([['a']]));
    await idle();
    expect(mapping.resting()).toBe(false);
    expect((await front.queues.snapshot())[work]).toEqual(EMPTY);
  });

  it('is asked before each receive, so a window ends with what was received before', async () => {
    let may = true;
    const { mapping, batches } = mapTo(() => ok(), { mayPoll: () => may, batchSize: 500, windowSeconds: 300 });
    await send('a');
    await until(async () => expect((await front.queues.snapshot())[work]?.inFlight).toBe(1));
    may = false;
    await send('b');
    await until(() => expect(batches).toEqual([['a']]));
    await until(async () =>
      expect((await front.queues.snapshot())[work]).toEqual({ visible: 1, inFlight: 0, delayed: 0 }),
    );
    expect(mapping.resting()).toBe(true);
  });
});

describe('a mapping', () => {
  it.each<[string, Partial<EventSourceMappingOptions>]>([
    ['a batch size of 0', { batchSize: 0 }],
    ['a visibility timeout below that of the function', { visibilityTimeoutSeconds: 30, functionTimeoutSeconds: 31 }],
  ])('refuses %s, as Lambda does', (_title, options) => {
    expect(() => mapTo(() => ok(), options)).toThrow(RangeError);
  });

  it('passes on the advice of Lambda once', async () => {
    await newQueue(work);
    expect(mapTo(() => ok(), { windowSeconds: 1 }).logs).toEqual([expect.stringContaining('at least 61')]);
    expect(mapTo(() => ok()).logs).toEqual([]);
  });

  it('says that its queue is missing', async () => {
    const { faults, mapping } = mapTo(() => ok(), { queue: 'missing' });
    await until(() => expect(faults).toMatchObject([{ message: 'There is no queue missing.' }]));
    expect(mapping.busy()).toBe(false);
  });

  it('lets its running batch end when it is closed', async () => {
    await newQueue(work);
    const { mapping } = mapTo(async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      return ok();
    });
    await send('a');
    await until(() => expect(mapping.busy()).toBe(true));
    await until(async () => expect((await front.queues.snapshot())[work]?.inFlight).toBe(1));
    await mapping.close();
    expect((await front.queues.snapshot())[work]).toEqual(EMPTY);
  });

  it('brings messages to a real function', async () => {
    await newQueue(work);
    const bundle = await writeBundle(
      `export const handler = async ({ Records }) => {
         const bad = Records.filter(({ body }) => body === 'bad');
         return { batchItemFailures: bad.map(({ messageId }) => ({ itemIdentifier: messageId })) };
       };`,
    );
    const fn = createFunction({
      name: 'on-work',
      file: bundle.file,
      exportName: 'handler',
      timeoutSeconds: 5,
      memoryMb: 256,
      environment: {},
      account: ACCOUNT,
      region: REGION,
      clock: front.clock,
      onLog: () => {},
      onFault: (error) => expect.unreachable(String(error)),
    });
    await send('good', 'bad');
    mapTo(() => ok(), { fn });
    await idle();
    expect((await front.queues.snapshot())[work]).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
    await fn.close();
    await bundle.remove();
  });
});
