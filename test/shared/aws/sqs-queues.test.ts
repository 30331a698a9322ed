import * as schemas from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sqsAlertQueue, sqsClient, sqsDecidedQueue, sqsSourceQueue } from '../../../shared/aws/sqs-queues.ts';
import { type Front, startFront } from '../../local/queues/front-server.ts';
import { useAwsEndpoint } from '../../support/aws-environment.ts';
import { awsEndpoint } from '../../support/aws-subjects/aws-endpoint.ts';
import { type QueueSubjects, queueSubjects } from '../../support/aws-subjects/queues.ts';
import { decided } from '../../support/decided.ts';
import { startService } from '../../support/one-service.ts';
import { alertQueueContract } from '../pipeline/contracts/alert-queue.ts';
import { deadLetterQueueContract } from '../pipeline/contracts/dead-letter-queue.ts';
import { sqsDecidedQueueContract } from '../pipeline/contracts/decided-queue.ts';

let front: Front;
let restore: () => void;
let subjects: QueueSubjects;
beforeAll(async () => {
  front = await startFront();
  restore = useAwsEndpoint(front.endpoint);
  subjects = queueSubjects(awsEndpoint(front.endpoint));
});
afterAll(async () => {
  restore();
  await front.close();
});

const QUEUE = 'work';
const url = () => `https://sqs.eu-west-1.amazonaws.com/111122223333/${QUEUE}`;
const nowhere = 'https://sqs.eu-west-1.amazonaws.com/111122223333/nowhere';

sqsDecidedQueueContract(() => subjects.decided());
alertQueueContract(() => subjects.alerts());
deadLetterQueueContract(() => subjects.deadLetters());

describe('the queue of decided findings', () => {
  it.each([
    [true, 'AWS_REJECTED'],
    [false, 'AWS_UNAVAILABLE'],
  ])('fails the finding that an answer of 200 refuses: by our fault %s, %s', async (SenderFault, code) => {
    const service = await startService({
      name: 'sqs',
      client: { schemas, config: new schemas.SQSClient({ region: 'eu-west-1' }).config },
      invalidInputCode: 'InvalidParameterValue',
      handlers: {
        SendMessageBatch: ({ Entries }: schemas.SendMessageBatchRequest) => ({
          Successful: [],
          Failed: [{ Id: Entries?.[1]?.Id, SenderFault, Code: 'Why' }],
        }),
      },
    });
    process.env.AWS_ENDPOINT_URL = service.url;
    try {
      const findings = ['CVE-1', 'CVE-2', 'CVE-3'].map((id) => decided({ id }));
      const results = await sqsDecidedQueue(sqsClient(), url()).send(findings);
      expect(results.map((result) => (result.ok ? 'ok' : result.error.code))).toEqual(['ok', code, 'ok']);
    } finally {
      process.env.AWS_ENDPOINT_URL = front.endpoint;
      await service.close();
    }
  });

  it('makes no call for no findings', async () => {
    expect(await sqsDecidedQueue(sqsClient(), nowhere).send([])).toEqual([]);
  });
});

describe('the queue that a function works on', () => {
  const receive = async () => {
    const { Messages = [] } = await front.sqs.send(
      new schemas.ReceiveMessageCommand({ QueueUrl: front.queues.url('source') }),
    );
    return Messages;
  };

  it('brings a record back after the seconds that it is told', async () => {
    await front.queues.createQueue({ name: 'source', attributes: { VisibilityTimeout: '3600' } });
    await front.queues.send('source', 'busy');
    const [message] = await receive();
    await sqsSourceQueue(sqsClient(), front.queues.url('source')).bringBack(message?.ReceiptHandle ?? '', 60);
    front.clock.advance(50);
    expect(await receive()).toEqual([]);
    front.clock.advance(15);
    expect(await receive()).toHaveLength(1);
  });

  it.each([
    ['that is not there', nowhere, 'a handle', 'Saying when a record comes back failed: QueueDoesNotExist'],
    ['of other records', url(), 'a handle', 'Saying when a record comes back failed: ReceiptHandleIsInvalid'],
  ])('%s refuses it', async (_, queue, receipt, message) => {
    await front.queues.createQueue({ name: QUEUE });
    await expect(sqsSourceQueue(sqsClient(), queue).bringBack(receipt, 60)).rejects.toMatchObject({
      code: 'AWS_REJECTED',
      message,
    });
  });
});

it('nobody listening there may pass', async () => {
  process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:1';
  try {
    await expect(sqsAlertQueue(sqsClient(), url()).schedule('image:1', 0)).rejects.toMatchObject({
      code: 'AWS_UNAVAILABLE',
      retryable: true,
    });
  } finally {
    process.env.AWS_ENDPOINT_URL = front.endpoint;
  }
});
