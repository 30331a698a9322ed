import {
  AddPermissionCommand,
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type MessageAttributeValue,
  PurgeQueueCommand,
  type QueueAttributeName,
  ReceiptHandleIsInvalid,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Front, REGION, startFront } from './front-server.ts';

const MIB = 1_048_576;

let front: Front;
let QueueUrl: string;
beforeAll(async () => {
  front = await startFront();
  await front.queues.createQueue({ name: 'work' });
  await front.queues.createQueue({ name: 'other' });
  await front.queues.createQueue({ name: 'work.fifo', attributes: { FifoQueue: 'true' } });
  await front.queues.createQueue({ name: 'settings' });
  QueueUrl = front.queues.url('work');
});
afterAll(() => front.close());

/** The name of the error that refuses it, or `taken`. */
const refusal = (sent: Promise<unknown>): Promise<string> =>
  sent.then(
    () => 'taken',
    (error: Error) => error.name,
  );

describe('the name of a queue', () => {
  it.each<[string, string, Record<string, string>, string]>([
    ['of 80 characters', 'a'.repeat(80), {}, 'taken'],
    ['of 81 characters', 'a'.repeat(81), {}, 'InvalidParameterValue'],
    ['with hyphen and underscore', 'A-b_9', {}, 'taken'],
    ['with a period', 'a.b', {}, 'InvalidParameterValue'],
    ['that is absent', '', {}, 'MissingParameter'],
    ['of a FIFO queue', 'orders.fifo', { FifoQueue: 'true' }, 'taken'],
    ['of a FIFO queue without its suffix', 'orders', { FifoQueue: 'true' }, 'InvalidParameterValue'],
    ['with the suffix of a FIFO queue that it is not', 'orders2.fifo', {}, 'InvalidParameterValue'],
  ])('%s', async (_title, QueueName, Attributes, expected) => {
    expect(await refusal(front.sqs.send(new CreateQueueCommand({ QueueName, Attributes })))).toBe(expected);
  });
});

const policy = (value: object): Record<string, string> => ({ RedrivePolicy: JSON.stringify(value) });
const dead = (name: string): string => `arn:aws:sqs:${REGION}:111122223333:${name}`;

describe('the attributes of a queue', () => {
  const rows: readonly [string, Record<string, string>, string][] = [
    ['unknown', { Foo: '1' }, 'InvalidAttributeName'],
    ['read only', { QueueArn: 'arn' }, 'InvalidAttributeName'],
    ['of FIFO queues only: the type', { FifoQueue: 'false' }, 'InvalidAttributeName'],
    ['of FIFO queues only: the scope', { DeduplicationScope: 'queue' }, 'InvalidAttributeName'],
    ['all at their least', { VisibilityTimeout: '0', DelaySeconds: '0', MessageRetentionPeriod: '60' }, 'taken'],
    ['all at their most', { VisibilityTimeout: '43200', DelaySeconds: '900', MaximumMessageSize: `${MIB}` }, 'taken'],
    ['a visibility timeout of more than 12 hours', { VisibilityTimeout: '43201' }, 'InvalidAttributeValue'],
    ['a visibility timeout that is no number', { VisibilityTimeout: '' }, 'InvalidAttributeValue'],
    ['a delay of more than 15 minutes', { DelaySeconds: '901' }, 'InvalidAttributeValue'],
    ['a retention of less than a minute', { MessageRetentionPeriod: '59' }, 'InvalidAttributeValue'],
    ['a retention of more than 14 days', { MessageRetentionPeriod: '1209601' }, 'InvalidAttributeValue'],
    ['a long poll of more than 20 seconds', { ReceiveMessageWaitTimeSeconds: '21' }, 'InvalidAttributeValue'],
    ['messages of less than 1 KiB', { MaximumMessageSize: '1023' }, 'InvalidAttributeValue'],
    ['messages of more than 1 MiB', { MaximumMessageSize: `${MIB + 1}` }, 'InvalidAttributeValue'],
    ['a switch that is neither on nor off', { SqsManagedSseEnabled: 'yes' }, 'InvalidAttributeValue'],
    ['a policy, which would be kept and not followed', { Policy: '{"Statement":[]}' }, 'NotImplemented'],
    ['a redrive policy', policy({ deadLetterTargetArn: dead('other'), maxReceiveCount: 1000 }), 'taken'],
    ['one whose count is text', policy({ deadLetterTargetArn: dead('other'), maxReceiveCount: '5' }), 'taken'],
    [
      'one that names no queue that exists',
      policy({ deadLetterTargetArn: dead('nowhere'), maxReceiveCount: 5 }),
      'InvalidParameterValue',
    ],
    [
      'one that names a FIFO queue',
      policy({ deadLetterTargetArn: dead('work.fifo'), maxReceiveCount: 5 }),
      'InvalidParameterValue',
    ],
    ['one without a queue', policy({ maxReceiveCount: 5 }), 'InvalidParameterValue'],
    ['one without a count', policy({ deadLetterTargetArn: dead('other') }), 'InvalidParameterValue'],
    ['one of no receive', policy({ deadLetterTargetArn: dead('other'), maxReceiveCount: 0 }), 'InvalidParameterValue'],
    [
      'one of 1001 receives',
      policy({ deadLetterTargetArn: dead('other'), maxReceiveCount: 1001 }),
      'InvalidParameterValue',
    ],
  ];
  it.each(rows)('at its creation: %s', async (title, Attributes, expected) => {
    const QueueName = title.replaceAll(/[^a-z]/gi, '-').slice(0, 80);
    expect(await refusal(front.sqs.send(new CreateQueueCommand({ QueueName, Attributes })))).toBe(expected);
  });
  it.each(rows)('set later: %s', async (_title, Attributes, expected) => {
    const set = new SetQueueAttributesCommand({ QueueUrl: front.queues.url('settings'), Attributes });
    expect(await refusal(front.sqs.send(set))).toBe(expected);
  });

  it('are not set in part when one of them is refused', async () => {
    await front.queues.createQueue({ name: 'whole' });
    const Attributes: Record<string, string> = { VisibilityTimeout: '77', Foo: '1' };
    const set = new SetQueueAttributesCommand({ QueueUrl: front.queues.url('whole'), Attributes });
    expect(await refusal(front.sqs.send(set))).toBe('InvalidAttributeName');
    const get = new GetQueueAttributesCommand({
      QueueUrl: front.queues.url('whole'),
      AttributeNames: ['VisibilityTimeout'],
    });
    expect((await front.sqs.send(get)).Attributes).toEqual({ VisibilityTimeout: '30' });
  });

  it('are read by name: none without a name, an error for an unknown one', async () => {
    expect((await front.sqs.send(new GetQueueAttributesCommand({ QueueUrl }))).Attributes).toEqual({});
    const AttributeNames = ['Foo' as QueueAttributeName];
    expect(await refusal(front.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames })))).toBe(
      'InvalidAttributeName',
    );
  });

  it('are not shared with others: that is refused by name', async () => {
    const share = new AddPermissionCommand({ QueueUrl, Label: 'a', AWSAccountIds: ['999988887777'], Actions: ['*'] });
    expect(await refusal(front.sqs.send(share))).toBe('NotImplemented');
  });

  it('lose their redrive policy by an empty one', async () => {
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead('other'), maxReceiveCount: 5 });
    await front.queues.createQueue({ name: 'freed', attributes: { RedrivePolicy } });
    const url = front.queues.url('freed');
    await front.sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { RedrivePolicy: '' } }));
    const get = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['RedrivePolicy'] });
    expect((await front.sqs.send(get)).Attributes).toEqual({});
  });
});

const text = (StringValue: string): MessageAttributeValue => ({ DataType: 'String', StringValue });
const attributesOf = (count: number): Record<string, MessageAttributeValue> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`a${index}`, text('x')]));

describe('a message', () => {
  it.each<[string, string, string]>([
    ['a tab, a line feed and an emoji', '\t\n🔥', 'taken'],
    ['a null character', 'a\u0000', 'InvalidMessageContents'],
    ['a control character', 'a\u0008', 'InvalidMessageContents'],
    ['half a surrogate pair', 'a\ud83d', 'InvalidMessageContents'],
    ['U+FFFE', 'a\ufffe', 'InvalidMessageContents'],
    ['nothing', '', 'MissingParameter'],
  ])('with %s in its body', async (_title, MessageBody, expected) => {
    expect(await refusal(front.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody })))).toBe(expected);
  });

  it.each([
    [900, 'taken'],
    [901, 'InvalidParameterValue'],
    [-1, 'InvalidParameterValue'],
    [1.5, 'SerializationException'],
  ])('with a delay of %d seconds', async (DelaySeconds, expected) => {
    const send = new SendMessageCommand({ QueueUrl, MessageBody: 'x', DelaySeconds });
    expect(await refusal(front.sqs.send(send))).toBe(expected);
  });

  const invalid = 'InvalidParameterValue';
  it.each<[string, Record<string, MessageAttributeValue>, string]>([
    ['10 attributes', attributesOf(10), 'taken'],
    ['11 attributes', attributesOf(11), invalid],
    ['every character that a name may have', { 'A-z_0.9': text('x') }, 'taken'],
    ['a space in a name', { 'a b': text('x') }, invalid],
    ['a name of 256 characters', { ['n'.repeat(256)]: text('x') }, 'taken'],
    ['a name of 257 characters', { ['n'.repeat(257)]: text('x') }, invalid],
    ['a name that starts with AWS.', { 'AWS.x': text('x') }, invalid],
    ['a name that starts with amazon.', { 'amazon.x': text('x') }, invalid],
    ['a name that starts with a period', { '.x': text('x') }, invalid],
    ['a name that ends with a period', { 'x.': text('x') }, invalid],
    ['a name with two periods', { 'x..y': text('x') }, invalid],
    ['an empty value', { x: text('') }, invalid],
    ['a value with a null character', { x: text('\u0000') }, invalid],
    ['an unknown type', { x: { DataType: 'Boolean', StringValue: 'true' } }, invalid],
    ['a type of its own', { x: { DataType: 'String.json', StringValue: '{}' } }, 'taken'],
    ['a number', { x: { DataType: 'Number', StringValue: '-1.5e3' } }, 'taken'],
    ['a number that is none', { x: { DataType: 'Number', StringValue: 'one' } }, invalid],
    ['a number with space around it', { x: { DataType: 'Number', StringValue: ' 16 ' } }, invalid],
    ['a number that is not decimal', { x: { DataType: 'Number', StringValue: '0x10' } }, invalid],
    ['no finite number', { x: { DataType: 'Number', StringValue: 'Infinity' } }, invalid],
    ['a number of 38 digits', { x: { DataType: 'Number', StringValue: `0${'1'.repeat(38)}.00` } }, 'taken'],
    ['a number of 39 digits', { x: { DataType: 'Number', StringValue: `${'1'.repeat(38)}.1` } }, invalid],
    ['a number above 10^126', { x: { DataType: 'Number', StringValue: '1e127' } }, invalid],
    ['a number below 10^-128', { x: { DataType: 'Number', StringValue: '1e-129' } }, invalid],
    ['the number 0', { x: { DataType: 'Number', StringValue: '0.0' } }, 'taken'],
    ['bytes', { x: { DataType: 'Binary', BinaryValue: Uint8Array.of(0) } }, 'taken'],
    ['no bytes', { x: { DataType: 'Binary', BinaryValue: new Uint8Array() } }, invalid],
  ])('with %s among its attributes', async (_title, MessageAttributes, expected) => {
    const send = new SendMessageCommand({ QueueUrl, MessageBody: 'x', MessageAttributes });
    expect(await refusal(front.sqs.send(send))).toBe(expected);
  });

  // Name and type have 7 bytes together.
  it.each<[string, number, Record<string, MessageAttributeValue>, string]>([
    ['and text of 1 MiB together', MIB - 8, { n: text('v') }, 'taken'],
    ['and text of one byte more', MIB - 7, { n: text('v') }, invalid],
    ['and bytes of 1 MiB together', 7, { n: { DataType: 'Binary', BinaryValue: new Uint8Array(MIB - 14) } }, 'taken'],
    ['and bytes of one more', 8, { n: { DataType: 'Binary', BinaryValue: new Uint8Array(MIB - 14) } }, invalid],
  ])('%s', async (_title, length, MessageAttributes, expected) => {
    const send = new SendMessageCommand({ QueueUrl, MessageBody: 'x'.repeat(length), MessageAttributes });
    expect(await refusal(front.sqs.send(send))).toBe(expected);
  });

  it('larger than its queue takes is refused', async () => {
    await front.queues.createQueue({ name: 'small', attributes: { MaximumMessageSize: '1024' } });
    const url = front.queues.url('small');
    const send = (length: number) =>
      front.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x'.repeat(length) }));
    expect(await refusal(send(1024))).toBe('taken');
    expect(await refusal(send(1025))).toBe(invalid);
  });
});

describe('a batch', () => {
  const entry = (Id: string, more: Partial<SendMessageBatchRequestEntry> = {}): SendMessageBatchRequestEntry => ({
    Id,
    MessageBody: 'x',
    ...more,
  });
  const ids = (count: number): SendMessageBatchRequestEntry[] =>
    Array.from({ length: count }, (_, index) => entry(`m${index}`));

  it.each<[string, SendMessageBatchRequestEntry[], string]>([
    ['of 10 messages', ids(10), 'taken'],
    ['of 11 messages', ids(11), 'TooManyEntriesInBatchRequest'],
    ['of none', [], 'EmptyBatchRequest'],
    ['with an id twice', [entry('a'), entry('b'), entry('a')], 'BatchEntryIdsNotDistinct'],
    ['with an id of 80 characters', [entry('i'.repeat(80))], 'taken'],
    ['with an id of 81 characters', [entry('i'.repeat(81))], 'InvalidBatchEntryId'],
    ['with a period in an id', [entry('a.b')], 'InvalidBatchEntryId'],
    ['with an empty id', [entry('')], 'InvalidBatchEntryId'],
    ['with an empty body', [entry('a', { MessageBody: '' })], 'MissingParameter'],
    ['of 1 MiB', ['a', 'b'].map((id) => entry(id, { MessageBody: 'x'.repeat(MIB / 2) })), 'taken'],
    [
      'of 1 MiB and an attribute',
      ['a', 'b'].map((id) => entry(id, { MessageBody: 'x'.repeat(MIB / 2), MessageAttributes: { n: text('v') } })),
      'BatchRequestTooLong',
    ],
  ])('%s', async (_title, Entries, expected) => {
    expect(await refusal(front.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries })))).toBe(expected);
  });

  it('is sent but for the messages that are refused', async () => {
    const Entries = [
      entry('good'),
      entry('delayed', { DelaySeconds: 901 }),
      entry('many', { MessageAttributes: attributesOf(11) }),
      entry('null', { MessageBody: '\u0000' }),
    ];
    const { Successful, Failed } = await front.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    expect(Successful?.map(({ Id }) => Id)).toEqual(['good']);
    expect(Object.fromEntries((Failed ?? []).map(({ Id, Code }) => [Id, Code]))).toEqual({
      delayed: 'InvalidParameterValue',
      many: 'InvalidParameterValue',
      null: 'InvalidMessageContents',
    });
    expect(Failed?.every(({ SenderFault }) => SenderFault)).toBe(true);
  });
});

describe('a receive', () => {
  it.each<[object, string]>([
    [{ MaxNumberOfMessages: 10 }, 'taken'],
    [{ MaxNumberOfMessages: 11 }, 'InvalidParameterValue'],
    [{ MaxNumberOfMessages: 0 }, 'InvalidParameterValue'],
    [{ WaitTimeSeconds: 21 }, 'InvalidParameterValue'],
    [{ WaitTimeSeconds: -1 }, 'InvalidParameterValue'],
    [{ VisibilityTimeout: 43_200 }, 'taken'],
    [{ VisibilityTimeout: 43_201 }, 'InvalidParameterValue'],
    [{ MaxNumberOfMessages: '10' }, 'SerializationException'],
    [{ MaxNumberOfMessages: 1.5 }, 'SerializationException'],
  ])('of %j', async (members, expected) => {
    expect(await refusal(front.sqs.send(new ReceiveMessageCommand({ QueueUrl, ...members })))).toBe(expected);
  });

  it('gives the message attributes that were asked for, and none otherwise', async () => {
    await front.queues.createQueue({ name: 'asked', attributes: { VisibilityTimeout: '0' } });
    await front.queues.send('asked', 'x', { One: '1', Two: '2' });
    const receive = async (MessageAttributeNames?: string[]) => {
      const command = new ReceiveMessageCommand({ QueueUrl: front.queues.url('asked'), MessageAttributeNames });
      return Object.keys((await front.sqs.send(command)).Messages?.[0]?.MessageAttributes ?? {});
    };
    expect(await receive()).toEqual([]);
    expect(await receive(['Two'])).toEqual(['Two']);
    expect(await receive(['All'])).toEqual(['One', 'Two']);
  });
});

describe('a receipt handle', () => {
  const received = async (name: string): Promise<string> => {
    await front.queues.purge(name);
    await front.queues.send(name, 'x');
    return (await front.queues.receive(name, 1))[0]?.receiptHandle ?? '';
  };
  const remove = (ReceiptHandle: string) => front.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  const change = (ReceiptHandle: string, VisibilityTimeout = 60) =>
    front.sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout }));

  it.each([
    ['made up', async () => 'bogus'],
    ['of another queue', () => received('other')],
  ])('that is %s is refused', async (_title, handleFrom) => {
    const handle = await handleFrom();
    await expect(remove(handle)).rejects.toBeInstanceOf(ReceiptHandleIsInvalid);
    await expect(change(handle)).rejects.toBeInstanceOf(ReceiptHandleIsInvalid);
    const Entries = [{ Id: 'a', ReceiptHandle: handle, VisibilityTimeout: 1 }];
    const refused = [{ Id: 'a', Code: 'ReceiptHandleIsInvalid', SenderFault: true }];
    expect((await front.sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }))).Failed).toMatchObject(refused);
    const changes = await front.sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries }));
    expect(changes.Failed).toMatchObject(refused);
  });

  it('that is absent is asked for', async () => {
    expect(await refusal(remove(''))).toBe('MissingParameter');
  });

  it('deletes twice without an error, and then changes nothing more', async () => {
    const handle = await received('work');
    await remove(handle);
    await remove(handle);
    expect(await refusal(change(handle))).toBe('InvalidParameterValue');
  });

  it('takes a visibility timeout of up to 12 hours', async () => {
    const handle = await received('work');
    expect(await refusal(change(handle, 43_200))).toBe('taken');
    expect(await refusal(change(handle, 43_201))).toBe('InvalidParameterValue');
    expect(await refusal(change(handle, -1))).toBe('InvalidParameterValue');
    expect(await refusal(change(handle, 1.5))).toBe('SerializationException');
  });

  it('still deletes after the visibility timeout, until the message is received again', async () => {
    await front.queues.createQueue({ name: 'slow', attributes: { VisibilityTimeout: '10' } });
    const slow = front.queues.url('slow');
    const first = await received('slow');
    front.clock.advance(11);
    const [again] = await front.queues.receive('slow', 1);
    await front.sqs.send(new DeleteMessageCommand({ QueueUrl: slow, ReceiptHandle: first }));
    expect(await front.queues.peek('slow')).toHaveLength(1);
    front.clock.advance(11);
    await front.sqs.send(new DeleteMessageCommand({ QueueUrl: slow, ReceiptHandle: again?.receiptHandle }));
    expect(await front.queues.peek('slow')).toEqual([]);
  });

  it('of a FIFO queue expires with the visibility timeout', async () => {
    const fifo = front.queues.url('work.fifo');
    await front.sqs.send(
      new SendMessageCommand({ QueueUrl: fifo, MessageBody: 'x', MessageGroupId: 'g', MessageDeduplicationId: 'd' }),
    );
    const [message] = await front.queues.receive('work.fifo', 1);
    front.clock.advance(31);
    const late = new DeleteMessageCommand({ QueueUrl: fifo, ReceiptHandle: message?.receiptHandle });
    await expect(front.sqs.send(late)).rejects.toThrow('The receipt handle has expired.');
  });
});

describe('a purge', () => {
  it('is done once a minute', async () => {
    const purge = () => refusal(front.sqs.send(new PurgeQueueCommand({ QueueUrl: front.queues.url('other') })));
    expect(await purge()).toBe('taken');
    front.clock.advance(59);
    expect(await purge()).toBe('PurgeQueueInProgress');
    front.clock.advance(1);
    expect(await purge()).toBe('taken');
  });
});

it.each(['constructor', 'toString', '__proto__'])('an operation named %s is unknown', async (operation) => {
  const response = await fetch(front.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': `AmazonSQS.${operation}` },
    body: '{}',
  });
  expect(response.status).toBe(400);
});

describe('an error', () => {
  it('has the form of AWS on the wire', async () => {
    const response = await fetch(front.endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.ReceiveMessage' },
      body: JSON.stringify({ QueueUrl, MaxNumberOfMessages: 11 }),
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('x-amzn-query-error')).toBe('InvalidParameterValue;Sender');
    expect(await response.json()).toMatchObject({ __type: 'com.amazon.coral.service#InvalidParameterValueException' });
  });
});
