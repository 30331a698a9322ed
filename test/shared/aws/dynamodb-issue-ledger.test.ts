import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDbIssueLedger } from '../../../shared/aws/dynamodb-issue-ledger.ts';
import type { IssueLedger } from '../../../shared/pipeline/inspection-ports.ts';
import { DAY, manualClock } from '../../support/manual-clock.ts';
import { type StateTable, startStateTable, TABLE } from '../../support/state-table.ts';
import { digest } from '../enrichment/findings.ts';
import { issueLedgerContract } from '../pipeline/contracts/issue-ledger.ts';

const clock = manualClock();
let table: StateTable;
let ledger: IssueLedger;
beforeAll(async () => {
  table = await startStateTable(clock);
  ledger = dynamoDbIssueLedger(table.client, TABLE, clock);
});
afterAll(() => table.close());

issueLedgerContract(() => ledger);

const scopeOf = (tag: string) => ({
  repository: { partition: 'aws', account: '111122223333', region: 'eu-west-1', repository: 'shop/checkout' },
  tag,
  platform: 'linux/arm64',
});
const ENTRY = { pushedAt: '2026-03-02T11:59:00.000Z', digest: digest('a'), rules: [] };

describe('an entry of the ledger in the table', () => {
  it('is one item, which a person can read', async () => {
    await ledger.put(scopeOf('stable'), { entry: ENTRY, revision: 0 }, clock.now());
    expect(await table.items()).toContainEqual({
      pk: 'REPOSITORY#arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout',
      sk: 'ISSUES#stable#linux/arm64',
      schema: 1,
      entry: ENTRY,
      revision: 1,
      // 2027-04-06T12:00:00Z
      expires: 1_807_012_800,
    });
  });

  it('begins anew after 400 days without a push, also with one that is told late', async () => {
    const late = { ...ENTRY, pushedAt: '2026-03-02T11:59:59.000Z' };
    const anew = { entry: ENTRY, revision: 0 };
    await ledger.put(scopeOf('old'), { entry: late, revision: 0 }, clock.now());
    clock.advance(400 * DAY - 1);
    expect(await ledger.get(scopeOf('old'))).toEqual({ entry: late, revision: 1 });
    expect(await ledger.put(scopeOf('old'), anew, clock.now())).toBe(false);
    clock.advance(1);
    expect(await ledger.get(scopeOf('old'))).toEqual({ entry: undefined, revision: 0 });
    expect(await ledger.put(scopeOf('old'), anew, clock.now())).toBe(true);
    expect(await ledger.get(scopeOf('old'))).toEqual({ entry: ENTRY, revision: 1 });
  });

  it.each([
    ['of another schema', { schema: 2, entry: ENTRY }, 0],
    ['in another form', { schema: 1, entry: { ...ENTRY, rules: [{ rule: 'IMG-001' }] } }, 0],
    ['in another form, with a revision', { schema: 1, entry: { rules: [] }, revision: 7 }, 7],
  ])('that was written by another release, %s, gives way', async (_, written, revision) => {
    const pk = 'REPOSITORY#arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout';
    const Item = { pk, sk: 'ISSUES#other#linux/arm64', ...written };
    await table.client.send(new PutCommand({ TableName: TABLE, Item }));
    expect(await ledger.get(scopeOf('other'))).toEqual({ entry: undefined, revision });
    expect(await ledger.put(scopeOf('other'), { entry: ENTRY, revision }, clock.now())).toBe(true);
    expect(await ledger.get(scopeOf('other'))).toEqual({ entry: ENTRY, revision: revision + 1 });
  });

  it('in a table that is not there is a rejected call, by what was tried', async () => {
    const elsewhere = dynamoDbIssueLedger(table.client, 'elsewhere', clock);
    const rejected = (message: string) => ({ code: 'AWS_REJECTED', message });
    await expect(elsewhere.get(scopeOf('a'))).rejects.toMatchObject(
      rejected('Reading which rules fail for a tag failed: ResourceNotFoundException'),
    );
    await expect(elsewhere.put(scopeOf('a'), { entry: ENTRY, revision: 0 }, clock.now())).rejects.toMatchObject(
      rejected('Keeping which rules fail for a tag failed: ResourceNotFoundException'),
    );
  });
});
