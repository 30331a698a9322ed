import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import {
  ConditionalCheckFailedException,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  ListTagsOfResourceCommand,
  PutItemCommand,
  ResourceNotFoundException,
  TagResourceCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Tables } from '../../../local/table/tables.ts';
import { startServer } from '../../support/http-server.ts';
import { TABLE } from '../../support/state-table.ts';
import { startTables, type TableClient } from './table-client.ts';

const NOON = Date.parse('2026-11-20T12:00:00Z') / 1000;

let nowMs = NOON * 1000;
let client: TableClient;
let tables: Tables;
let documents: DynamoDBDocumentClient;
let port: number;
const tableName = TABLE;

beforeEach(async () => {
  nowMs = NOON * 1000;
  client = await startTables({ clock: { nowMs: () => nowMs } });
  ({ tables, documents } = client);
  port = Number(new URL(client.url).port);
});
afterEach(() => client.close());

const put = (item: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  documents.send(new PutCommand({ TableName: tableName, Item: { pk: 'a', sk: '1', ...item }, ...more }));

describe('the tables', () => {
  it('are active as soon as they are created', async () => {
    const { Table } = await documents.send(new DescribeTableCommand({ TableName: tableName }));
    expect(Table?.TableStatus).toBe('ACTIVE');
  });

  it('have the account and the Region of the runtime in their ARNs', async () => {
    const arn = 'arn:aws:dynamodb:eu-west-1:111122223333:table/state';
    const { Table } = await documents.send(new DescribeTableCommand({ TableName: tableName }));
    expect(Table?.TableArn).toBe(arn);
    await documents.send(new TagResourceCommand({ ResourceArn: arn, Tags: [{ Key: 'team', Value: 'shop' }] }));
    const { Tags } = await documents.send(new ListTagsOfResourceCommand({ ResourceArn: arn }));
    expect(Tags).toEqual([{ Key: 'team', Value: 'shop' }]);
  });

  it('refuse by name what DynamoDB has and they do not', async () => {
    const put = { Put: { TableName: tableName, Item: { pk: 'a', sk: '1' } } };
    await expect(documents.send(new TransactWriteCommand({ TransactItems: [put] }))).rejects.toMatchObject({
      name: 'NotImplemented',
      message: 'The local runtime does not implement dynamodb TransactWriteItems.',
      $metadata: { httpStatusCode: 501 },
    });
    expect(await tables.scan(tableName)).toEqual([]);
  });

  it('keep what was put', async () => {
    await put({ names: ['x', 'y'], count: 3, tags: new Set(['t']), deep: { none: null } });
    const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key: { pk: 'a', sk: '1' } }));
    expect(Item).toEqual({ pk: 'a', sk: '1', names: ['x', 'y'], count: 3, tags: new Set(['t']), deep: { none: null } });
    expect(await tables.scan(tableName)).toEqual([Item]);
  });

  it('put only where the condition holds', async () => {
    const once = { ConditionExpression: 'attribute_not_exists(pk)' };
    await put({ version: 1 }, once);
    await expect(put({ version: 2 }, once)).rejects.toBeInstanceOf(ConditionalCheckFailedException);
    expect(await tables.scan(tableName)).toEqual([{ pk: 'a', sk: '1', version: 1 }]);
  });

  it('update only where the condition holds', async () => {
    await put({ version: 2 });
    const moveTo = (version: number) =>
      documents.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { pk: 'a', sk: '1' },
          UpdateExpression: 'SET version = :new',
          ConditionExpression: 'version < :new',
          ExpressionAttributeValues: { ':new': version },
          ReturnValues: 'ALL_NEW',
        }),
      );
    await expect(moveTo(2)).rejects.toBeInstanceOf(ConditionalCheckFailedException);
    expect((await moveTo(3)).Attributes).toEqual({ pk: 'a', sk: '1', version: 3 });
  });

  it('do not return the item that failed a condition, unlike DynamoDB', async () => {
    await put({ version: 1 });
    const refused = put(
      {},
      { ConditionExpression: 'attribute_not_exists(pk)', ReturnValuesOnConditionCheckFailure: 'ALL_OLD' },
    );
    await expect(refused).rejects.toMatchObject({ Item: undefined });
  });

  it('apply concurrent updates of one item one after the other', async () => {
    const addOne = () =>
      documents.send(
        new UpdateCommand({
          TableName: tableName,
          Key: { pk: 'a', sk: '1' },
          UpdateExpression: 'ADD hits :one',
          ExpressionAttributeValues: { ':one': 1 },
        }),
      );
    await Promise.all(Array.from({ length: 50 }, addOne));
    expect(await tables.scan(tableName)).toEqual([{ pk: 'a', sk: '1', hits: 50 }]);
  });

  it('answer a query in the order of the sort key', async () => {
    for (const sk of ['3', '1', '2']) await put({ sk });
    const { Items } = await documents.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'pk = :pk AND sk > :sk',
        ExpressionAttributeValues: { ':pk': 'a', ':sk': '1' },
      }),
    );
    expect(Items?.map((item) => item.sk)).toEqual(['2', '3']);
  });

  it('survive a client that hangs up halfway', async () => {
    const socket = connect(port, '127.0.0.1');
    await new Promise<void>((resolve) => socket.once('connect', resolve));
    socket.write(
      'POST / HTTP/1.1\r\nhost: local\r\nx-amz-target: DynamoDB_20120810.PutItem\r\ncontent-length: 100\r\n\r\n{"Table',
    );
    await new Promise<void>((resolve) => setTimeout(resolve, 20));
    socket.destroy();
    await put({ after: true });
    expect(await tables.scan(tableName)).toEqual([{ pk: 'a', sk: '1', after: true }]);
  });

  it('answer a request whose body the server has read before', async () => {
    const server = await startServer(async (request, response) =>
      tables.handle(request, response, await buffer(request)),
    );
    const reader = new DynamoDBClient({
      endpoint: server.url,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    await reader.send(new PutItemCommand({ TableName: tableName, Item: { pk: { S: 'a' }, sk: { S: '1' } } }));
    expect(await tables.scan(tableName)).toEqual([{ pk: 'a', sk: '1' }]);
    await server.close();
  });

  it('show what was written at once, without eventual consistency', async () => {
    await put({ version: 1 });
    const { Item } = await documents.send(new GetCommand({ TableName: tableName, Key: { pk: 'a', sk: '1' } }));
    expect(Item).toEqual({ pk: 'a', sk: '1', version: 1 });
  });

  it('answer an error for an unknown table', async () => {
    await expect(documents.send(new GetCommand({ TableName: 'none', Key: { pk: 'a' } }))).rejects.toBeInstanceOf(
      ResourceNotFoundException,
    );
  });
});

describe('time to live', () => {
  const timeToLive = async () =>
    (await documents.send(new DescribeTimeToLiveCommand({ TableName: tableName }))).TimeToLiveDescription;
  const switchTimeToLive = (TableName: string, Enabled: boolean) =>
    documents.send(
      new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: { AttributeName: 'until', Enabled } }),
    );

  it('is described as it was given with the table', async () => {
    expect(await timeToLive()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'expires' });
  });

  it('can be switched off, and on again with another attribute', async () => {
    await switchTimeToLive(tableName, false);
    expect(await timeToLive()).toEqual({ TimeToLiveStatus: 'DISABLED' });
    await switchTimeToLive(tableName, true);
    expect(await timeToLive()).toEqual({ TimeToLiveStatus: 'ENABLED', AttributeName: 'until' });
  });

  it('cannot be switched on twice', async () => {
    await expect(switchTimeToLive(tableName, true)).rejects.toMatchObject({ name: 'ValidationException' });
  });

  it('cannot be switched on for an unknown table', async () => {
    await expect(switchTimeToLive('none', true)).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it.each([
    ['not json', 'SerializationException'],
    ['{"TableName": 7}', 'ValidationException'],
    ['{"TableName": "no name"}', 'ValidationException'],
  ])('refuses the body %s', async (body, type) => {
    const answer = await new Promise<string>((resolve) => {
      const headers = { 'x-amz-target': 'DynamoDB_20120810.DescribeTimeToLive' };
      httpRequest({ port, host: '127.0.0.1', method: 'POST', headers }, (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => resolve(`${response.statusCode} ${text}`));
      }).end(body);
    });
    expect(answer).toMatch(new RegExp(`^400 .*#${type}"`));
  });

  it.each<[string, unknown, boolean]>([
    ['deletes what expires now', NOON, true],
    ['deletes what expired an hour ago', NOON - 3600, true],
    ['keeps what expires later', NOON + 1, false],
    ['keeps what has no time to live', undefined, false],
    ['keeps what holds text instead of a number', String(NOON), false],
    ['keeps milliseconds, which are a time far away', NOON * 1000, false],
    ['keeps what expired more than five years ago', NOON - 6 * 365 * 86_400, false],
  ])('%s', async (_title, expires, deleted) => {
    await put(expires === undefined ? {} : { expires });
    expect(await tables.sweep()).toBe(deleted ? 1 : 0);
    expect(await tables.scan(tableName)).toHaveLength(deleted ? 0 : 1);
  });

  it('follows the clock it was given', async () => {
    await put({ expires: NOON + 60 });
    expect(await tables.sweep()).toBe(0);
    nowMs += 60_000;
    expect(await tables.sweep()).toBe(1);
  });

  it('leaves a table alone where it is switched off', async () => {
    await put({ expires: NOON });
    await switchTimeToLive(tableName, false);
    expect(await tables.sweep()).toBe(0);
  });

  it('reaches items beyond the first page of a scan', async () => {
    const filler = 'x'.repeat(300_000);
    for (const page of [0, 1, 2])
      await documents.send(
        new BatchWriteCommand({
          RequestItems: {
            [tableName]: [1, 2].map((item) => ({
              PutRequest: { Item: { pk: `p${page}`, sk: `${item}`, filler, expires: NOON } },
            })),
          },
        }),
      );
    expect(await tables.sweep()).toBe(6);
  });
});
