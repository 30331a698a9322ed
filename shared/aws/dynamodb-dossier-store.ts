/** Dossiers in the table, one item per image. */
import { gunzipSync, gzipSync } from 'node:zlib';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../base/clock.ts';
import { SekishoError } from '../base/errors.ts';
import { isDossier } from '../dossier/is-dossier.ts';
import { imageArn } from '../image/image-reference.ts';
import type { DossierStore } from '../pipeline/ports.ts';
import { errorFromAws } from './error-from-aws.ts';
import { EXPIRES, expiresAfterDays, isExpired, keys, SCHEMA_VERSION } from './state-table.ts';

/** A dossier can be read again from the registry at any time, so it need not outlive a year. */
const KEPT_DAYS = 365;
/** DynamoDB refuses items over 400 KB; the rest of the item is small. */
const LIMIT_BYTES = 380 * 1024;
/** An item of ours unpacks to far less; a larger one is not ours. */
const UNPACKED_LIMIT_BYTES = 64 * 1024 * 1024;

export const dynamoDbDossierStore = (client: DynamoDBDocumentClient, table: string, clock: Clock): DossierStore => ({
  get: async (image) => {
    const { Item } = await client
      .send(new GetCommand({ TableName: table, Key: keys.dossier(imageArn(image)), ConsistentRead: true }))
      .catch((thrown: unknown) => {
        throw errorFromAws(thrown, 'Reading the dossier');
      });
    if (Item === undefined || isExpired(Item, clock.now())) return undefined;
    const body: unknown = Item.body;
    // An item that does not read is one of another schema: the image is then read again from the registry.
    if (!(body instanceof Uint8Array)) return undefined;
    const dossier: unknown = JSON.parse(gunzipSync(body, { maxOutputLength: UNPACKED_LIMIT_BYTES }).toString('utf8'));
    return isDossier(dossier) ? dossier : undefined;
  },
  put: async (dossier, recordedAt) => {
    const body = gzipSync(JSON.stringify(dossier));
    if (body.byteLength > LIMIT_BYTES)
      throw new SekishoError('TOO_LARGE', `The dossier of ${imageArn(dossier.image)} is larger than a table item.`);
    await client
      .send(
        new PutCommand({
          TableName: table,
          Item: {
            ...keys.dossier(imageArn(dossier.image)),
            schema: SCHEMA_VERSION,
            kind: dossier.kind,
            // Beside the packed body, so that a person who looks at the table can read why.
            ...(dossier.kind === 'artifact' && { reason: dossier.reason }),
            body,
            recordedAt: recordedAt.toISOString(),
            [EXPIRES]: expiresAfterDays(recordedAt, KEPT_DAYS),
          },
        }),
      )
      .catch((thrown: unknown) => {
        throw errorFromAws(thrown, 'Keeping the dossier');
      });
  },
});
