/** CISA's list in the table: one item that never expires, kept in memory for a few minutes by each function. */
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../base/clock.ts';
import { SekishoError } from '../base/errors.ts';
import { compactKevList, kevListFromCompact } from '../evidence/compact-kev-list.ts';
import type { KevList } from '../evidence/kev-list.ts';
import type { KevStore } from '../pipeline/ports.ts';
import { errorFromAws } from './error-from-aws.ts';
import { keys, SCHEMA_VERSION } from './state-table.ts';

const FRESH_MS = 5 * 60_000;
/** DynamoDB refuses items over 400 KB; JSON is longer than what DynamoDB counts. */
const LIMIT_BYTES = 380 * 1024;

export const dynamoDbKevStore = (client: DynamoDBDocumentClient, table: string, clock: Clock): KevStore => {
  let kept: { readonly at: number; readonly list: KevList } | undefined;
  return {
    get: async () => {
      const now = clock.now().getTime();
      if (kept && now - kept.at <= FRESH_MS) return kept.list;
      const { Item } = await client
        .send(new GetCommand({ TableName: table, Key: keys.kev(), ConsistentRead: true }))
        .catch((thrown: unknown) => {
          throw errorFromAws(thrown, 'Reading CISA’s list');
        });
      const list = Item?.schema === SCHEMA_VERSION ? kevListFromCompact(Item.list) : undefined;
      // A list that is not there yet is looked for each time.
      kept = list && { at: now, list };
      return list;
    },
    put: async (list) => {
      const compact = compactKevList(list);
      if (Buffer.byteLength(JSON.stringify(compact)) > LIMIT_BYTES)
        throw new SekishoError('TOO_LARGE', 'CISA’s list is larger than a table item.');
      try {
        await client.send(
          new PutCommand({
            TableName: table,
            Item: { ...keys.kev(), schema: SCHEMA_VERSION, loadedAt: list.loadedAt, list: compact },
            ConditionExpression: 'attribute_not_exists(loadedAt) OR loadedAt <= :loadedAt',
            ExpressionAttributeValues: { ':loadedAt': list.loadedAt },
          }),
        );
      } catch (thrown) {
        // Silent, because nothing is lost: what is there was fetched later, and is what CISA says now.
        if (thrown instanceof Error && thrown.name === 'ConditionalCheckFailedException') return;
        throw errorFromAws(thrown, 'Keeping CISA’s list');
      }
      kept = { at: clock.now().getTime(), list };
    },
  };
};
