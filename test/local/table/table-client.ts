/** Tables on a port of this machine with one table `state`, and the SDK's client for them. */
import { type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { createTables, type Tables, type TablesOptions } from '../../../local/table/tables.ts';
import { startServer } from '../../support/http-server.ts';
import { TABLE_INPUT } from '../../support/state-table.ts';

export const PLACE = { account: '111122223333', region: 'eu-west-1' };

export interface TableClient {
  readonly url: string;
  readonly tables: Tables;
  readonly documents: DynamoDBDocumentClient;
  readonly close: () => Promise<void>;
}

export const startTables = async (
  options: Omit<TablesOptions, keyof typeof PLACE>,
  input: CreateTableCommandInput = TABLE_INPUT,
): Promise<TableClient> => {
  const tables = createTables({ ...PLACE, ...options });
  const server = await startServer(tables.handle);
  await tables.createTable(input, 'expires');
  const documents = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: server.url,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    }),
  );
  return {
    url: server.url,
    tables,
    documents,
    close: async () => {
      documents.destroy();
      tables.close();
      await server.close();
    },
  };
};
