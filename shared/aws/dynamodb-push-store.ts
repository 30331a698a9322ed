/** Under which tags an image was pushed, in the table. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../base/clock.ts';
import { imageArn } from '../image/image-reference.ts';
import type { PushStore } from '../pipeline/inspection-ports.ts';
import { putItem, queryItems } from './dynamodb-items.ts';
import { keys, PUSH_PREFIX } from './state-table.ts';

const KEPT_DAYS = 365;

export const dynamoDbPushStore = (client: DynamoDBDocumentClient, table: string, clock: Clock): PushStore => ({
  put: async (image, { tag, through, pushedAt }, now) => {
    await putItem(
      client,
      table,
      {
        what: 'Keeping that an image was pushed',
        key: keys.push(imageArn(image), tag ?? ''),
        content: { ...(tag !== undefined && { tag }), ...(through !== undefined && { through }), pushedAt },
        keptDays: KEPT_DAYS,
        laterBy: 'pushedAt',
      },
      now,
    );
  },
  pushesOf: async (image) => {
    const { pk } = keys.push(imageArn(image), '');
    const what = 'Reading how an image was pushed';
    const items = await queryItems(client, table, { what, pk, prefix: PUSH_PREFIX }, clock.now());
    return items.flatMap(({ tag, through, pushedAt }) =>
      typeof pushedAt === 'string'
        ? [{ ...(typeof tag === 'string' && { tag }), ...(through === 'index' && { through }), pushedAt }]
        : [],
    );
  },
});
