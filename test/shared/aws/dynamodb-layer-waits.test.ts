import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDbLayerWaits } from '../../../shared/aws/dynamodb-layer-waits.ts';
import type { LayerWaits } from '../../../shared/pipeline/inspection-ports.ts';
import { DAY, manualClock } from '../../support/manual-clock.ts';
import { type StateTable, startStateTable, TABLE } from '../../support/state-table.ts';
import { digest, IMAGE } from '../enrichment/findings.ts';
import { layerWaitsContract } from '../pipeline/contracts/layer-waits.ts';

const clock = manualClock();
let table: StateTable;
let store: LayerWaits;
beforeAll(async () => {
  table = await startStateTable(clock);
  store = dynamoDbLayerWaits(table.client, TABLE, clock);
});
afterAll(() => table.close());

layerWaitsContract(() => store);

const WAITING = {
  task: { task: 'inspect-image-1', image: IMAGE, tag: '1.4', pushedAt: '2026-03-02T11:59:00.000Z' },
  layers: [digest('1'), digest('2')],
} as const;
const waiting = { ...WAITING, layers: [...WAITING.layers] };

describe('an image that waits for a layer, in the table', () => {
  it('is one item, which a person can read', async () => {
    await store.put(digest('e'), waiting, clock.now());
    expect(await table.items()).toContainEqual({
      pk: `LAYER#sha256:${'e'.repeat(64)}`,
      sk: `WAIT#arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout/sha256:${'a'.repeat(64)}#1.4`,
      schema: 1,
      waiting,
      pushedAt: '2026-03-02T11:59:00.000Z',
      // 2026-04-01T12:00:00Z
      expires: 1_775_044_800,
    });
  });

  it('waits for 30 days, and then as if for the first time', async () => {
    const layer = digest('d');
    const late = { ...waiting, task: { ...waiting.task, pushedAt: '2026-03-02T11:59:59.000Z' } };
    await store.put(layer, late, clock.now());
    clock.advance(30 * DAY - 1);
    expect(await store.waitingFor(layer)).toEqual([late]);
    clock.advance(1);
    expect(await store.waitingFor(layer)).toEqual([]);
    await store.put(layer, waiting, clock.now());
    expect(await store.waitingFor(layer)).toEqual([waiting]);
  });

  it.each([
    ['of another schema', { schema: 2, waiting }],
    ['in another form', { schema: 1, waiting: { ...waiting, layers: ['latest'] } }],
  ])('that was written by another release, %s, is not told: its next push asks again', async (_, written) => {
    const Item = { pk: `LAYER#${digest('c')}`, sk: 'WAIT#one', ...written };
    await table.client.send(new PutCommand({ TableName: TABLE, Item }));
    expect(await store.waitingFor(digest('c'))).toEqual([]);
  });

  it('in a table that is not there is a rejected call, by what was tried', async () => {
    const elsewhere = dynamoDbLayerWaits(table.client, 'elsewhere', clock);
    await expect(elsewhere.put(digest('b'), waiting, clock.now())).rejects.toMatchObject({
      code: 'AWS_REJECTED',
      message: 'Keeping which image waits for a layer failed: ResourceNotFoundException',
    });
    await expect(elsewhere.waitingFor(digest('b'))).rejects.toMatchObject({
      code: 'AWS_REJECTED',
      message: 'Reading the images that wait for a layer failed: ResourceNotFoundException',
    });
  });
});
