/** The stores on a table whose reads are as old as DynamoDB allows: nothing that is written becomes visible by itself. */
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoDbAlertStore } from '../../../shared/aws/dynamodb-alert-store.ts';
import { dynamoDbDetailsStore } from '../../../shared/aws/dynamodb-details-store.ts';
import { dynamoDbDossierStore } from '../../../shared/aws/dynamodb-dossier-store.ts';
import { dynamoDbFindingStore } from '../../../shared/aws/dynamodb-finding-store.ts';
import { dynamoDbKevStore } from '../../../shared/aws/dynamodb-kev-store.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { type StateTable, startStateTable, TABLE } from '../../support/state-table.ts';
import { alertStoreContract } from '../pipeline/contracts/alert-store.ts';
import { dossierStoreContract } from '../pipeline/contracts/dossier-store.ts';
import { findingDetailsStoreContract } from '../pipeline/contracts/finding-details-store.ts';
import { findingStoreContract } from '../pipeline/contracts/finding-store.ts';
import { kevStoreContract } from '../pipeline/contracts/kev-store.ts';

// It stands still, so the lag never ends.
const clock = manualClock();
let table: StateTable;
beforeAll(async () => {
  table = await startStateTable(clock, { eventualConsistencyMs: 60_000 });
});
afterAll(() => table.close());

describe('with eventual consistency at its worst', () => {
  it('a read that does not ask for the truth sees nothing of what was written', async () => {
    const key = { pk: 'a', sk: 'b' };
    await table.client.send(new PutCommand({ TableName: TABLE, Item: key }));
    expect((await table.client.send(new GetCommand({ TableName: TABLE, Key: key }))).Item).toBeUndefined();
  });

  alertStoreContract(() => dynamoDbAlertStore(table.client, TABLE, clock));
  dossierStoreContract(() => dynamoDbDossierStore(table.client, TABLE, clock));
  findingStoreContract(() => dynamoDbFindingStore(table.client, TABLE, clock));
  kevStoreContract(() => dynamoDbKevStore(table.client, TABLE, clock));
  findingDetailsStoreContract(() => dynamoDbDetailsStore(table.client, TABLE));
});
