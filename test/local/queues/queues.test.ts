import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  type Message,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNT, credentials, type Front, REGION, startFront } from './front-server.ts';

let front: Front;
beforeAll(async () => {
  front = await startFront();
});
afterAll(() => front.close());

let count = 0;
const newQueue = async (attributes: Record<string, string> = {}): Promise<string> => {
  count += 1;
  const name = `queue-${count}`;
  await front.queues.createQueue({ name, attributes });
  return name;
};

const receive = async (name: string, waitSeconds = 0): Promise<readonly Message[]> => {
  const { Messages } = await front.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: front.queues.url(name),
      MaxNumberOfMessages: 10,
      WaitTimeSeconds: waitSeconds,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    }),
  );
  return Messages ?? [];
};

describe('what the queues hand out', () => {
  it('is the front server and the account, in every URL and ARN', async () => {
    const { QueueUrl } = await front.sqs.send(new CreateQueueCommand({ QueueName: 'named' }));
    expect(QueueUrl).toBe(`${front.endpoint}/${ACCOUNT}/named`);
    expect(front.queues.url('named')).toBe(QueueUrl);
    const { QueueUrl: found } = await front.sqs.send(new GetQueueUrlCommand({ QueueName: 'named' }));
    expect(found).toBe(QueueUrl);
    const { QueueUrls } = await front.sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'named' }));
    expect(QueueUrls).toEqual([QueueUrl]);
    const { Attributes } = await front.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );
    expect(Attributes).toEqual({ QueueArn: `arn:aws:sqs:${REGION}:${ACCOUNT}:named` });
    expect(front.queues.arn('named')).toBe(`arn:aws:sqs:${REGION}:${ACCOUNT}:named`);
  });

  it('is enough for a client that knows no other endpoint than the queue URL', async () => {
    const name = await newQueue();
    const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
    const client = new SQSClient({ region: REGION, credentials, logger: silent });
    await client.send(new SendMessageCommand({ QueueUrl: front.queues.url(name), MessageBody: 'by its URL' }));
    client.destroy();
    expect((await receive(name)).map((message) => message.Body)).toEqual(['by its URL']);
  });

  it('takes the queue URLs of AWS itself', async () => {
    const name = await newQueue();
    const QueueUrl = `https://sqs.${REGION}.amazonaws.com/${ACCOUNT}/${name}`;
    await front.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
    expect(await receive(name)).toHaveLength(1);
  });

  it('names an unknown queue as SQS does', async () => {
    const unknown = new SendMessageCommand({ QueueUrl: front.queues.url('nowhere'), MessageBody: 'x' });
    await expect(front.sqs.send(unknown)).rejects.toBeInstanceOf(QueueDoesNotExist);
    await expect(front.queues.send('nowhere', 'x')).rejects.toThrow('nowhere');
  });

  it('is the account in SNS and STS too, and a topic reaches its queue', async () => {
    const name = await newQueue();
    const client = { endpoint: front.endpoint, region: REGION, credentials };
    const sns = new SNSClient(client);
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'topic' }));
    expect(TopicArn).toBe(`arn:aws:sns:${REGION}:${ACCOUNT}:topic`);
    await sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: 'sqs',
        Endpoint: front.queues.arn(name),
        Attributes: { RawMessageDelivery: 'true' },
      }),
    );
    await sns.send(new PublishCommand({ TopicArn, Message: 'news' }));
    sns.destroy();
    expect((await receive(name)).map((message) => message.Body)).toEqual(['news']);
    const sts = new STSClient(client);
    expect((await sts.send(new GetCallerIdentityCommand({}))).Account).toBe(ACCOUNT);
    sts.destroy();
  });

  it('are the bytes of an S3 object as they were put', async () => {
    const s3 = new S3Client({ endpoint: front.endpoint, region: REGION, credentials, forcePathStyle: true });
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
    await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
    await s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'a key', Body: bytes }));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'a key' }));
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(bytes)).toBe(true);
    s3.destroy();
  });
});

describe('a message', () => {
  it('arrives with its body, attributes and checksums', async () => {
    const name = await newQueue();
    await front.sqs.send(
      new SendMessageCommand({
        QueueUrl: front.queues.url(name),
        MessageBody: '{"text":"関所 000000000000"}',
        MessageAttributes: {
          Reason: { DataType: 'String', StringValue: 'why' },
          Bytes: { DataType: 'Binary', BinaryValue: Uint8Array.of(1, 2, 3) },
        },
      }),
    );
    const [message] = await receive(name);
    expect(message?.Body).toBe('{"text":"関所 000000000000"}');
    expect(message?.MessageAttributes).toEqual({
      Reason: { DataType: 'String', StringValue: 'why' },
      Bytes: { DataType: 'Binary', BinaryValue: Uint8Array.of(1, 2, 3) },
    });
    expect(message?.Attributes).toMatchObject({ SenderId: ACCOUNT, ApproximateReceiveCount: '1' });
  });

  it('may hold any character that JSON text has, an emoji among them', async () => {
    await front.queues.createQueue({ name: 'emoji' });
    await front.sqs.send(new SendMessageCommand({ QueueUrl: front.queues.url('emoji'), MessageBody: 'fire 🔥' }));
    expect((await front.queues.peek('emoji')).map(({ body }) => body)).toEqual(['fire 🔥']);
  });

  it('of 1 MiB is taken, and one byte more refused', async () => {
    const QueueUrl = front.queues.url(await newQueue());
    const MessageBody = 'x'.repeat(1_048_576);
    await front.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    await expect(front.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: `${MessageBody}x` }))).rejects.toThrow(
      'Message must be shorter than 1048576 bytes',
    );
  });

  it('that is delayed becomes visible when the clock is advanced', async () => {
    const name = await newQueue();
    await front.sqs.send(
      new SendMessageCommand({ QueueUrl: front.queues.url(name), MessageBody: 'later', DelaySeconds: 900 }),
    );
    expect(await receive(name)).toEqual([]);
    expect((await front.queues.snapshot())[name]).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
    front.clock.advance(901);
    expect((await front.queues.snapshot())[name]).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
    expect(await receive(name)).toHaveLength(1);
  });

  it.each([901, -1])('is refused with a timer of %d seconds', async (DelaySeconds) => {
    const QueueUrl = front.queues.url(await newQueue());
    const send = front.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', DelaySeconds }));
    await expect(send).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('with too long a timer fails alone in its batch', async () => {
    const name = await newQueue();
    const QueueUrl = front.queues.url(name);
    const Entries = [
      { Id: 'long', MessageBody: 'long', DelaySeconds: 901 },
      { Id: 'none', MessageBody: 'none' },
    ];
    const mixed = await front.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    expect(mixed.Successful?.map((entry) => entry.Id)).toEqual(['none']);
    expect(mixed.Failed).toMatchObject([{ Id: 'long', Code: 'InvalidParameterValue', SenderFault: true }]);
    const alone = await front.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries: Entries.slice(0, 1) }));
    expect(alone.Failed).toHaveLength(1);
    expect(await receive(name)).toHaveLength(1);
  });

  it('that was received comes back when its visibility timeout has ended', async () => {
    const name = await newQueue({ VisibilityTimeout: '60' });
    await front.queues.send(name, 'again');
    expect(await receive(name)).toHaveLength(1);
    front.clock.advance(59);
    expect(await receive(name)).toEqual([]);
    front.clock.advance(2);
    const [message] = await receive(name);
    expect(message?.Attributes?.ApproximateReceiveCount).toBe('2');
  });

  it('stays hidden for as long as its visibility was changed to', async () => {
    const name = await newQueue({ VisibilityTimeout: '30' });
    await front.queues.send(name, 'slow');
    const [message] = await receive(name);
    await front.sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: front.queues.url(name),
        ReceiptHandle: message?.ReceiptHandle,
        VisibilityTimeout: 3600,
      }),
    );
    front.clock.advance(3000);
    expect(await receive(name)).toEqual([]);
    front.clock.advance(700);
    expect(await receive(name)).toHaveLength(1);
  });

  it('goes to the dead-letter queue as it was, after it was received too often', async () => {
    const dead = await newQueue();
    const name = await newQueue({
      VisibilityTimeout: '10',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: front.queues.arn(dead), maxReceiveCount: 2 }),
    });
    await front.queues.send(name, '{"poison":true}', { Origin: 'rule' });
    for (const _receive of [1, 2]) {
      expect(await receive(name)).toHaveLength(1);
      front.clock.advance(11);
    }
    expect(await receive(name)).toEqual([]);
    expect(await front.queues.peek(dead)).toMatchObject([
      {
        body: '{"poison":true}',
        messageAttributes: { Origin: { DataType: 'String', StringValue: 'rule' } },
        attributes: { SenderId: ACCOUNT },
      },
    ]);
    const snapshot = await front.queues.snapshot();
    expect(snapshot[name]).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    expect(snapshot[dead]).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
    await front.queues.purge(dead);
    expect(await front.queues.peek(dead)).toEqual([]);
  });
});

describe('waiting for a message', () => {
  it('by a long poll ends when the clock is advanced to a delayed one, and no other poll does', async () => {
    const [name, empty] = [await newQueue(), await newQueue()];
    await front.sqs.send(
      new SendMessageCommand({ QueueUrl: front.queues.url(name), MessageBody: 'soon', DelaySeconds: 15 }),
    );
    const [polled, other] = [receive(name, 20), receive(empty, 20)];
    setTimeout(() => front.clock.advance(15), 100);
    const bodies = (messages: readonly Message[]) => messages.map(({ Body }) => Body);
    expect(await Promise.race([polled, other]).then(bodies)).toEqual(['soon']);
    await front.queues.send(empty, 'late');
    expect(await other.then(bodies)).toEqual(['late']);
  });

  it.each([
    ['a sent one', async (name: string) => front.queues.send(name, 'x')],
    [
      'one whose delay ends by an advance',
      async (name: string) => {
        const QueueUrl = front.queues.url(name);
        await front.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', DelaySeconds: 60 }));
        front.clock.advance(60);
      },
    ],
    [
      'one whose delay ends by itself',
      async (name: string) => {
        const QueueUrl = front.queues.url(name);
        await front.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', DelaySeconds: 1 }));
      },
    ],
  ])('is told of %s', async (_title, cause) => {
    const name = await newQueue();
    const told = new Promise<void>((resolve) => {
      front.queues.onVisible(name, resolve);
    });
    await cause(name);
    await told;
  });
});

describe('what is due', () => {
  it('is grouped by queue, cause and second, the earliest first', async () => {
    const own = await startFront();
    try {
      await own.queues.createQueue({ name: 'work', attributes: { VisibilityTimeout: '30' } });
      await own.queues.send('work', 'one');
      const before = own.clock.nowMs();
      const received = await own.queues.receive('work', 10);
      const QueueUrl = own.queues.url('work');
      await own.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'two', DelaySeconds: 600 }));
      const after = own.clock.nowMs();
      const due = await own.queues.due();
      expect(due).toMatchObject([
        { queue: 'work', what: 'in-flight', count: 1 },
        { queue: 'work', what: 'delayed', count: 1 },
      ]);
      // Up to the next whole second.
      for (const [index, seconds] of [30, 600].entries()) {
        const at = due[index]?.at.getTime();
        expect(at).toBeGreaterThanOrEqual(before + seconds * 1000);
        expect(at).toBeLessThan(after + (seconds + 1) * 1000);
      }
      await own.queues.deleteMessages(
        'work',
        received.map((message) => message.receiptHandle),
      );
      own.clock.advance(601);
      expect(await own.queues.due()).toEqual([]);
    } finally {
      await own.close();
    }
  });
});

describe('a wire request', () => {
  it('that is broken off by its client disturbs nobody', async () => {
    const name = await newQueue();
    const broken = request(`${front.endpoint}/`, { method: 'POST', headers: { 'content-length': '100' } });
    broken.write('{"Queue');
    await new Promise((resolve) => setTimeout(resolve, 50));
    const closed = once(broken, 'error');
    broken.destroy(new Error('gone'));
    await closed;
    await front.queues.send(name, 'still here');
    const [message] = await receive(name);
    await front.sqs.send(
      new DeleteMessageCommand({ QueueUrl: front.queues.url(name), ReceiptHandle: message?.ReceiptHandle }),
    );
    expect((await front.queues.snapshot())[name]).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });
});

describe('a wire request that was read before', () => {
  it('is answered from the body that is given', async () => {
    const name = await newQueue();
    const server = createServer(async (incoming, response) => {
      front.queues.handle(incoming, response, await buffer(incoming));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = new SQSClient({ endpoint, region: REGION, credentials, useQueueUrlAsEndpoint: false });
    await client.send(new SendMessageCommand({ QueueUrl: front.queues.url(name), MessageBody: 'read' }));
    client.destroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect((await receive(name)).map(({ Body }) => Body)).toEqual(['read']);
  });
});

describe('closing the queues', () => {
  it('ends a long poll, and refuses what comes later', async () => {
    const own = await startFront();
    await own.queues.createQueue({ name: 'idle' });
    const poll = own.sqs.send(new ReceiveMessageCommand({ QueueUrl: own.queues.url('idle'), WaitTimeSeconds: 20 }));
    await own.queues.snapshot();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const settled = Promise.allSettled([poll]);
    await own.queues.close();
    await settled;
    await expect(own.queues.send('idle', 'x')).rejects.toThrow('closed');
    await own.close();
  });
});
