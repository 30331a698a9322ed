/** What each finding was decided from, in the table: one item per finding, that of its newest state. */
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { isExplainedFinding } from '../alerts/is-explained-finding.ts';
import type { Clock } from '../base/clock.ts';
import type { DecisionStore } from '../pipeline/ports.ts';
import { errorFromAws } from './error-from-aws.ts';
import { EXPIRES, expiresAfterDays, isExpired, keys, SCHEMA_VERSION } from './state-table.ts';

/** As long as the finding's state. */
const KEPT_DAYS = 180;

export const dynamoDbDecisionStore = (client: DynamoDBDocumentClient, table: string, clock: Clock): DecisionStore => ({
  put: async (explained) => {
    const now = clock.now();
    try {
      await client.send(
        new PutCommand({
          TableName: table,
          Item: {
            ...keys.decision(explained.key),
            schema: SCHEMA_VERSION,
            version: explained.version,
            explained,
            [EXPIRES]: expiresAfterDays(now, KEPT_DAYS),
          },
          ConditionExpression: 'attribute_not_exists(pk) OR version < :version OR #expires <= :now',
          ExpressionAttributeNames: { '#expires': EXPIRES },
          ExpressionAttributeValues: { ':version': explained.version, ':now': Math.floor(now.getTime() / 1000) },
        }),
      );
    } catch (thrown) {
      // What is there is as new.
      if (thrown instanceof Error && thrown.name === 'ConditionalCheckFailedException') return;
      throw errorFromAws(thrown, 'Keeping a decision');
    }
  },
  get: async (key) => {
    const { Item } = await client
      .send(new GetCommand({ TableName: table, Key: keys.decision(key), ConsistentRead: true }))
      .catch((thrown: unknown) => {
        throw errorFromAws(thrown, 'Reading a decision');
      });
    if (Item === undefined || Item.schema !== SCHEMA_VERSION || isExpired(Item, clock.now())) return undefined;
    const explained: unknown = Item.explained;
    return isExplainedFinding(explained) ? explained : undefined;
  },
});
