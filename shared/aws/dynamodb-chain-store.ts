/** Images by the chain of their layers, in the table. */
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Clock } from '../base/clock.ts';
import type { Digest } from '../image/digest.ts';
import { imageArn } from '../image/image-reference.ts';
import type { ChainStore, KnownImage } from '../pipeline/inspection-ports.ts';
import { imageReference } from '../pipeline/inspection-task.ts';
import { putItem, queryItems } from './dynamodb-items.ts';
import { CHAIN_PREFIX, keys } from './state-table.ts';

/** As long as a dossier: every push renews it. */
const KEPT_DAYS = 365;
/** Builds that change nothing but the config have one chain, one image for each. */
const MOST_IMAGES = 300;

const knownImage = z.object({ image: imageReference, tags: z.array(z.string()) });

export const dynamoDbChainStore = (client: DynamoDBDocumentClient, table: string, clock: Clock): ChainStore => ({
  put: async (chain, known, now) => {
    await putItem(
      client,
      table,
      {
        what: 'Keeping the chain of an image',
        key: keys.chain(chain, imageArn(known.image)),
        content: { known },
        keptDays: KEPT_DAYS,
      },
      now,
    );
  },
  find: async (chains) => {
    for (const chain of chains) {
      const known = await imagesOf(client, table, chain, clock.now());
      if (known.length > 0) return { chain, known };
    }
    return undefined;
  },
});

const imagesOf = async (
  client: DynamoDBDocumentClient,
  table: string,
  chain: Digest,
  now: Date,
): Promise<readonly KnownImage[]> => {
  const { pk } = keys.chain(chain, '');
  const what = 'Looking for the base image';
  const items = await queryItems(client, table, { what, pk, prefix: CHAIN_PREFIX, limit: MOST_IMAGES }, now);
  return items.flatMap((item) => knownImage.safeParse(item.known).data ?? []);
};
