/** Inspector's details in the table, one item per vulnerability: the claim to ask for them, and then the answer. */
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { type Known, known, unknown } from '../base/known.ts';
import type { FindingDetails } from '../evidence/finding-details.ts';
import { isFindingDetails } from '../evidence/is-finding-details.ts';
import type { FindingDetailsStore } from '../pipeline/ports.ts';
import { errorFromAws } from './error-from-aws.ts';
import { EXPIRES, expiresAfterDays, isExpired, keys, SCHEMA_VERSION } from './state-table.ts';

/** Today's answer, and yesterday's for those who meet today's claim. */
const KEPT_DAYS = 2;

interface Stored {
  /** The day of the claim. */
  readonly askedOn: string;
  readonly answer: Known<FindingDetails> | undefined;
}

const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

export const dynamoDbDetailsStore = (client: DynamoDBDocumentClient, table: string): FindingDetailsStore => ({
  claim: async (id, now) => {
    const before = await read(client, table, id, now);
    if (before && before.askedOn >= dayOf(now)) return notGranted(before);
    // It stands until the new one is there, but not a second time: an answer is never older than a day.
    const last = before?.answer?.known && before.answer.value.askedOn === before.askedOn ? before.answer : undefined;
    if (await write(client, table, id, now, 'attribute_not_exists(askedOn) OR askedOn < :day', last))
      return { granted: true };
    return notGranted(await read(client, table, id, now));
  },
  put: async (id, answer, now) => {
    await write(client, table, id, now, 'attribute_not_exists(askedOn) OR askedOn <= :day', answer);
  },
});

const notGranted = (stored: Stored | undefined) => ({
  granted: false as const,
  ...(stored?.answer && { answer: stored.answer }),
});

const read = async (
  client: DynamoDBDocumentClient,
  table: string,
  id: string,
  now: Date,
): Promise<Stored | undefined> => {
  const { Item } = await client
    .send(new GetCommand({ TableName: table, Key: keys.details(id), ConsistentRead: true }))
    .catch((thrown: unknown) => {
      throw errorFromAws(thrown, "Reading a vulnerability's details");
    });
  if (Item === undefined || Item.schema !== SCHEMA_VERSION || isExpired(Item, now)) return undefined;
  const { askedOn, details, reason }: Readonly<Record<string, unknown>> = Item;
  if (typeof askedOn !== 'string') return undefined;
  if (isFindingDetails(details)) return { askedOn, answer: known(details) };
  return { askedOn, answer: typeof reason === 'string' ? unknown(reason) : undefined };
};

/** False when the condition does not hold. */
const write = async (
  client: DynamoDBDocumentClient,
  table: string,
  id: string,
  now: Date,
  condition: string,
  answer: Known<FindingDetails> | undefined,
): Promise<boolean> => {
  try {
    await client.send(
      new PutCommand({
        TableName: table,
        Item: {
          ...keys.details(id),
          schema: SCHEMA_VERSION,
          askedOn: dayOf(now),
          ...(answer && (answer.known ? { details: answer.value } : { reason: answer.reason })),
          [EXPIRES]: expiresAfterDays(now, KEPT_DAYS),
        },
        ConditionExpression: condition,
        ExpressionAttributeValues: { ':day': dayOf(now) },
      }),
    );
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'ConditionalCheckFailedException') return false;
    throw errorFromAws(thrown, "Keeping a vulnerability's details");
  }
};
