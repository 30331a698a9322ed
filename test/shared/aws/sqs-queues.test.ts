import * as schemas from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sqsAlertQueue, sqsClient, sqsDeadLetterQueue, sqsDecidedQueue } from '../../../shared/aws/sqs-queues.ts';
import { type Front, startFront } from '../../local/queues/front-server.ts';
import { useAwsEndpoint } from '../../support/aws-environment.ts';
import { decided } from '../../support/decided.ts';
import { startService } from '../../support/one-service.ts';

let front: Front;
let restore: () => void;
beforeAll(async () => {
  front = await startFront();
  restore = useAwsEndpoint(front.endpoint);
});
afterAll(async () => {
  restore();
  await front.close();
});

const QUEUE = 'work';
const url = () => `https://sqs.eu-west-1.amazonaws.com/111122223333/${QUEUE}`;
const nowhere = 'https://sqs.eu-west-1.amazonaws.com/111122223333/nowhere';
beforeAll(() => front.queues.createQueue({ name: QUEUE }));
beforeEach(() => front.queues.purge(QUEUE));
const bodies = async () => (await front.queues.peek(QUEUE)).map(({ body }) => body);

describe('the queue of decided findings', () => {
  it('takes any number of findings, each as one message', async () => {
    const findings = Array.from({ length: 23 }, (_, index) => decided({ id: `CVE-${index}` }));
    const results = await sqsDecidedQueue(sqsClient(), url()).send(findings);
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(results).toHaveLength(23);
    expect((await bodies()).map((body) => JSON.parse(body))).toEqual(expect.arrayContaining(findings));
    expect((await front.queues.snapshot())[QUEUE]?.visible).toBe(23);
  });

  it('refuses a finding that is larger than a message, and takes its neighbours', async () => {
    const large = decided({ id: 'CVE-2', finding: { description: 'x'.repeat(1_100_000) } });
    const results = await sqsDecidedQueue(sqsClient(), url()).send([
      decided({ id: 'CVE-1' }),
      large,
      decided({ id: 'CVE-3' }),
    ]);
    expect(results.map((result) => (result.ok ? 'ok' : result.error.code))).toEqual(['ok', 'AWS_REJECTED', 'ok']);
    expect(await bodies()).toHaveLength(2);
  });

  it.each(['\uFFFE', '\uFFFF', '🔥'])('takes a finding whose text holds %j, as it was', async (character) => {
    const finding = decided({ id: 'CVE-1', finding: { description: `a${character}b` } });
    const results = await sqsDecidedQueue(sqsClient(), url()).send([finding]);
    expect(results).toEqual([{ ok: true, value: undefined }]);
    expect((await bodies()).map((body) => JSON.parse(body))).toEqual([finding]);
  });

  it('takes findings that are together larger than a call', async () => {
    const half = (id: string) => decided({ id, finding: { description: 'x'.repeat(600_000) } });
    const results = await sqsDecidedQueue(sqsClient(), url()).send([half('CVE-1'), half('CVE-2')]);
    expect(results.map(({ ok }) => ok)).toEqual([true, true]);
    expect(await bodies()).toHaveLength(2);
  });

  it('that is not there fails each finding', async () => {
    const results = await sqsDecidedQueue(sqsClient(), nowhere).send([
      decided({ id: 'CVE-1' }),
      decided({ id: 'CVE-2' }),
    ]);
    expect(results.map((result) => (result.ok ? 'ok' : result.error.code))).toEqual(['AWS_REJECTED', 'AWS_REJECTED']);
  });

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

describe('the queue of alerts', () => {
  it('holds the message of a group back for as long as it gathers', async () => {
    await sqsAlertQueue(sqsClient(), url()).schedule('image:1', 300);
    expect((await front.queues.snapshot())[QUEUE]).toEqual({ visible: 0, inFlight: 0, delayed: 1 });
    front.clock.advance(301);
    expect(await bodies()).toEqual(['{"group":"image:1"}']);
  });

  it('that is not there is told by what was tried', async () => {
    await expect(sqsAlertQueue(sqsClient(), nowhere).schedule('image:1', 0)).rejects.toMatchObject({
      code: 'AWS_REJECTED',
      message: 'Scheduling an alert failed: QueueDoesNotExist',
    });
  });
});

describe('the dead-letter queue', () => {
  const failure = { errorCode: 'EVENT_INVALID', reason: 'It lacks a digest.', functionName: 'sekisho-on-finding' };

  it('keeps the record as it was, with why and where it failed', async () => {
    await sqsDeadLetterQueue(sqsClient(), url()).send('{"text":"関所"', failure);
    expect(await front.queues.peek(QUEUE)).toMatchObject([
      {
        body: '{"text":"関所"',
        messageAttributes: {
          ErrorCode: { DataType: 'String', StringValue: 'EVENT_INVALID' },
          Reason: { DataType: 'String', StringValue: 'It lacks a digest.' },
          Function: { DataType: 'String', StringValue: 'sekisho-on-finding' },
        },
      },
    ]);
  });

  it('that is not there throws', async () => {
    await expect(sqsDeadLetterQueue(sqsClient(), nowhere).send('{}', failure)).rejects.toMatchObject({
      code: 'AWS_REJECTED',
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
