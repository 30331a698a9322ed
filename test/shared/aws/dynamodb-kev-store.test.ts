import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dynamoDbKevStore } from '../../../shared/aws/dynamodb-kev-store.ts';
import type { KevStore } from '../../../shared/pipeline/ports.ts';
import { DAY, manualClock } from '../../support/manual-clock.ts';
import { type StateTable, startStateTable, TABLE } from '../../support/state-table.ts';
import { KEV_LIST, listOf } from '../evidence/lists.ts';
import { kevStoreContract } from '../pipeline/contracts/kev-store.ts';

const clock = manualClock();
let table: StateTable;
let store: KevStore;
beforeAll(async () => {
  table = await startStateTable(clock);
  store = dynamoDbKevStore(table.client, TABLE, clock);
});
afterAll(() => table.close());

/** As another function sees the table. */
const another = (): KevStore => dynamoDbKevStore(table.client, TABLE, clock);

kevStoreContract(() => store);

describe("CISA's list in the table", () => {
  // An older list is never put over a newer one: each case begins with none.
  beforeEach(async () => {
    await table.client.send(new DeleteCommand({ TableName: TABLE, Key: { pk: 'KEV', sk: 'LIST' } }));
  });

  it('is one item, which a person can read and which never expires', async () => {
    await store.put(KEV_LIST);
    expect(await table.items()).toEqual([
      {
        pk: 'KEV',
        sk: 'LIST',
        schema: 1,
        loadedAt: '2026-03-01T06:00:00.000Z',
        list: {
          version: '2026.03.01',
          loadedAt: '2026-03-01T06:00:00.000Z',
          added: { '2021-12-10': ['CVE-2021-44228', 'CVE-2021-40438'], '2024-05-30': ['CVE-2024-1086'] },
          ransomware: ['CVE-2021-44228'],
        },
      },
    ]);
    clock.advance(1000 * DAY);
    expect(await another().get()).toEqual(KEV_LIST);
  });

  it('is kept in memory for five minutes, and then read again', async () => {
    await store.put(KEV_LIST);
    const warm = another();
    await warm.get();
    await store.put(listOf(5));
    clock.advance(300);
    expect(await warm.get()).toEqual(KEV_LIST);
    clock.advance(1);
    expect(await warm.get()).toEqual(listOf(5));
  });

  it.each([
    ['of another schema', { schema: 2, list: { version: '1' } }],
    ['in another form', { schema: 1, list: 'text' }],
  ])('that another release wrote %s is as good as none, and looked for again each time', async (_, written) => {
    await table.client.send(new PutCommand({ TableName: TABLE, Item: { pk: 'KEV', sk: 'LIST', ...written } }));
    const warm = another();
    expect(await warm.get()).toBeUndefined();
    await store.put(KEV_LIST);
    expect(await warm.get()).toEqual(KEV_LIST);
  });

  it('of an earlier fetch is not taken for the one that stands, in memory neither', async () => {
    const later = { ...listOf(5), loadedAt: '2026-03-01T06:00:01.000Z' };
    await another().put(later);
    const slow = another();
    await slow.put(KEV_LIST);
    expect(await slow.get()).toEqual(later);
  });

  it('takes the 10,000 entries that a feed may have', async () => {
    await store.put(listOf(10_000));
    expect(await another().get()).toEqual(listOf(10_000));
  });

  it('that does not fit into an item is too large, and the one before stays', async () => {
    await store.put(KEV_LIST);
    await expect(store.put(listOf(25_000))).rejects.toMatchObject({ code: 'TOO_LARGE' });
    expect(await store.get()).toEqual(KEV_LIST);
    expect(await another().get()).toEqual(KEV_LIST);
  });

  it('in a table that is not there is a rejected call, by what was tried', async () => {
    const elsewhere = dynamoDbKevStore(table.client, 'elsewhere', clock);
    const rejected = (message: string) => ({ code: 'AWS_REJECTED', message });
    await expect(elsewhere.get()).rejects.toMatchObject(
      rejected('Reading CISA’s list failed: ResourceNotFoundException'),
    );
    await expect(elsewhere.put(KEV_LIST)).rejects.toMatchObject(
      rejected('Keeping CISA’s list failed: ResourceNotFoundException'),
    );
  });
});
