import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDbChainStore } from '../../../shared/aws/dynamodb-chain-store.ts';
import type { ChainStore } from '../../../shared/pipeline/inspection-ports.ts';
import { DAY, manualClock } from '../../support/manual-clock.ts';
import { type StateTable, startStateTable, TABLE } from '../../support/state-table.ts';
import { digest, IMAGE } from '../enrichment/findings.ts';
import { chainStoreContract } from '../pipeline/contracts/chain-store.ts';
import { newDigest } from '../pipeline/contracts/new-digest.ts';

const clock = manualClock();
let table: StateTable;
let store: ChainStore;
beforeAll(async () => {
  table = await startStateTable(clock);
  store = dynamoDbChainStore(table.client, TABLE, clock);
});
afterAll(() => table.close());

chainStoreContract(() => store);

const KNOWN = { image: IMAGE, tags: ['12'] } as const;

describe('an image under its chain in the table', () => {
  it('is one item, which a person can read', async () => {
    await store.put(digest('e'), KNOWN, clock.now());
    expect(await table.items()).toContainEqual({
      pk: `CHAIN#sha256:${'e'.repeat(64)}`,
      sk: `IMAGE#arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout/sha256:${'a'.repeat(64)}`,
      schema: 1,
      known: KNOWN,
      // 2027-03-02T12:00:00Z
      expires: 1_803_988_800,
    });
  });

  it('is nobody’s base any more after a year without a push', async () => {
    const [long, short] = [digest('d'), digest('c')];
    await store.put(long, KNOWN, clock.now());
    clock.advance(1);
    await store.put(short, KNOWN, clock.now());
    clock.advance(365 * DAY - 2);
    expect(await store.find([long, short])).toEqual({ chain: long, known: [KNOWN] });
    clock.advance(1);
    expect(await store.find([long, short])).toEqual({ chain: short, known: [KNOWN] });
  });

  it('is one of the first 300', async () => {
    const chain = digest('b');
    const images = Array.from({ length: 310 }, () => ({ ...KNOWN, image: { ...IMAGE, digest: newDigest() } }));
    await Promise.all(images.map((known) => store.put(chain, known, clock.now())));
    expect((await store.find([chain]))?.known).toHaveLength(300);
  });

  it.each([
    ['of another schema', { schema: 2, known: KNOWN }],
    ['in another form', { schema: 1, known: { ...KNOWN, image: 'shop/checkout' } }],
  ])('that was written by another release, %s, is as good as none', async (_, written) => {
    const Item = { pk: `CHAIN#${digest('9')}`, sk: 'IMAGE#one', ...written };
    await table.client.send(new PutCommand({ TableName: TABLE, Item }));
    expect(await store.find([digest('9')])).toBeUndefined();
  });
});
