/** Which group a finding was first told with, in the table. */
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { SekishoError } from '../base/errors.ts';
import type { FindingKey } from '../finding/finding-key.ts';
import { errorFromAws } from './error-from-aws.ts';
import { EXPIRES, expiresAfterDays, isExpired, keys, SCHEMA_VERSION } from './state-table.ts';

/** Longer than Security Hub keeps what nobody updates (90 days), so that a late event still finds its finding's state. */
export const KEPT_DAYS = 180;

/** The group that is kept, or the one that is proposed, which is kept from now on. Throws the AWS_* codes and WRITE_CONFLICT. */
export const groupOf = async (
  client: DynamoDBDocumentClient,
  table: string,
  now: Date,
  key: FindingKey,
  proposed: string,
): Promise<string> => {
  const place = { TableName: table, Key: keys.groupOf(key) };
  const { Item } = await client.send(new GetCommand({ ...place, ConsistentRead: true })).catch((thrown: unknown) => {
    throw errorFromAws(thrown, "Reading a finding's group");
  });
  if (typeof Item?.group === 'string' && !isExpired(Item, now)) return Item.group;
  try {
    await client.send(
      new PutCommand({
        TableName: table,
        Item: {
          ...keys.groupOf(key),
          schema: SCHEMA_VERSION,
          group: proposed,
          [EXPIRES]: expiresAfterDays(now, KEPT_DAYS),
        },
        ConditionExpression: 'attribute_not_exists(pk) OR #expires <= :now',
        ExpressionAttributeNames: { '#expires': EXPIRES },
        ExpressionAttributeValues: { ':now': Math.floor(now.getTime() / 1000) },
      }),
    );
    return proposed;
  } catch (thrown) {
    if (!(thrown instanceof Error && thrown.name === 'ConditionalCheckFailedException'))
      throw errorFromAws(thrown, "Keeping a finding's group");
    throw new SekishoError('WRITE_CONFLICT', 'Another writer of the same finding was faster.');
  }
};
