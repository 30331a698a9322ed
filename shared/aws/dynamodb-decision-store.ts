/** What each finding was decided from, in the table: one item per finding, that of its newest state. */
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { isExplainedFinding } from '../alerts/is-explained-finding.ts';
import type { Clock } from '../base/clock.ts';
import type { DecisionStore } from '../pipeline/ports.ts';
import { errorFromAws } from './error-from-aws.ts';
import { EXPIRES, expiresAfterDays, isExpired, keys, SCHEMA_VERSION } from './state-table.ts';

/** As long as the finding's state. */
const KEPT_DAYS = 180;

/** The order of decided states; what an older version kept names no time. */
const LATER = [
  'attribute_not_exists(decidedAt)',
  'decidedAt < :decidedAt',
  '(decidedAt = :decidedAt AND fingerprint < :fingerprint)',
] as const;

export const dynamoDbDecisionStore = (client: DynamoDBDocumentClient, table: string, clock: Clock): DecisionStore => ({
  put: async (explained) => {
    const now = clock.now();
    const { version, decidedAt = '', fingerprint = '' } = explained;
    try {
      await client.send(
        new PutCommand({
          TableName: table,
          Item: {
            ...keys.decision(explained.key),
            schema: SCHEMA_VERSION,
            version,
            decidedAt,
            fingerprint,
            explained,
            [EXPIRES]: expiresAfterDays(now, KEPT_DAYS),
          },
          ConditionExpression: [
            'attribute_not_exists(pk)',
            '#expires <= :now',
            'version < :version',
            `(version = :version AND (${LATER.join(' OR ')}))`,
          ].join(' OR '),
          ExpressionAttributeNames: { '#expires': EXPIRES },
          ExpressionAttributeValues: {
            ':version': version,
            ':decidedAt': decidedAt,
            ':fingerprint': fingerprint,
            ':now': Math.floor(now.getTime() / 1000),
          },
        }),
      );
    } catch (thrown) {
      // What is there is as new, and was decided as late.
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
