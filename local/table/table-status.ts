/** What a table is at the moment, and waiting for it to become active: DynamoDB answers CreateTable before it is. */
import { setTimeout as wait } from 'node:timers/promises';
import { DescribeTableCommand, ResourceNotFoundException, type TableDescription } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** The engine takes a few milliseconds. */
const LONGEST_WAIT_MS = 10_000;

/** Undefined when there is no such table. */
export const describeTable = async (
  client: DynamoDBDocumentClient,
  name: string | undefined,
): Promise<TableDescription | undefined> => {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

/** Rejects when the table is not active after `longestMs`: then it never will be. */
export const whenActive = async (
  client: DynamoDBDocumentClient,
  name: string | undefined,
  longestMs = LONGEST_WAIT_MS,
): Promise<void> => {
  const giveUpAt = performance.now() + longestMs;
  for (;;) {
    const { TableStatus: status = 'missing' } = (await describeTable(client, name)) ?? {};
    if (status === 'ACTIVE') return;
    if (performance.now() >= giveUpAt) throw new Error(`the table ${name} is still ${status} after ${longestMs} ms`);
    await wait(1);
  }
};
