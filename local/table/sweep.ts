/** Deleting what has expired: DynamoDB's time to live, item by item. */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DeleteCommandInput,
  type DynamoDBDocumentClient,
  paginateScan,
} from '@aws-sdk/lib-dynamodb';

/** DynamoDB leaves alone what expired longer ago: it is more likely a mistake than a time. */
const FIVE_YEARS_IN_SECONDS = 5 * 365 * 24 * 60 * 60;

interface ExpiringTable {
  readonly name: string;
  readonly keys: readonly string[];
  readonly ttlAttribute: string;
}

const placeholders = (names: readonly string[]) => Object.fromEntries(names.map((name, at) => [`#k${at}`, name]));

const deleteUnlessRenewed = async (client: DynamoDBDocumentClient, command: DeleteCommandInput): Promise<number> => {
  try {
    await client.send(new DeleteCommand(command));
    return 1;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return 0;
    throw error;
  }
};

/** Deletes the items whose time to live is at or before `nowSeconds` (Unix time), and counts them. */
export const sweepTable = async (
  client: DynamoDBDocumentClient,
  { name, keys, ttlAttribute }: ExpiringTable,
  nowSeconds: number,
): Promise<number> => {
  const expired = {
    names: { '#ttl': ttlAttribute },
    values: { ':oldest': nowSeconds - FIVE_YEARS_IN_SECONDS, ':now': nowSeconds },
    expression: '#ttl BETWEEN :oldest AND :now',
  };
  let deleted = 0;
  const pages = paginateScan(
    { client },
    {
      TableName: name,
      ConsistentRead: true,
      FilterExpression: expired.expression,
      ProjectionExpression: keys.map((_, at) => `#k${at}`).join(', '),
      ExpressionAttributeNames: { ...expired.names, ...placeholders(keys) },
      ExpressionAttributeValues: expired.values,
    },
  );
  for await (const page of pages)
    for (const key of page.Items ?? [])
      deleted += await deleteUnlessRenewed(client, {
        TableName: name,
        Key: key,
        ConditionExpression: expired.expression,
        ExpressionAttributeNames: expired.names,
        ExpressionAttributeValues: expired.values,
      });
  return deleted;
};
