import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDbFindingStore } from '../../../shared/aws/dynamodb-finding-store.ts';
import type { FindingStore } from '../../../shared/pipeline/ports.ts';
import { DAY, manualClock } from '../../support/manual-clock.ts';
import { type StateTable, startStateTable, TABLE } from '../../support/state-table.ts';
import { keyed } from '../chat/grouped.ts';
import { findingStoreContract } from '../pipeline/contracts/finding-store.ts';
import { newGroup } from '../pipeline/contracts/new-group.ts';

const clock = manualClock();
let table: StateTable;
let store: FindingStore;
beforeAll(async () => {
  table = await startStateTable(clock);
  store = dynamoDbFindingStore(table.client, TABLE, clock);
});
afterAll(() => table.close());

findingStoreContract(() => store);

describe('a finding in the table', () => {
  const OLD = { observedAt: '2026-03-02T12:00:00.000Z', version: '2026-03-02T12:00:00.000Z|0|b' };

  it('is kept for 180 days, under its group and key, with the schema that wrote it', async () => {
    const group = newGroup();
    const finding = keyed('CVE-1', { group, ...OLD });
    await store.record(finding);
    const item = (await table.items()).find(({ pk }) => pk === `GROUP#${group}`);
    expect(item).toEqual({
      pk: `GROUP#${group}`,
      sk: `FINDING#${finding.key}`,
      schema: 1,
      version: OLD.version,
      decidedAt: '2026-03-02T10:05:00.000Z',
      fingerprint: '0123456789abcdef',
      updatedAt: '2026-03-02T12:00:00.000Z',
      finding,
      // 2026-08-29T12:00:00Z
      expires: 1_788_004_800,
    });
  });

  it('is gone for the reader when its time is over, even if DynamoDB has not deleted it', async () => {
    const group = newGroup();
    await store.record(keyed('CVE-1', { group, ...OLD }));
    clock.advance(180 * DAY - 1);
    expect(await store.findingsOf(group)).toHaveLength(1);
    clock.advance(1);
    expect(await store.findingsOf(group)).toEqual([]);
  });

  it('is recorded anew over what has expired, whatever version that had', async () => {
    const group = newGroup();
    await store.record(keyed('CVE-1', { group, ...OLD }));
    clock.advance(180 * DAY);
    const older = keyed('CVE-1', { group, ...OLD, version: '2026-03-02T12:00:00.000Z|0|a' });
    expect(await store.record(older)).toEqual({ stale: false, updatedAt: '2026-03-02T12:00:00.000Z' });
    expect(await store.findingsOf(group)).toEqual([older]);
  });

  it('that another release wrote in another form is left out', async () => {
    const group = newGroup();
    const Item = { pk: `GROUP#${group}`, sk: 'FINDING#x', schema: 9, version: 'v', updatedAt: 'u', finding: { a: 1 } };
    await table.client.send(new PutCommand({ TableName: TABLE, Item }));
    expect(await store.findingsOf(group)).toEqual([]);
  });
});

describe('a table that is not there', () => {
  it('is told as a rejected call, by what was tried', async () => {
    const elsewhere = dynamoDbFindingStore(table.client, 'elsewhere', clock);
    const finding = keyed('CVE-1', { group: newGroup() });
    await expect(elsewhere.record(finding)).rejects.toMatchObject({
      code: 'AWS_REJECTED',
      message: "Reading a finding's state failed: ResourceNotFoundException",
    });
    await expect(elsewhere.findingsOf(finding.group)).rejects.toMatchObject({ code: 'AWS_REJECTED' });
  });
});
