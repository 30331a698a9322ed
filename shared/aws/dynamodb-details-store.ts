/** Inspector's details in the table, one item per vulnerability: the claim to ask for them, and then the answer. */
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type Known, known, unknown } from '../base/known.ts';
import { ASK_AGAIN_AFTER_MS, dayOf, detailsStand, type FindingDetails } from '../evidence/finding-details.ts';
import { isFindingDetails } from '../evidence/is-finding-details.ts';
import type { DetailsStanding, FindingDetailsStore } from '../pipeline/ports.ts';
import { errorFromAws } from './error-from-aws.ts';
import { EXPIRES, expiresAfterDays, keys, SCHEMA_VERSION } from './state-table.ts';

/** A day more than details stand: what has expired says nothing any more, whether DynamoDB has deleted it or not. */
const KEPT_DAYS = 8;

/** An item that has neither `answeredOn` nor `reason` awaits its answer. */
interface Stored {
  readonly claimedAt: string;
  /** The day of the claim, once it has brought details. */
  readonly answeredOn?: string | undefined;
  /** The last that were known. */
  readonly details?: FindingDetails | undefined;
  /** Why the last asking brought none. */
  readonly reason?: string | undefined;
}

export const dynamoDbDetailsStore = (client: DynamoDBDocumentClient, table: string): FindingDetailsStore => ({
  claim: async (id, now) => {
    const before = await read(client, table, id);
    const lapsed = new Date(now.getTime() - ASK_AGAIN_AFTER_MS).toISOString();
    if (before && (before.claimedAt > lapsed || (before.answeredOn ?? '') >= dayOf(now)))
      return { granted: false, ...standing(before, now) };
    const claimed = { claimedAt: now.toISOString(), details: before?.details };
    const condition = {
      ConditionExpression:
        '(attribute_not_exists(claimedAt) OR claimedAt <= :lapsed) AND (attribute_not_exists(answeredOn) OR answeredOn < :day)',
      ExpressionAttributeValues: { ':lapsed': lapsed, ':day': dayOf(now) },
    };
    if (await write(client, table, id, claimed, condition)) return { granted: true, ...lastKnown(before, now) };
    return { granted: false, ...standing(await read(client, table, id), now) };
  },
  get: async (id, now) => standing(await read(client, table, id), now),
  put: async (id, answer, now) => {
    // Only the holder of a claim writes the item until the next claim: nothing changes between the two calls.
    const before = answer.known ? undefined : await read(client, table, id);
    await write(client, table, id, answered(answer, before?.details, now), {
      ConditionExpression: 'attribute_not_exists(claimedAt) OR claimedAt <= :claimedAt',
      ExpressionAttributeValues: { ':claimedAt': now.toISOString() },
    });
  },
});

const answered = (answer: Known<FindingDetails>, before: FindingDetails | undefined, now: Date): Stored => {
  const claimedAt = now.toISOString();
  if (answer.known) return { claimedAt, answeredOn: dayOf(now), details: answer.value };
  return { claimedAt, details: before, reason: answer.reason };
};

const lastKnown = (stored: Stored | undefined, now: Date): Pick<DetailsStanding, 'answer'> =>
  stored?.details && detailsStand(stored.details, now) ? { answer: known(stored.details) } : {};

const standing = (stored: Stored | undefined, now: Date): DetailsStanding => {
  if (stored === undefined) return {};
  const { claimedAt, answeredOn, reason } = stored;
  return {
    ...(reason !== undefined && { answer: unknown(reason) }),
    ...lastKnown(stored, now),
    ...(answeredOn === undefined && reason === undefined && { awaitedSince: new Date(claimedAt) }),
  };
};

const read = async (client: DynamoDBDocumentClient, table: string, id: string): Promise<Stored | undefined> => {
  const { Item } = await client
    .send(new GetCommand({ TableName: table, Key: keys.details(id), ConsistentRead: true }))
    .catch((thrown: unknown) => {
      throw errorFromAws(thrown, "Reading a vulnerability's details");
    });
  if (Item === undefined || Item.schema !== SCHEMA_VERSION) return undefined;
  const { claimedAt, answeredOn, details, reason }: Readonly<Record<string, unknown>> = Item;
  if (typeof claimedAt !== 'string') return undefined;
  return {
    claimedAt,
    answeredOn: typeof answeredOn === 'string' ? answeredOn : undefined,
    details: isFindingDetails(details) ? details : undefined,
    reason: typeof reason === 'string' ? reason : undefined,
  };
};

/** False when the condition does not hold. */
const write = async (
  client: DynamoDBDocumentClient,
  table: string,
  id: string,
  stored: Stored,
  condition: Pick<PutCommand['input'], 'ConditionExpression' | 'ExpressionAttributeValues'>,
): Promise<boolean> => {
  const expires = expiresAfterDays(new Date(stored.claimedAt), KEPT_DAYS);
  try {
    await client.send(
      new PutCommand({
        TableName: table,
        Item: { ...keys.details(id), schema: SCHEMA_VERSION, ...stored, [EXPIRES]: expires },
        ...condition,
      }),
    );
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'ConditionalCheckFailedException') return false;
    throw errorFromAws(thrown, "Keeping a vulnerability's details");
  }
};
