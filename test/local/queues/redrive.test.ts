import {
  CancelMessageMoveTaskCommand,
  DeleteQueueCommand,
  ListDeadLetterSourceQueuesCommand,
  ListMessageMoveTasksCommand,
  ResourceNotFoundException,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
  type StartMessageMoveTaskCommandInput,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Front, startFront } from './front-server.ts';

let front: Front;
beforeAll(async () => {
  front = await startFront();
});
afterAll(() => front.close());

let count = 0;
const newQueue = async (attributes: Record<string, string> = {}, suffix = ''): Promise<string> => {
  count += 1;
  const name = `queue-${count}${suffix}`;
  await front.queues.createQueue({ name, attributes });
  return name;
};
const newSource = (dead: string): Promise<string> =>
  newQueue({
    VisibilityTimeout: '10',
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: front.queues.arn(dead), maxReceiveCount: 1 }),
  });

/** Sends the bodies to the queue and lets them fail once. */
const fail = async (source: string, ...bodies: readonly string[]): Promise<void> => {
  for (const body of bodies) await front.queues.send(source, body, { Origin: 'rule' });
  await front.queues.receive(source, 10);
  front.clock.advance(11);
  await front.queues.receive(source, 10);
};

const start = (input: StartMessageMoveTaskCommandInput) => front.sqs.send(new StartMessageMoveTaskCommand(input));
const tasksOf = async (dead: string, MaxResults?: number) =>
  (await front.sqs.send(new ListMessageMoveTasksCommand({ SourceArn: front.queues.arn(dead), MaxResults }))).Results ??
  [];
const bodiesOf = async (name: string) => (await front.queues.peek(name)).map(({ body }) => body);

describe('a message move task without a destination', () => {
  it('brings every message back to the queue that it failed in', async () => {
    const dead = await newQueue();
    const [first, second] = [await newSource(dead), await newSource(dead)];
    await fail(first, 'one', 'two');
    await fail(second, 'three');
    expect(await bodiesOf(dead)).toEqual(['one', 'two', 'three']);
    const before = front.clock.nowMs();
    const { TaskHandle } = await start({ SourceArn: front.queues.arn(dead) });
    expect(JSON.parse(Buffer.from(TaskHandle ?? '', 'base64').toString())).toEqual({
      taskId: expect.any(String),
      sourceArn: front.queues.arn(dead),
    });
    const [task, ...others] = await tasksOf(dead);
    expect(others).toEqual([]);
    expect(task).toEqual({
      Status: 'COMPLETED',
      SourceArn: front.queues.arn(dead),
      ApproximateNumberOfMessagesMoved: 3,
      ApproximateNumberOfMessagesToMove: 3,
      StartedTimestamp: expect.any(Number),
    });
    expect(task?.StartedTimestamp).toBeGreaterThanOrEqual(before);
    expect(await bodiesOf(first)).toEqual(['one', 'two']);
    expect(await bodiesOf(second)).toEqual(['three']);
    expect(await bodiesOf(dead)).toEqual([]);
  });

  it('makes a new message: another id, not yet received, with the body and the attributes of the old one', async () => {
    const dead = await newQueue();
    const source = await newSource(dead);
    await fail(source, 'body');
    const [old] = await front.queues.peek(dead);
    expect(old?.attributes).toMatchObject({
      ApproximateReceiveCount: '1',
      DeadLetterQueueSourceArn: front.queues.arn(source),
    });
    front.clock.advance(3600);
    await start({ SourceArn: front.queues.arn(dead) });
    const [moved] = await front.queues.peek(source);
    expect(moved).toMatchObject({
      body: 'body',
      receiveCount: 0,
      messageAttributes: { Origin: { DataType: 'String', StringValue: 'rule' } },
    });
    expect(moved?.messageId).not.toBe(old?.messageId);
    expect(Number(moved?.attributes.SentTimestamp)).toBeGreaterThanOrEqual(
      Number(old?.attributes.SentTimestamp) + 3_600_000,
    );
    expect(moved?.attributes).not.toHaveProperty('DeadLetterQueueSourceArn');
    expect(moved?.attributes).not.toHaveProperty('ApproximateFirstReceiveTimestamp');
  });

  it('fails at a message that was sent to the dead-letter queue itself, and leaves it there', async () => {
    const dead = await newQueue();
    const source = await newSource(dead);
    await fail(source, 'failed');
    await front.queues.send(dead, 'sent by a function');
    await start({ SourceArn: front.queues.arn(dead) });
    expect(await tasksOf(dead)).toMatchObject([
      {
        Status: 'FAILED',
        FailureReason: 'CouldNotDetermineMessageSource',
        ApproximateNumberOfMessagesMoved: 1,
        ApproximateNumberOfMessagesToMove: 2,
      },
    ]);
    expect(await bodiesOf(source)).toEqual(['failed']);
    expect(await bodiesOf(dead)).toEqual(['sent by a function']);
  });

  it('tells the reader of the queue', async () => {
    const dead = await newQueue();
    const source = await newSource(dead);
    await fail(source, 'again');
    const told = new Promise<void>((resolve) => {
      front.queues.onVisible(source, resolve);
    });
    await start({ SourceArn: front.queues.arn(dead) });
    await told;
  });

  it('keeps the groups of a FIFO queue', async () => {
    const fifo = { FifoQueue: 'true', ContentBasedDeduplication: 'true' };
    const dead = await newQueue(fifo, '.fifo');
    const policy = JSON.stringify({ deadLetterTargetArn: front.queues.arn(dead), maxReceiveCount: 1 });
    const source = await newQueue({ ...fifo, VisibilityTimeout: '10', RedrivePolicy: policy }, '.fifo');
    await front.sqs.send(
      new SendMessageCommand({ QueueUrl: front.queues.url(source), MessageBody: 'x', MessageGroupId: 'group' }),
    );
    await front.queues.receive(source, 1);
    front.clock.advance(11);
    await front.queues.receive(source, 1);
    expect(await bodiesOf(dead)).toEqual(['x']);
    await start({ SourceArn: front.queues.arn(dead) });
    expect(await front.queues.peek(source)).toMatchObject([{ body: 'x', attributes: { MessageGroupId: 'group' } }]);
  });
});

describe('a message move task with a destination', () => {
  it('brings messages of any origin there', async () => {
    const [dead, destination] = [await newQueue(), await newQueue()];
    await fail(await newSource(dead), 'failed');
    await front.queues.send(dead, 'sent by a function', { ErrorCode: 'IMAGE_NOT_FOUND' });
    await start({ SourceArn: front.queues.arn(dead), DestinationArn: front.queues.arn(destination) });
    expect(await tasksOf(dead)).toMatchObject([
      { Status: 'COMPLETED', DestinationArn: front.queues.arn(destination), ApproximateNumberOfMessagesMoved: 2 },
    ]);
    expect(await front.queues.peek(destination)).toMatchObject([
      { body: 'failed' },
      { body: 'sent by a function', messageAttributes: { ErrorCode: { StringValue: 'IMAGE_NOT_FOUND' } } },
    ]);
  });

  it('leaves what somebody has received', async () => {
    const [dead, destination] = [await newQueue(), await newQueue()];
    await newSource(dead);
    await front.queues.send(dead, 'looked at');
    await front.queues.receive(dead, 1);
    await front.queues.send(dead, 'there');
    await start({ SourceArn: front.queues.arn(dead), DestinationArn: front.queues.arn(destination) });
    expect(await bodiesOf(destination)).toEqual(['there']);
    expect(await bodiesOf(dead)).toEqual(['looked at']);
  });
});

describe('a message move task with a rate', () => {
  /** A dead-letter queue of five messages, of which two move every second from now on. */
  const startSlow = async () => {
    const [dead, destination] = [await newQueue(), await newQueue()];
    await newSource(dead);
    for (const body of ['1', '2', '3', '4', '5']) await front.queues.send(dead, body);
    const SourceArn = front.queues.arn(dead);
    const { TaskHandle } = await start({
      SourceArn,
      DestinationArn: front.queues.arn(destination),
      MaxNumberOfMessagesPerSecond: 2,
    });
    return { dead, destination, SourceArn, TaskHandle };
  };

  it('moves that many messages a second of the clock', async () => {
    const { dead, destination, TaskHandle } = await startSlow();
    expect(await tasksOf(dead)).toMatchObject([
      { Status: 'RUNNING', TaskHandle, MaxNumberOfMessagesPerSecond: 2, ApproximateNumberOfMessagesMoved: 2 },
    ]);
    front.clock.advance(1);
    expect(await bodiesOf(destination)).toEqual(['1', '2', '3', '4']);
    front.clock.advance(1);
    expect(await bodiesOf(destination)).toHaveLength(5);
    const [task] = await tasksOf(dead);
    expect(task).toMatchObject({ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 5 });
    expect(task).not.toHaveProperty('TaskHandle');
  });

  it('goes on by itself', async () => {
    const { destination } = await startSlow();
    await bodiesOf(destination);
    const told = new Promise<void>((resolve) => {
      front.queues.onVisible(destination, resolve);
    });
    await told;
    await expect.poll(async () => (await front.queues.snapshot())[destination]?.visible, { timeout: 3000 }).toBe(4);
  });

  it('is due until it has ended', async () => {
    const { dead } = await startSlow();
    const [task] = await tasksOf(dead);
    const startedAt = Number(task?.StartedTimestamp);
    const moves = async () => (await front.queues.due()).filter(({ queue }) => queue === dead);
    expect(await moves()).toEqual([{ queue: dead, what: 'to-be-moved', at: new Date(startedAt + 1000), count: 3 }]);
    front.clock.advance(1);
    expect(await moves()).toEqual([{ queue: dead, what: 'to-be-moved', at: new Date(startedAt + 2000), count: 1 }]);
    front.clock.advance(1);
    expect(await moves()).toEqual([]);
  });

  it('can be cancelled once', async () => {
    const { dead, destination, TaskHandle } = await startSlow();
    const cancel = () => front.sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
    expect((await cancel()).ApproximateNumberOfMessagesMoved).toBe(2);
    front.clock.advance(10);
    expect(await bodiesOf(destination)).toHaveLength(2);
    expect(await tasksOf(dead)).toMatchObject([{ Status: 'CANCELLED', ApproximateNumberOfMessagesMoved: 2 }]);
    await expect(cancel()).rejects.toThrow('Only active tasks can be cancelled.');
  });

  it('is the only one of its queue until it has ended', async () => {
    const { dead, SourceArn } = await startSlow();
    await expect(start({ SourceArn })).rejects.toThrow('Only one active task is allowed');
    front.clock.advance(10);
    await tasksOf(dead);
    await front.queues.send(dead, 'later');
    await start({ SourceArn });
    expect((await tasksOf(dead)).map(({ Status }) => Status)).toEqual(['FAILED']);
    expect((await tasksOf(dead, 10)).map(({ Status }) => Status)).toEqual(['FAILED', 'COMPLETED']);
  });

  it('fails when its destination is deleted', async () => {
    const { dead, destination } = await startSlow();
    await front.sqs.send(new DeleteQueueCommand({ QueueUrl: front.queues.url(destination) }));
    front.clock.advance(1);
    expect(await tasksOf(dead)).toMatchObject([
      { Status: 'FAILED', FailureReason: 'AWS.SimpleQueueService.NonExistentQueue' },
    ]);
    expect(await bodiesOf(dead)).toEqual(['3', '4', '5']);
  });
});

describe('a refused request about move tasks', () => {
  const arn = (name: string): string => front.queues.arn(name);
  beforeAll(async () => {
    await front.queues.createQueue({ name: 'dead' });
    await front.queues.createQueue({ name: 'dead.fifo', attributes: { FifoQueue: 'true' } });
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn('dead'), maxReceiveCount: 1 });
    await front.queues.createQueue({ name: 'source', attributes: { RedrivePolicy } });
  });

  const invalid = 'InvalidParameterValue';
  it.each<[string, () => StartMessageMoveTaskCommandInput, string]>([
    ['a source that is no ARN', () => ({ SourceArn: 'dead' }), invalid],
    ['a source that does not exist', () => ({ SourceArn: arn('nowhere') }), 'ResourceNotFoundException'],
    ['a source that is the dead-letter queue of none', () => ({ SourceArn: arn('source') }), invalid],
    [
      'a destination that does not exist',
      () => ({ SourceArn: arn('dead'), DestinationArn: arn('nowhere') }),
      'ResourceNotFoundException',
    ],
    ['itself as destination', () => ({ SourceArn: arn('dead'), DestinationArn: arn('dead') }), invalid],
    ['a destination of the other type', () => ({ SourceArn: arn('dead'), DestinationArn: arn('dead.fifo') }), invalid],
    ['501 messages a second', () => ({ SourceArn: arn('dead'), MaxNumberOfMessagesPerSecond: 501 }), invalid],
    ['no message a second', () => ({ SourceArn: arn('dead'), MaxNumberOfMessagesPerSecond: 0 }), invalid],
    ['no source', () => ({ SourceArn: undefined }), 'MissingParameter'],
  ])('names %s', async (_title, input, name) => {
    await expect(start(input())).rejects.toMatchObject({ name });
    expect(await tasksOf('dead')).toEqual([]);
  });

  const handle = (taskId: string, name: string): string =>
    Buffer.from(JSON.stringify({ taskId, sourceArn: arn(name) })).toString('base64');
  it.each<[string, () => string, string]>([
    ['that is none', () => 'foobared', invalid],
    ['of an unknown queue', () => handle('10f57157', 'nowhere'), 'ResourceNotFoundException'],
    ['of an unknown task', () => handle('10f57157', 'dead'), 'ResourceNotFoundException'],
  ])('names a task handle %s', async (_title, TaskHandle, name) => {
    const cancel = front.sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle: TaskHandle() }));
    await expect(cancel).rejects.toMatchObject({ name });
  });

  it('is of the class that the SDK has for it', async () => {
    await expect(start({ SourceArn: arn('nowhere') })).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it.each([0, 11])('wants %d tasks of the list', async (MaxResults) => {
    await expect(tasksOf('dead', MaxResults)).rejects.toMatchObject({ name: invalid });
  });
});

describe('the sources of a dead-letter queue', () => {
  it('are listed by name, page by page', async () => {
    const dead = await newQueue();
    const sources = [await newSource(dead), await newSource(dead), await newSource(dead)];
    const QueueUrl = front.queues.url(dead);
    const first = await front.sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl, MaxResults: 2 }));
    const second = await front.sqs.send(
      new ListDeadLetterSourceQueuesCommand({ QueueUrl, MaxResults: 2, NextToken: first.NextToken }),
    );
    expect([...(first.queueUrls ?? []), ...(second.queueUrls ?? [])]).toEqual(sources.map(front.queues.url));
    expect(second.NextToken).toBeUndefined();
  });

  it('are none for any other queue', async () => {
    const QueueUrl = front.queues.url(await newQueue());
    expect((await front.sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl }))).queueUrls).toEqual([]);
    const unknown = new ListDeadLetterSourceQueuesCommand({ QueueUrl: front.queues.url('nowhere') });
    await expect(front.sqs.send(unknown)).rejects.toMatchObject({ name: 'QueueDoesNotExist' });
  });
});
