import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDbDossierStore } from '../../../shared/aws/dynamodb-dossier-store.ts';
import type { DossierStore } from '../../../shared/pipeline/ports.ts';
import { DAY, manualClock } from '../../support/manual-clock.ts';
import { type StateTable, startStateTable, TABLE } from '../../support/state-table.ts';
import { DOSSIER, digest, IMAGE, INSTALL } from '../enrichment/findings.ts';
import { dossierStoreContract } from '../pipeline/contracts/dossier-store.ts';

const clock = manualClock();
let table: StateTable;
let store: DossierStore;
beforeAll(async () => {
  table = await startStateTable(clock);
  store = dynamoDbDossierStore(table.client, TABLE, clock);
});
afterAll(() => table.close());

dossierStoreContract(() => store);

describe('a dossier in the table', () => {
  it('is gone for the reader after a year, even if DynamoDB has not deleted it', async () => {
    await store.put(DOSSIER, clock.now());
    clock.advance(365 * DAY - 1);
    expect(await store.get(IMAGE)).toEqual(DOSSIER);
    clock.advance(1);
    expect(await store.get(IMAGE)).toBeUndefined();
  });

  it('is kept as plain attributes, which a person who looks at the table can read', async () => {
    const image = { ...IMAGE, digest: digest('e') };
    const dossier = { kind: 'artifact', image, artifactType: 'a/b', reason: 'It is a chart.' } as const;
    await store.put(dossier, new Date('2026-03-02T12:00:00.000Z'));
    expect(await table.items()).toContainEqual({
      pk: `IMAGE#arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout/sha256:${'e'.repeat(64)}`,
      sk: 'DOSSIER',
      schema: 1,
      dossier,
      recordedAt: '2026-03-02T12:00:00.000Z',
      // 2027-03-02T12:00:00Z
      expires: 1_803_988_800,
    });
  });

  it('of an index is found under its platforms for a year, and only once', async () => {
    const platform = { ...IMAGE, digest: digest('1') };
    const image = { ...IMAGE, digest: digest('2') };
    const platforms = [{ digest: platform.digest, platform: 'linux/amd64' }];
    await store.put({ kind: 'index', image, platforms, attestations: [] }, clock.now());
    await store.put({ kind: 'index', image, platforms, attestations: [] }, clock.now());
    clock.advance(365 * DAY - 1);
    expect(await store.indexesOf(platform)).toEqual([digest('2')]);
    clock.advance(1);
    expect(await store.indexesOf(platform)).toEqual([]);
  });

  it('takes 600 instructions of 300 characters', async () => {
    const text = `RUN ${'apt-get install -y a '.repeat(14)}`;
    const instructions = Array.from({ length: 600 }, (_, position) => ({ ...INSTALL, position, text }));
    const large = { ...DOSSIER, instructions: instructions };
    await store.put(large, clock.now());
    expect(await store.get(IMAGE)).toEqual(large);
  });

  it('of an image that does not fit into an item is shortened, and says so', async () => {
    const labels = { long: 'x'.repeat(400_000) };
    await store.put({ ...DOSSIER, labels }, clock.now());
    expect(await store.get(IMAGE)).toEqual({ ...DOSSIER, labels: { long: `${'x'.repeat(295)}…` }, shortened: true });
  });

  it('that does not fit into an item even so is too large, for good', async () => {
    const chart = { kind: 'artifact', image: IMAGE, artifactType: 'a/b', reason: 'x'.repeat(400_000) } as const;
    await expect(store.put(chart, clock.now())).rejects.toMatchObject({ code: 'TOO_LARGE', retryable: false });
  });

  it('of an inspected image whose time is over, or that another release wrote, gives way to one without', async () => {
    const image = { ...IMAGE, digest: digest('6') };
    const pk = `IMAGE#arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout/sha256:${'6'.repeat(64)}`;
    const now = Math.floor(clock.now().getTime() / 1000);
    for (const stale of [
      { schema: 2, expires: now + 1000 },
      { schema: 1, expires: now },
    ]) {
      const Item = { pk, sk: 'DOSSIER', ...stale, dossier: { ...DOSSIER, image, inspection: {} } };
      await table.client.send(new PutCommand({ TableName: TABLE, Item }));
      await store.put({ ...DOSSIER, image }, clock.now());
      expect(await store.get(image)).toEqual({ ...DOSSIER, image });
    }
  });

  it.each([
    ['of another schema', { schema: 2, dossier: DOSSIER }],
    ['in another form', { schema: 1, dossier: 'text' }],
  ])('that was written by another release, %s, is read again from the registry', async (_, written) => {
    const pk = `IMAGE#arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout/sha256:${'7'.repeat(64)}`;
    const Item = { pk, sk: 'DOSSIER', ...written };
    await table.client.send(new PutCommand({ TableName: TABLE, Item }));
    expect(await store.get({ ...IMAGE, digest: digest('7') })).toBeUndefined();
  });
});
