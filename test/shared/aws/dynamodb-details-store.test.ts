import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDbDetailsStore } from '../../../shared/aws/dynamodb-details-store.ts';
import { known, unknown } from '../../../shared/base/known.ts';
import type { FindingDetailsStore } from '../../../shared/pipeline/ports.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { type StateTable, startStateTable, TABLE } from '../../support/state-table.ts';
import { findingDetailsStoreContract } from '../pipeline/contracts/finding-details-store.ts';

const NOON = new Date('2026-03-02T12:00:00.000Z');
const EVENING = new Date('2026-03-02T20:00:00.000Z');

let table: StateTable;
let store: FindingDetailsStore;
beforeAll(async () => {
  table = await startStateTable(manualClock());
  store = dynamoDbDetailsStore(table.client, TABLE);
});
afterAll(() => table.close());

const itemOf = async (id: string) => (await table.items()).find(({ pk }) => pk === `VULNERABILITY#${id}`);
const write = (id: string, item: object) =>
  table.client.send(new PutCommand({ TableName: TABLE, Item: { pk: `VULNERABILITY#${id}`, sk: 'DETAILS', ...item } }));

findingDetailsStoreContract(() => store);

describe('the details of a vulnerability in the table', () => {
  // 2026-03-10T12:00:00Z
  const ITEM = { sk: 'DETAILS', schema: 1, claimedAt: '2026-03-02T12:00:00.000Z', expires: 1_773_144_000 };
  const answeredOn = '2026-03-02';
  const details = { askedOn: '2026-03-02', epss: 0.5 };

  it('are an item that expires when they have not stood for a day', async () => {
    const id = 'CVE-2024-1';
    await store.claim(id, NOON);
    expect(await itemOf(id)).toEqual({ pk: `VULNERABILITY#${id}`, ...ITEM });
    await store.put(id, known(details), NOON);
    expect(await itemOf(id)).toEqual({ pk: `VULNERABILITY#${id}`, ...ITEM, answeredOn, details });
    await store.put(id, unknown('denied'), NOON);
    expect(await itemOf(id)).toEqual({ pk: `VULNERABILITY#${id}`, ...ITEM, details, reason: 'denied' });
  });

  it('are nothing for the reader after that, even if DynamoDB has not deleted them', async () => {
    const id = 'CVE-2024-2';
    await store.claim(id, NOON);
    await store.put(id, known(details), NOON);
    const later = new Date('2026-03-10T12:00:00.000Z');
    expect(await store.claim(id, later)).toEqual({ granted: true });
    expect(await store.claim(id, later)).toEqual({ granted: false, awaitedSince: later });
  });

  it.each([
    ['in another form', { schema: 1, details: 'text' }],
    ['of another schema', { schema: 2, details }],
  ])('that another release wrote today %s are not read, and not asked for again', async (name, item) => {
    await write(name, { claimedAt: '2026-03-02T12:00:00.000Z', answeredOn, ...item });
    expect(await store.claim(name, EVENING)).toEqual({ granted: false });
    expect(await store.get(name, EVENING)).toEqual({});
  });

  it('that another release wrote without a day are asked for', async () => {
    await write('CVE-2024-3', { schema: 2 });
    expect(await store.claim('CVE-2024-3', EVENING)).toEqual({ granted: true });
  });

  it('of an id that is longer than a key are a rejected call, for good', async () => {
    await expect(store.claim('x'.repeat(3000), NOON)).rejects.toMatchObject({ code: 'AWS_REJECTED', retryable: false });
  });

  it('in a table that is not there are a rejected call, by what was tried', async () => {
    const elsewhere = dynamoDbDetailsStore(table.client, 'elsewhere');
    await expect(elsewhere.claim('CVE-2024-4', NOON)).rejects.toMatchObject({
      code: 'AWS_REJECTED',
      message: "Reading a vulnerability's details failed: ResourceNotFoundException",
    });
    await expect(elsewhere.put('CVE-2024-4', known(details), NOON)).rejects.toMatchObject({
      message: "Keeping a vulnerability's details failed: ResourceNotFoundException",
    });
  });
});
