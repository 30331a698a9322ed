/** Reading the table's items by page, and keeping an item with its schema and its end. */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { errorFromAws } from './error-from-aws.ts';
import { EXPIRES, expiresAfterDays, isExpired, SCHEMA_VERSION } from './state-table.ts';

type Item = Readonly<Record<string, unknown>>;

export interface ItemPage {
  /** What is read, for the error: `Reading the images that wait for a layer`. */
  readonly what: string;
  readonly pk: string;
  readonly prefix: string;
  /** At most; absent: all. */
  readonly limit?: number;
}

/** The partition's items whose sort key begins so, without those of another schema and those whose time is over. */
export const queryItems = async (
  client: DynamoDBDocumentClient,
  table: string,
  { what, pk, prefix, limit }: ItemPage,
  now: Date,
): Promise<readonly Item[]> => {
  const items: Item[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await client
      .send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': pk, ':prefix': prefix },
          ConsistentRead: true,
          Limit: limit,
          ExclusiveStartKey: start,
        }),
      )
      .catch((thrown: unknown) => {
        throw errorFromAws(thrown, what);
      });
    items.push(...(page.Items ?? []).filter((item) => item.schema === SCHEMA_VERSION && !isExpired(item, now)));
    start = page.LastEvaluatedKey;
  } while (start !== undefined && items.length < (limit ?? Number.POSITIVE_INFINITY));
  return items.slice(0, limit);
};

export interface KeptItem {
  /** What is done, for the error: `Keeping which image waits for a layer`. */
  readonly what: string;
  readonly key: { readonly pk: string; readonly sk: string };
  readonly content: Item;
  readonly keptDays: number;
  /** An attribute of the content, a text: the item of a later one stands. */
  readonly laterBy?: string;
}

/** False: an item that is later stands. */
export const putItem = async (
  client: DynamoDBDocumentClient,
  table: string,
  { what, key, content, keptDays, laterBy }: KeptItem,
  now: Date,
): Promise<boolean> => {
  try {
    await client.send(
      new PutCommand({
        TableName: table,
        Item: { ...content, ...key, schema: SCHEMA_VERSION, [EXPIRES]: expiresAfterDays(now, keptDays) },
        ...(laterBy !== undefined && unlessLater(laterBy, content[laterBy], now)),
      }),
    );
    return true;
  } catch (thrown) {
    if (thrown instanceof ConditionalCheckFailedException) return false;
    throw errorFromAws(thrown, what);
  }
};

/** An item whose time is over is as good as none. */
const unlessLater = (name: string, value: unknown, now: Date) => ({
  ConditionExpression: 'attribute_not_exists(pk) OR #expires <= :now OR #later <= :later',
  ExpressionAttributeNames: { '#expires': EXPIRES, '#later': name },
  ExpressionAttributeValues: { ':now': Math.floor(now.getTime() / 1000), ':later': value },
});
