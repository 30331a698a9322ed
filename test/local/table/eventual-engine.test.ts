import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DeleteTableCommand,
  ResourceNotFoundException,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TABLE, TABLE_INPUT } from '../../support/state-table.ts';
import { startTables, type TableClient } from './table-client.ts';

const LAG_MS = 1_000;
const START = Date.parse('2026-11-20T12:00:00Z');

let nowMs = START;
let client: TableClient;
let documents: DynamoDBDocumentClient;

beforeEach(async () => {
  nowMs = START;
  client = await startTables(
    { clock: { nowMs: () => nowMs }, eventualConsistencyMs: LAG_MS },
    {
      ...TABLE_INPUT,
      AttributeDefinitions: [...TABLE_INPUT.AttributeDefinitions, { AttributeName: 'owner', AttributeType: 'S' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-owner',
          KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    },
  );
  documents = client.documents;
});
afterEach(() => client.close());

const item = (sk: string, more: Record<string, unknown> = {}) => ({ pk: 'a', sk, ...more });
const put = (sk: string, more: Record<string, unknown> = {}, condition: Record<string, unknown> = {}) =>
  documents.send(new PutCommand({ TableName: TABLE, Item: item(sk, more), ...condition }));
const remove = (sk: string) => documents.send(new DeleteCommand({ TableName: TABLE, Key: item(sk) }));
const get = async (sk: string, ConsistentRead?: boolean) =>
  (await documents.send(new GetCommand({ TableName: TABLE, Key: item(sk), ConsistentRead }))).Item;
const query = async (prefix = '', ConsistentRead?: boolean) => {
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: TABLE,
      KeyConditionExpression: prefix === '' ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: { ':pk': 'a', ...(prefix !== '' && { ':prefix': prefix }) },
      ConsistentRead,
    }),
  );
  return Items;
};
const keysOf = (items: readonly Record<string, unknown>[]) => items.map(({ sk }) => sk);

describe('a read that does not ask for consistency', () => {
  it('does not see a new item until its time has come', async () => {
    await put('1');
    expect(await get('1')).toBeUndefined();
    nowMs += LAG_MS - 1;
    expect(await get('1')).toBeUndefined();
    nowMs += 1;
    expect(await get('1')).toEqual(item('1'));
  });

  it('sees an item as it was before it was replaced', async () => {
    await put('1', { version: 1 });
    nowMs += LAG_MS;
    await put('1', { version: 2 });
    expect(await get('1')).toEqual(item('1', { version: 1 }));
    nowMs += LAG_MS;
    expect(await get('1')).toEqual(item('1', { version: 2 }));
  });

  it('sees updates one after the other, each when its time has come', async () => {
    const addOne = () =>
      documents.send(
        new UpdateCommand({
          TableName: TABLE,
          Key: item('1'),
          UpdateExpression: 'ADD hits :one',
          ExpressionAttributeValues: { ':one': 1 },
        }),
      );
    await addOne();
    nowMs += 600;
    await addOne();
    nowMs += 400;
    expect(await get('1')).toEqual(item('1', { hits: 1 }));
    nowMs += 600;
    expect(await get('1')).toEqual(item('1', { hits: 2 }));
  });

  it('still sees an item that is deleted', async () => {
    await put('1');
    nowMs += LAG_MS;
    await remove('1');
    expect(await get('1')).toEqual(item('1'));
    nowMs += LAG_MS;
    expect(await get('1')).toBeUndefined();
  });

  it('queries what was there, in the order of the keys', async () => {
    for (const sk of ['x#3', 'x#1', 'y#1']) await put(sk);
    nowMs += LAG_MS;
    await put('x#2');
    await remove('x#1');
    expect(keysOf(await query('x#'))).toEqual(['x#1', 'x#3']);
    expect(keysOf(await query())).toEqual(['x#1', 'x#3', 'y#1']);
    nowMs += LAG_MS;
    expect(keysOf(await query('x#'))).toEqual(['x#2', 'x#3']);
  });

  it('scans and gets batches of what was there', async () => {
    await put('1', { version: 1 });
    nowMs += LAG_MS;
    await put('1', { version: 2 });
    await put('2');
    const { Items } = await documents.send(new ScanCommand({ TableName: TABLE }));
    expect(Items).toEqual([item('1', { version: 1 })]);
    const { Responses } = await documents.send(
      new BatchGetCommand({ RequestItems: { [TABLE]: { Keys: [item('1'), item('2')] } } }),
    );
    expect(Responses?.[TABLE]).toEqual([item('1', { version: 1 })]);
  });

  it('does not see what a batch wrote', async () => {
    await put('1');
    nowMs += LAG_MS;
    const requests = [{ PutRequest: { Item: item('2') } }, { DeleteRequest: { Key: item('1') } }];
    await documents.send(new BatchWriteCommand({ RequestItems: { [TABLE]: requests } }));
    expect(keysOf(await query())).toEqual(['1']);
    nowMs += LAG_MS;
    expect(keysOf(await query())).toEqual(['2']);
  });

  it('is all that a global index can be asked for', async () => {
    const owned = (ConsistentRead?: boolean) =>
      documents.send(
        new QueryCommand({
          TableName: TABLE,
          IndexName: 'by-owner',
          KeyConditionExpression: '#owner = :owner',
          ExpressionAttributeNames: { '#owner': 'owner' },
          ExpressionAttributeValues: { ':owner': 'me' },
          ConsistentRead,
        }),
      );
    await put('1', { owner: 'me' });
    expect((await owned()).Items).toEqual([]);
    await expect(owned(true)).rejects.toMatchObject({ name: 'ValidationException' });
    nowMs += LAG_MS;
    expect((await owned()).Items).toEqual([item('1', { owner: 'me' })]);
  });
});

describe('the truth', () => {
  it('is what a consistent read sees', async () => {
    await put('1', { version: 1 });
    await put('1', { version: 2 });
    await put('2');
    await remove('2');
    expect(await get('1', true)).toEqual(item('1', { version: 2 }));
    expect(await query('', true)).toEqual([item('1', { version: 2 })]);
    expect((await documents.send(new ScanCommand({ TableName: TABLE, ConsistentRead: true }))).Items).toHaveLength(1);
    const batch = new BatchGetCommand({ RequestItems: { [TABLE]: { Keys: [item('1')], ConsistentRead: true } } });
    expect((await documents.send(batch)).Responses?.[TABLE]).toEqual([item('1', { version: 2 })]);
    expect(await client.tables.scan(TABLE)).toEqual([item('1', { version: 2 })]);
  });

  it('is what a condition is held against', async () => {
    const once = { ConditionExpression: 'attribute_not_exists(pk)' };
    await put('1', { version: 1 }, once);
    await expect(put('1', { version: 2 }, once)).rejects.toBeInstanceOf(ConditionalCheckFailedException);
    nowMs += LAG_MS;
    expect(await get('1')).toEqual(item('1', { version: 1 }));
  });

  it('is what a write returns', async () => {
    await put('1', { version: 1 });
    const { Attributes } = await documents.send(
      new UpdateCommand({
        TableName: TABLE,
        Key: item('1'),
        UpdateExpression: 'SET version = :two',
        ExpressionAttributeValues: { ':two': 2 },
        ReturnValues: 'ALL_NEW',
      }),
    );
    expect(Attributes).toEqual(item('1', { version: 2 }));
  });

  it('is swept, whatever eventual reads see', async () => {
    await put('1', { expires: START / 1000 });
    expect(await client.tables.sweep()).toBe(1);
    expect(await client.tables.scan(TABLE)).toEqual([]);
    nowMs += LAG_MS;
    expect(await get('1')).toBeUndefined();
  });
});

describe('a table', () => {
  it('can be read as soon as it is created, and is gone when it is deleted', async () => {
    const name = { TableName: 'other' };
    await put('1');
    await documents.send(new CreateTableCommand({ ...TABLE_INPUT, ...name }));
    expect((await documents.send(new ScanCommand(name))).Items).toEqual([]);
    await expect(documents.send(new CreateTableCommand({ ...TABLE_INPUT, ...name }))).rejects.toMatchObject({
      name: 'ResourceInUseException',
    });
    await documents.send(new DeleteTableCommand(name));
    await expect(documents.send(new ScanCommand(name))).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it('can be changed while writes wait to be seen', async () => {
    await put('1');
    await documents.send(
      new UpdateTableCommand({
        TableName: TABLE,
        GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: 'by-owner' } }],
      }),
    );
    await put('2');
    nowMs += LAG_MS;
    expect(keysOf(await query())).toEqual(['1', '2']);
  });
});

describe('a request that the table refuses', () => {
  it('is refused as without eventual consistency, and not repeated', async () => {
    await expect(documents.send(new PutCommand({ TableName: TABLE, Item: { pk: 'a' } }))).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(get('')).rejects.toMatchObject({ name: 'ValidationException' });
    await put('1');
    nowMs += LAG_MS;
    expect(keysOf(await query())).toEqual(['1']);
  });
});

it('eventual reads see exactly what was true a lag ago, and consistent ones what is true', async () => {
  const step = fc.record({
    sk: fc.constantFrom('1', '2', '3'),
    what: fc.constantFrom('put', 'delete', 'nothing'),
    waitMs: fc.integer({ min: 0, max: 700 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      for (const sk of ['1', '2', '3']) await remove(sk);
      nowMs += LAG_MS;
      const history: { at: number; keys: ReadonlySet<string> }[] = [{ at: nowMs - LAG_MS, keys: new Set() }];
      for (const { sk, what, waitMs } of steps) {
        const keys = new Set(history.at(-1)?.keys);
        if (what === 'put') {
          await put(sk);
          keys.add(sk);
        }
        if (what === 'delete') {
          await remove(sk);
          keys.delete(sk);
        }
        history.push({ at: nowMs, keys });
        nowMs += waitMs;
        const then = history.findLast(({ at }) => at <= nowMs - LAG_MS);
        expect(keysOf(await query())).toEqual([...(then?.keys ?? [])].toSorted());
        expect(keysOf(await query('', true))).toEqual([...keys].toSorted());
      }
    }),
    { numRuns: 25 },
  );
});
