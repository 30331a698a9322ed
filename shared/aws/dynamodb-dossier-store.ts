/** Dossiers in the table, one item per image, as plain attributes: a person who looks at the table can read them. */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../base/clock.ts';
import { mapEnded } from '../base/ended.ts';
import { SekishoError } from '../base/errors.ts';
import { boundedDossier, dossierBytes } from '../dossier/bounded-dossier.ts';
import type { Dossier, IndexDossier } from '../dossier/dossier.ts';
import { isDossier } from '../dossier/is-dossier.ts';
import { type Digest, isDigest } from '../image/digest.ts';
import { imageArn } from '../image/image-reference.ts';
import type { DossierStore } from '../pipeline/ports.ts';
import { errorFromAws } from './error-from-aws.ts';
import { EXPIRES, expiresAfterDays, INDEX_PREFIX, isExpired, keys, SCHEMA_VERSION } from './state-table.ts';

/** A dossier can be read again from the registry at any time, so it need not outlive a year. */
const KEPT_DAYS = 365;
/** DynamoDB refuses items over 400 KB; the rest of the item is small, and JSON is longer than what DynamoDB counts. */
const LIMIT_BYTES = 380 * 1024;
const PUTS_AT_ONCE = 8;

export const dynamoDbDossierStore = (client: DynamoDBDocumentClient, table: string, clock: Clock): DossierStore => ({
  get: async (image) => {
    const { Item } = await client
      .send(new GetCommand({ TableName: table, Key: keys.dossier(imageArn(image)), ConsistentRead: true }))
      .catch((thrown: unknown) => {
        throw errorFromAws(thrown, 'Reading the dossier');
      });
    // An item of another schema does not read: the image is then read again from the registry.
    if (Item === undefined || Item.schema !== SCHEMA_VERSION || isExpired(Item, clock.now())) return undefined;
    const dossier: unknown = Item.dossier;
    return isDossier(dossier) ? dossier : undefined;
  },
  indexesOf: async (image) => {
    // One page holds thousands: an image is listed by a few indexes in its life.
    const { Items = [] } = await client
      .send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :image AND begins_with(sk, :index)',
          ExpressionAttributeValues: { ':image': keys.dossier(imageArn(image)).pk, ':index': INDEX_PREFIX },
          // The findings of an image follow its push closely, and nothing decides them again: an index that is missed
          // hides every workload that runs the image by it.
          ConsistentRead: true,
        }),
      )
      .catch((thrown: unknown) => {
        throw errorFromAws(thrown, 'Reading which indexes list an image');
      });
    return Items.filter((item) => !isExpired(item, clock.now())).flatMap(({ index }) =>
      isDigest(index) ? [index] : [],
    );
  },
  put: async (dossier, recordedAt) => {
    const expires = expiresAfterDays(recordedAt, KEPT_DAYS);
    // Before the index itself: a repeated put mends what a broken one left out.
    if (dossier.kind === 'index')
      await mapEnded(dossier.platforms, (platform) => putPlatform(client, table, dossier, platform.digest, expires), {
        concurrency: PUTS_AT_ONCE,
      });
    const arn = imageArn(dossier.image);
    const kept = dossier.kind === 'image' ? boundedDossier(dossier, LIMIT_BYTES) : dossier;
    if (dossierBytes(kept) > LIMIT_BYTES)
      throw new SekishoError('TOO_LARGE', `The dossier of ${arn} is larger than a table item.`);
    await client
      .send(
        new PutCommand({
          TableName: table,
          Item: {
            ...keys.dossier(arn),
            schema: SCHEMA_VERSION,
            dossier: kept,
            recordedAt: recordedAt.toISOString(),
            [EXPIRES]: expires,
          },
          ...(isNotInspected(kept) && unlessInspected(clock.now())),
        }),
      )
      .catch((thrown: unknown) => {
        // The image was inspected before: that dossier says more.
        if (thrown instanceof ConditionalCheckFailedException) return;
        throw errorFromAws(thrown, 'Keeping the dossier');
      });
  },
});

const isNotInspected = (dossier: Dossier): boolean => dossier.kind === 'image' && dossier.inspection === undefined;

/** What does not read, because another release wrote it or its time is over, is as good as none. */
const unlessInspected = (now: Date) => ({
  ConditionExpression: 'attribute_not_exists(#dossier.#inspection) OR #schema <> :schema OR #expires <= :now',
  ExpressionAttributeNames: {
    '#dossier': 'dossier',
    '#inspection': 'inspection',
    '#schema': 'schema',
    '#expires': EXPIRES,
  },
  ExpressionAttributeValues: { ':schema': SCHEMA_VERSION, ':now': Math.floor(now.getTime() / 1000) },
});

const putPlatform = async (
  client: DynamoDBDocumentClient,
  table: string,
  { image }: IndexDossier,
  platform: Digest,
  expires: number,
): Promise<void> => {
  const key = keys.index(imageArn({ ...image, digest: platform }), image.digest);
  await client
    .send(
      new PutCommand({
        TableName: table,
        Item: { ...key, schema: SCHEMA_VERSION, index: image.digest, [EXPIRES]: expires },
      }),
    )
    .catch((thrown: unknown) => {
      throw errorFromAws(thrown, 'Keeping which index lists an image');
    });
};
