import { type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqsRecordFromMessage } from '../../../local/lambda/sqs-record.ts';
import { ACCOUNT, type Front, REGION, startFront } from './front-server.ts';

let front: Front;
beforeAll(async () => {
  front = await startFront();
  await front.queues.createQueue({ name: 'dead' });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: front.queues.arn('dead'), maxReceiveCount: 2 });
  await front.queues.createQueue({ name: 'work', attributes: { VisibilityTimeout: '10', RedrivePolicy } });
});
afterAll(() => front.close());

const receive = async (name: string): Promise<Message | undefined> => {
  const { Messages } = await front.sqs.send(
    new ReceiveMessageCommand({ QueueUrl: front.queues.url(name), MessageSystemAttributeNames: ['All'] }),
  );
  return Messages?.[0];
};

describe('the system attributes of a message', () => {
  it('count its receives, and the move to the dead-letter queue is none', async () => {
    const sent = front.clock.nowMs();
    await front.queues.send('work', 'x');
    const first = await receive('work');
    const firstAt = Number(first?.Attributes?.ApproximateFirstReceiveTimestamp);
    expect(first?.Attributes).toEqual({
      ApproximateReceiveCount: '1',
      ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
      SentTimestamp: expect.stringMatching(/^\d{13}$/),
      SenderId: ACCOUNT,
    });
    expect(Number(first?.Attributes?.SentTimestamp)).toBeGreaterThanOrEqual(sent);
    front.clock.advance(11);
    const second = await receive('work');
    expect(second?.Attributes).toEqual({ ...first?.Attributes, ApproximateReceiveCount: '2' });
    expect(second?.ReceiptHandle).not.toBe(first?.ReceiptHandle);
    front.clock.advance(11);
    expect(await receive('work')).toBeUndefined();
    const dead = await receive('dead');
    expect(dead?.MessageId).toBe(first?.MessageId);
    expect(dead?.Attributes).toEqual({
      ...first?.Attributes,
      ApproximateReceiveCount: '3',
      ApproximateFirstReceiveTimestamp: String(firstAt),
      DeadLetterQueueSourceArn: front.queues.arn('work'),
    });
  });

  it('are in the record of the function that reads the dead-letter queue', async () => {
    await front.queues.purge('dead');
    await front.queues.send('work', 'y', { Origin: 'rule' });
    for (const _receive of [1, 2, 3]) {
      await front.queues.receive('work', 1);
      front.clock.advance(11);
    }
    const [message] = await front.queues.receive('dead', 1);
    if (message === undefined) throw new Error('no dead letter');
    expect(sqsRecordFromMessage(message, { arn: front.queues.arn('dead'), region: REGION })).toEqual({
      messageId: expect.any(String),
      receiptHandle: expect.any(String),
      body: 'y',
      attributes: {
        ApproximateReceiveCount: '3',
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        SenderId: ACCOUNT,
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        DeadLetterQueueSourceArn: front.queues.arn('work'),
      },
      messageAttributes: {
        Origin: { stringValue: 'rule', stringListValues: [], binaryListValues: [], dataType: 'String' },
      },
      md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
      // md5 of "y".
      md5OfBody: '415290769594460e2e485922904f345d',
      eventSource: 'aws:sqs',
      eventSourceARN: front.queues.arn('dead'),
      awsRegion: REGION,
    });
  });
});
