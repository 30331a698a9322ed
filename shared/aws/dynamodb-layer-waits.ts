/** Which images wait for a layer, in the table. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Clock } from '../base/clock.ts';
import { type Digest, isDigest } from '../image/digest.ts';
import { imageArn } from '../image/image-reference.ts';
import type { LayerWaits } from '../pipeline/inspection-ports.ts';
import { inspectionTask } from '../pipeline/inspection-task.ts';
import { putItem, queryItems } from './dynamodb-items.ts';
import { keys, WAIT_PREFIX } from './state-table.ts';

/** A layer that was given up can be sent again from its dead-letter queue, which keeps it for 14 days. */
const KEPT_DAYS = 30;

const waitingImage = z.object({ task: inspectionTask, layers: z.array(z.custom<Digest>(isDigest)) });

export const dynamoDbLayerWaits = (client: DynamoDBDocumentClient, table: string, clock: Clock): LayerWaits => ({
  put: async (layer, { task, layers }, now) => {
    await putItem(
      client,
      table,
      {
        what: 'Keeping which image waits for a layer',
        key: keys.wait(layer, imageArn(task.image), task.tag ?? ''),
        content: { waiting: { task, layers }, pushedAt: task.pushedAt },
        keptDays: KEPT_DAYS,
        laterBy: 'pushedAt',
      },
      now,
    );
  },
  waitingFor: async (layer, image) => {
    const { pk, sk } = keys.wait(layer, image === undefined ? '' : imageArn(image), '');
    const page = {
      what: 'Reading the images that wait for a layer',
      pk,
      // With the sign that ends the image's name: a digest is never the beginning of another.
      prefix: image === undefined ? WAIT_PREFIX : sk,
    };
    const items = await queryItems(client, table, page, clock.now());
    return items.flatMap((item) => waitingImage.safeParse(item.waiting).data ?? []);
  },
});
