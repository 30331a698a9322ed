/** The table of the stores on a port of this machine, and the client that the stores are given. */
import { type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createTables, type TablesOptions } from '../../local/table/tables.ts';
import { startServer } from './http-server.ts';
import type { ManualClock } from './manual-clock.ts';

export const TABLE = 'state';

/** The key scheme of the stores' table. */
export const TABLE_INPUT = {
  TableName: TABLE,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
} satisfies CreateTableCommandInput;

export interface StateTable {
  readonly client: DynamoDBDocumentClient;
  readonly items: () => Promise<readonly Readonly<Record<string, unknown>>[]>;
  readonly close: () => Promise<void>;
}

/** Nothing sweeps it: an item whose time is over stays, as it does for up to days in DynamoDB. */
export const startStateTable = async (
  clock: ManualClock,
  options: Pick<TablesOptions, 'eventualConsistencyMs'> = {},
): Promise<StateTable> => {
  const place = { account: '111122223333', region: 'eu-west-1' };
  const tables = createTables({ clock: { nowMs: () => clock.now().getTime() }, ...place, ...options });
  const server = await startServer(tables.handle);
  await tables.createTable(TABLE_INPUT);
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: server.url,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
  return {
    client,
    items: () => tables.scan(TABLE),
    close: async () => {
      client.destroy();
      tables.close();
      await server.close();
    },
  };
};
