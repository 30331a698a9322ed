import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDbPushStore } from '../../../shared/aws/dynamodb-push-store.ts';
import type { PushStore } from '../../../shared/pipeline/inspection-ports.ts';
import { DAY, manualClock } from '../../support/manual-clock.ts';
import { type StateTable, startStateTable, TABLE } from '../../support/state-table.ts';
import { digest, IMAGE } from '../enrichment/findings.ts';
import { pushStoreContract } from '../pipeline/contracts/push-store.ts';

const clock = manualClock();
let table: StateTable;
let store: PushStore;
beforeAll(async () => {
  table = await startStateTable(clock);
  store = dynamoDbPushStore(table.client, TABLE, clock);
});
afterAll(() => table.close());

pushStoreContract(() => store);

const PUSH = { tag: '1.4', pushedAt: '2026-03-02T11:59:00.000Z' } as const;

describe('a push in the table', () => {
  it('stands beside the dossier of its image', async () => {
    await store.put({ ...IMAGE, digest: digest('e') }, PUSH, clock.now());
    expect(await table.items()).toContainEqual({
      pk: `IMAGE#arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout/sha256:${'e'.repeat(64)}`,
      sk: 'PUSH#1.4',
      schema: 1,
      ...PUSH,
      // 2027-03-02T12:00:00Z
      expires: 1_803_988_800,
    });
  });

  it('is forgotten after a year', async () => {
    const image = { ...IMAGE, digest: digest('d') };
    await store.put(image, PUSH, clock.now());
    clock.advance(365 * DAY - 1);
    expect(await store.pushesOf(image)).toEqual([PUSH]);
    clock.advance(1);
    expect(await store.pushesOf(image)).toEqual([]);
  });

  it.each([
    ['of another schema', { schema: 2, ...PUSH }],
    ['in another form', { schema: 1, tag: '1.4', pushedAt: 1_772_452_740 }],
  ])('that was written by another release, %s, is as good as none', async (_, written) => {
    const pk = `IMAGE#arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout/sha256:${'c'.repeat(64)}`;
    await table.client.send(new PutCommand({ TableName: TABLE, Item: { pk, sk: 'PUSH#1.4', ...written } }));
    expect(await store.pushesOf({ ...IMAGE, digest: digest('c') })).toEqual([]);
  });
});
