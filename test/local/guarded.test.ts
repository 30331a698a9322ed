import type { IncomingMessage, ServerResponse } from 'node:http';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../local/endpoint/aws-error.ts';
import type { AwsCall, FinishedCall } from '../../local/endpoint/endpoint.ts';
import { guarded } from '../../local/guarded.ts';
import { type HttpServer, startServer } from '../support/http-server.ts';
import { ask, signedFor } from './front-client.ts';

let server: HttpServer | undefined;
afterEach(() => server?.close());

/** A guard before a library that answers with the body that it was given. */
const startGuard = async (admit: (call: AwsCall) => void = () => undefined) => {
  const calls: FinishedCall[] = [];
  const faults: unknown[] = [];
  const guard = guarded({
    admit,
    onCall: (call) => calls.push(call),
    handle: (_request: IncomingMessage, response: ServerResponse, body: Buffer) => void response.end(body),
  });
  server = await startServer((request, response) => {
    Promise.resolve(guard(request, response)).catch((error: unknown) => {
      faults.push(error);
      response.writeHead(500).end();
    });
  });
  const client = {
    endpoint: server.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'FUNCTION.notify', secretAccessKey: 'x' },
    maxAttempts: 1,
  };
  return { calls, faults, client, port: Number(new URL(server.url).port) };
};

const deny = (): void => {
  throw new AwsError('AccessDeniedException', 'no policy allows it', { status: 400 });
};

describe('the guard', () => {
  it('gives an admitted request with its whole body to the library', async () => {
    const { port } = await startGuard();
    const body = JSON.stringify({ TableName: 'state' });
    expect(await ask(port, 'POST', '/', { authorization: signedFor('dynamodb'), body })).toMatchObject({
      status: 200,
      body,
    });
  });

  it('tells who calls which operation with which input', async () => {
    const { calls, client } = await startGuard();
    const sqs = new SQSClient({ ...client, useQueueUrlAsEndpoint: false });
    await sqs.send(new SendMessageCommand({ QueueUrl: 'http://q/1/work', MessageBody: 'b' })).catch(() => undefined);
    expect(calls).toEqual([
      {
        service: 'sqs',
        operation: 'SendMessage',
        accessKeyId: 'FUNCTION.notify',
        region: 'eu-west-1',
        input: { QueueUrl: 'http://q/1/work', MessageBody: 'b' },
      },
    ]);
  });

  it('refuses a call to DynamoDB so that the SDK knows the error', async () => {
    const { client, calls } = await startGuard(deny);
    const sent = new DynamoDBClient(client).send(new GetItemCommand({ TableName: 'state', Key: {} }));
    await expect(sent).rejects.toMatchObject({ name: 'AccessDeniedException', message: 'no policy allows it' });
    expect(calls).toMatchObject([{ operation: 'GetItem', error: { code: 'AccessDeniedException' } }]);
  });

  it('refuses a call to SQS so that the SDK knows the error', async () => {
    const { client } = await startGuard(deny);
    const sqs = new SQSClient({ ...client, useQueueUrlAsEndpoint: false });
    const sent = sqs.send(new SendMessageCommand({ QueueUrl: 'http://q/1/work', MessageBody: 'b' }));
    await expect(sent).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });

  it.each([
    ['is no JSON', 'Action=SendMessage'],
    ['is a JSON text', '"text"'],
    ['is empty', ''],
  ])('passes on a body that %s, without an input', async (_, body) => {
    const { port, calls } = await startGuard();
    expect(await ask(port, 'POST', '/', { authorization: signedFor('sqs'), body })).toMatchObject({ body });
    expect(calls).toMatchObject([{ operation: 'unknown', input: undefined }]);
  });

  const put = { TableName: 'state', Item: { id: { S: 'a' } } };
  it.each<[string, string, string, object, string, string]>([
    [
      'an unknown member',
      'dynamodb',
      'PutItem',
      { ...put, ConditionExpresion: 'x' },
      'ValidationException',
      'ConditionExpresion: unknown member',
    ],
    [
      'a member that is missing',
      'dynamodb',
      'PutItem',
      { TableName: 'state' },
      'ValidationException',
      'Item: Member must not be null',
    ],
    [
      'a value of two types',
      'dynamodb',
      'PutItem',
      { ...put, Item: { id: { S: 'a', N: '1' } } },
      'ValidationException',
      'Item.id: exactly one member must be set',
    ],
    [
      'a number for a text',
      'dynamodb',
      'PutItem',
      { ...put, Item: { id: { N: 1 } }, ConditionExpresion: 'x' },
      'SerializationException',
      'Item.id.N: expected a string',
    ],
    ['a list', 'dynamodb', 'PutItem', [put], 'SerializationException', 'input: expected a structure'],
    [
      'an unknown member',
      'sqs',
      'SendMessage',
      { QueueUrl: 'q', MessageBody: 'b', DelaySecond: 1 },
      'InvalidParameterValue',
      'DelaySecond: unknown member',
    ],
    [
      'an unknown member of an entry',
      'sqs',
      'SendMessageBatch',
      { QueueUrl: 'q', Entries: [{ Id: 'a', MessageBody: 'b', Body: 'b' }] },
      'InvalidParameterValue',
      'Entries[0].Body: unknown member',
    ],
    ['a member that is missing', 'sqs', 'DeleteQueue', {}, 'MissingParameter', 'QueueUrl: Member must not be null'],
    [
      'a text for a number',
      'sqs',
      'ReceiveMessage',
      { QueueUrl: 'q', WaitTimeSeconds: '1' },
      'SerializationException',
      'WaitTimeSeconds: expected a number',
    ],
  ])('refuses %s in a request to %s, counted: %s %j', async (_, service, operation, input, code, words) => {
    const { port, calls } = await startGuard();
    const named = { authorization: signedFor(service), 'x-amz-target': `Any.${operation}` };
    const { status, body } = await ask(port, 'POST', '/', { ...named, body: JSON.stringify(input) });
    expect([status, JSON.parse(body)]).toMatchObject([400, { __type: code }]);
    expect(body).toContain(words);
    expect(calls).toMatchObject([{ service, operation, error: { code } }]);
  });

  it.each([
    ['dynamodb', 'PutItem', put],
    ['dynamodb', 'constructor', { any: 1 }],
    ['dynamodb', 'Query', { TableName: 'state', KeyConditionExpression: 'x', Limit: 1, ScanIndexForward: false }],
    ['sqs', 'SendMessage', { QueueUrl: 'q', MessageBody: 'b', DelaySeconds: null }],
    ['sns', 'Publish', { any: 1 }],
  ])('passes on what fits the model of the service or is not in it: %s %s %j', async (service, operation, input) => {
    const { port } = await startGuard();
    const body = JSON.stringify(input);
    const named = { authorization: signedFor(service), 'x-amz-target': `Any.${operation}` };
    expect(await ask(port, 'POST', '/', { ...named, body })).toMatchObject({ status: 200, body });
  });

  it('passes on what is not signed, uncounted', async () => {
    const { port, calls } = await startGuard(deny);
    expect(await ask(port, 'POST', '/', { body: 'x' })).toMatchObject({ status: 200, body: 'x' });
    expect(calls).toEqual([]);
  });

  it('hides no fault of its own', async () => {
    const { port, faults } = await startGuard(() => {
      throw new TypeError('a mistake');
    });
    await ask(port, 'POST', '/', { authorization: signedFor('sqs'), body: '{}' });
    expect(faults).toEqual([new TypeError('a mistake')]);
  });
});
