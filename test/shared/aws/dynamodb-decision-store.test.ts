import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDbDecisionStore } from '../../../shared/aws/dynamodb-decision-store.ts';
import { findingKey } from '../../../shared/finding/finding-key.ts';
import type { DecisionStore } from '../../../shared/pipeline/ports.ts';
import { DAY, manualClock } from '../../support/manual-clock.ts';
import { type StateTable, startStateTable, TABLE } from '../../support/state-table.ts';
import { EXPLAINED } from '../alerts/explained.ts';
import { decisionStoreContract } from '../pipeline/contracts/decision-store.ts';
import { newGroup } from '../pipeline/contracts/new-group.ts';

const clock = manualClock();
let table: StateTable;
let store: DecisionStore;
beforeAll(async () => {
  table = await startStateTable(clock);
  store = dynamoDbDecisionStore(table.client, TABLE, clock);
});
afterAll(() => table.close());

decisionStoreContract(() => store);

const explained = () => ({ ...EXPLAINED, key: findingKey('inspector2', [newGroup()]) });

describe('a decision in the table', () => {
  it('is kept for 180 days, under its finding, with the schema that wrote it', async () => {
    const put = explained();
    await store.put(put);
    expect((await table.items()).find(({ pk }) => pk === `FINDING#${put.key}`)).toEqual({
      pk: `FINDING#${put.key}`,
      sk: 'DECISION',
      schema: 1,
      version: put.version,
      decidedAt: '2026-03-02T10:05:00.000Z',
      fingerprint: '0123456789abcdef',
      explained: put,
      // 2026-08-29T12:00:00Z
      expires: 1_788_004_800,
    });
  });

  it('is gone for the reader when its time is over, even if DynamoDB has not deleted it', async () => {
    const put = explained();
    await store.put(put);
    clock.advance(180 * DAY - 1);
    expect(await store.get(put.key)).toEqual(put);
    clock.advance(1);
    expect(await store.get(put.key)).toBeUndefined();
  });

  it('is put over what has expired, whatever version that had', async () => {
    const put = { ...explained(), version: 'b' };
    await store.put(put);
    clock.advance(180 * DAY);
    await store.put({ ...put, version: 'a' });
    expect(await store.get(put.key)).toEqual({ ...put, version: 'a' });
  });

  it('is put over one of the same version that an older release kept, without the time of its decision', async () => {
    const put = explained();
    const { decidedAt: _at, fingerprint: _mark, ...older } = put;
    const Item = { pk: `FINDING#${put.key}`, sk: 'DECISION', schema: 1, version: put.version, explained: older };
    await table.client.send(new PutCommand({ TableName: TABLE, Item }));
    expect(await store.get(put.key)).toEqual(older);
    await store.put(put);
    expect(await store.get(put.key)).toEqual(put);
  });

  it.each([
    ['another schema', { schema: 9 }],
    ['another form', { explained: { ...EXPLAINED, decision: { outcome: 'act' } } }],
  ])('that another release wrote in %s is not read', async (_, change) => {
    const put = explained();
    const Item = { pk: `FINDING#${put.key}`, sk: 'DECISION', schema: 1, version: 'v', explained: put, ...change };
    await table.client.send(new PutCommand({ TableName: TABLE, Item }));
    expect(await store.get(put.key)).toBeUndefined();
  });
});

it('tells a table that is not there as a rejected call, by what was tried', async () => {
  const elsewhere = dynamoDbDecisionStore(table.client, 'elsewhere', clock);
  await expect(elsewhere.put(explained())).rejects.toMatchObject({
    code: 'AWS_REJECTED',
    message: 'Keeping a decision failed: ResourceNotFoundException',
  });
  await expect(elsewhere.get(explained().key)).rejects.toMatchObject({
    code: 'AWS_REJECTED',
    message: 'Reading a decision failed: ResourceNotFoundException',
  });
});
