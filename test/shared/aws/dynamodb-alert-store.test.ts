import { afterAll, beforeAll, expect, it } from 'vitest';
import { dynamoDbAlertStore } from '../../../shared/aws/dynamodb-alert-store.ts';
import type { AlertStore } from '../../../shared/pipeline/ports.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { type StateTable, startStateTable, TABLE } from '../../support/state-table.ts';
import { alertStoreContract } from '../pipeline/contracts/alert-store.ts';
import { newGroup } from '../pipeline/contracts/new-group.ts';

const clock = manualClock();
let table: StateTable;
let store: AlertStore;
beforeAll(async () => {
  table = await startStateTable(clock);
  store = dynamoDbAlertStore(table.client, TABLE, clock);
});
afterAll(() => table.close());

alertStoreContract(() => store);

it('keeps an alert for 180 days after its last change', async () => {
  const group = newGroup();
  await store.open(group, { worst: 'act', urgent: [] }, new Date('2026-03-02T12:05:00.000Z'));
  const item = (await table.items()).find(({ pk }) => pk === `GROUP#${group}`);
  expect(item).toEqual({
    pk: `GROUP#${group}`,
    sk: 'ALERT',
    schema: 1,
    state: 'waiting',
    scheduled: false,
    dueAt: '2026-03-02T12:05:00.000Z',
    claimedUntil: '',
    // 2026-08-29T12:00:00Z
    expires: 1_788_004_800,
  });
});

it('tells a table that is not there as a rejected call', async () => {
  const elsewhere = dynamoDbAlertStore(table.client, 'elsewhere', clock);
  await expect(elsewhere.open(newGroup(), { worst: 'act', urgent: [] }, clock.now())).rejects.toMatchObject({
    code: 'AWS_REJECTED',
    message: 'Opening an alert failed: ResourceNotFoundException',
  });
});
