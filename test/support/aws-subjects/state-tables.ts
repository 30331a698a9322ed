/** A table of the stores at any party that speaks DynamoDB. */
import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { TABLE_INPUT } from '../state-table.ts';
import type { AwsEndpoint } from './aws-endpoint.ts';

/** Makes the table, with the keys that the stack gives it. */
export const createStateTable = async (aws: AwsEndpoint, TableName: string): Promise<DynamoDBDocumentClient> => {
  const client = new DynamoDBClient(aws);
  await client.send(new CreateTableCommand({ ...TABLE_INPUT, TableName }));
  await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 1 }, { TableName });
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
};
