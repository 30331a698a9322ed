import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Front, startFront } from './front-server.ts';

let front: Front;
beforeAll(async () => {
  front = await startFront();
});
afterAll(() => front.close());

const MINUTE = 60;
let count = 0;
const newQueue = async (attributes: Record<string, string> = {}, suffix = ''): Promise<string> => {
  count += 1;
  const name = `queue-${count}${suffix}`;
  await front.queues.createQueue({ name, attributes });
  return name;
};

describe('a message older than its queue keeps messages', () => {
  it('is gone, and not a second earlier', async () => {
    const name = await newQueue({ MessageRetentionPeriod: '60' });
    await front.queues.send(name, 'x');
    front.clock.advance(MINUTE - 2);
    expect(await front.queues.peek(name)).toHaveLength(1);
    front.clock.advance(2);
    expect(await front.queues.peek(name)).toEqual([]);
    expect(await front.queues.receive(name, 1)).toEqual([]);
    expect((await front.queues.snapshot())[name]).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    const AttributeNames = ['ApproximateNumberOfMessages' as const];
    const get = new GetQueueAttributesCommand({ QueueUrl: front.queues.url(name), AttributeNames });
    expect((await front.sqs.send(get)).Attributes).toEqual({ ApproximateNumberOfMessages: '0' });
  });

  it('is gone while it is delayed or in flight, and was never due', async () => {
    const name = await newQueue({ MessageRetentionPeriod: '60', VisibilityTimeout: '3600' });
    await front.queues.send(name, 'in flight');
    await front.queues.receive(name, 1);
    const QueueUrl = front.queues.url(name);
    await front.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'delayed', DelaySeconds: 900 }));
    expect((await front.queues.snapshot())[name]).toEqual({ visible: 0, inFlight: 1, delayed: 1 });
    expect((await front.queues.due()).filter(({ queue }) => queue === name)).toEqual([]);
    front.clock.advance(MINUTE);
    expect((await front.queues.snapshot())[name]).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  it('goes without those that are younger', async () => {
    const name = await newQueue({ MessageRetentionPeriod: '60' });
    await front.queues.send(name, 'old');
    front.clock.advance(30);
    await front.queues.send(name, 'young');
    front.clock.advance(31);
    expect((await front.queues.peek(name)).map(({ body }) => body)).toEqual(['young']);
  });

  it('unlocks its group in a FIFO queue', async () => {
    const attributes = { FifoQueue: 'true', MessageRetentionPeriod: '60', VisibilityTimeout: '3600' };
    const name = await newQueue(attributes, '.fifo');
    const send = (MessageBody: string) =>
      front.sqs.send(
        new SendMessageCommand({
          QueueUrl: front.queues.url(name),
          MessageBody,
          MessageGroupId: 'group',
          MessageDeduplicationId: MessageBody,
        }),
      );
    await send('old');
    await front.queues.receive(name, 1);
    front.clock.advance(30);
    await send('young');
    expect(await front.queues.receive(name, 1)).toEqual([]);
    front.clock.advance(31);
    expect((await front.queues.receive(name, 1)).map(({ body }) => body)).toEqual(['young']);
  });
});

describe('the age of a message that went to a dead-letter queue', () => {
  it('counts from when it was first sent', async () => {
    const dead = await newQueue({ MessageRetentionPeriod: '120' });
    const name = await newQueue({
      MessageRetentionPeriod: '90',
      VisibilityTimeout: '60',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: front.queues.arn(dead), maxReceiveCount: 1 }),
    });
    await front.queues.send(name, 'x');
    await front.queues.receive(name, 1);
    front.clock.advance(70);
    expect(await front.queues.receive(name, 1)).toEqual([]);
    expect(await front.queues.peek(dead)).toHaveLength(1);
    front.clock.advance(49);
    expect(await front.queues.peek(dead)).toHaveLength(1);
    front.clock.advance(2);
    expect(await front.queues.peek(dead)).toEqual([]);
  });
});
