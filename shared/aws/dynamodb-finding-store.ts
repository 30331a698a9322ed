/** The newest state of each finding in the table, one item per finding under its group. */
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { GroupedFinding } from '../alerts/alert-group.ts';
import { isGroupedFinding } from '../alerts/is-grouped-finding.ts';
import type { Clock } from '../base/clock.ts';
import { SekishoError } from '../base/errors.ts';
import type { FindingStore } from '../pipeline/ports.ts';
import { errorFromAws } from './error-from-aws.ts';
import { EXPIRES, expiresAfterDays, FINDING_PREFIX, isExpired, keys, SCHEMA_VERSION } from './state-table.ts';

/** Longer than Security Hub keeps what nobody updates (90 days), so that a late event still finds its state. */
const KEPT_DAYS = 180;
/** Two writers of one finding at the same instant: each try reads what the other wrote. */
const TRIES = 5;

interface Stored {
  readonly version: string;
  readonly updatedAt: string;
  readonly isExpired: boolean;
}

export const dynamoDbFindingStore = (client: DynamoDBDocumentClient, table: string, clock: Clock): FindingStore => ({
  record: async (finding) => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const stored = await read(client, table, finding, clock.now());
      const before = stored?.isExpired ? undefined : stored;
      if (before && before.version > finding.version) return { stale: true };
      if (before && before.version === finding.version) return { stale: false, updatedAt: before.updatedAt };
      const updatedAt = risingTime(finding.observedAt, before?.updatedAt);
      if (await write(client, table, finding, updatedAt, stored?.version, clock.now()))
        return { stale: false, updatedAt };
    }
    throw new SekishoError('WRITE_CONFLICT', 'Other writers of the same finding were always faster.');
  },
  groupOf: async (key, proposed) => {
    const place = { TableName: table, Key: keys.groupOf(key) };
    const { Item } = await client.send(new GetCommand({ ...place, ConsistentRead: true })).catch((thrown: unknown) => {
      throw errorFromAws(thrown, "Reading a finding's group");
    });
    if (typeof Item?.group === 'string' && !isExpired(Item, clock.now())) return Item.group;
    try {
      await client.send(
        new PutCommand({
          TableName: table,
          Item: {
            ...keys.groupOf(key),
            schema: SCHEMA_VERSION,
            group: proposed,
            [EXPIRES]: expiresAfterDays(clock.now(), KEPT_DAYS),
          },
          ConditionExpression: 'attribute_not_exists(pk) OR #expires <= :now',
          ExpressionAttributeNames: { '#expires': EXPIRES },
          ExpressionAttributeValues: { ':now': Math.floor(clock.now().getTime() / 1000) },
        }),
      );
      return proposed;
    } catch (thrown) {
      if (!(thrown instanceof Error && thrown.name === 'ConditionalCheckFailedException'))
        throw errorFromAws(thrown, "Keeping a finding's group");
      throw new SekishoError('WRITE_CONFLICT', 'Another writer of the same finding was faster.');
    }
  },
  findingsOf: async (group) => {
    const findings: GroupedFinding[] = [];
    let start: Record<string, unknown> | undefined;
    do {
      const page: QueryCommand = new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :group AND begins_with(sk, :finding)',
        ExpressionAttributeValues: { ':group': keys.alert(group).pk, ':finding': FINDING_PREFIX },
        ConsistentRead: true,
        ExclusiveStartKey: start,
      });
      const { Items = [], LastEvaluatedKey } = await client.send(page).catch((thrown: unknown) => {
        throw errorFromAws(thrown, "Reading an image's findings");
      });
      for (const item of Items) {
        const finding: unknown = item.finding;
        if (!isExpired(item, clock.now()) && isGroupedFinding(finding)) findings.push(finding);
      }
      start = LastEvaluatedKey;
    } while (start !== undefined);
    return findings;
  },
});

const read = async (
  client: DynamoDBDocumentClient,
  table: string,
  finding: GroupedFinding,
  now: Date,
): Promise<Stored | undefined> => {
  const { Item } = await client
    .send(new GetCommand({ TableName: table, Key: keys.finding(finding.group, finding.key), ConsistentRead: true }))
    .catch((thrown: unknown) => {
      throw errorFromAws(thrown, "Reading a finding's state");
    });
  if (Item === undefined) return undefined;
  const version: unknown = Item.version;
  const updatedAt: unknown = Item.updatedAt;
  return typeof version === 'string' && typeof updatedAt === 'string'
    ? { version, updatedAt, isExpired: isExpired(Item, now) }
    : undefined;
};

/** False when another writer came in between. */
const write = async (
  client: DynamoDBDocumentClient,
  table: string,
  finding: GroupedFinding,
  updatedAt: string,
  replaces: string | undefined,
  now: Date,
): Promise<boolean> => {
  try {
    await client.send(
      new PutCommand({
        TableName: table,
        Item: {
          ...keys.finding(finding.group, finding.key),
          schema: SCHEMA_VERSION,
          version: finding.version,
          updatedAt,
          finding,
          [EXPIRES]: expiresAfterDays(now, KEPT_DAYS),
        },
        ...(replaces === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : { ConditionExpression: 'version = :replaces', ExpressionAttributeValues: { ':replaces': replaces } }),
      }),
    );
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'ConditionalCheckFailedException') return false;
    throw errorFromAws(thrown, "Keeping a finding's state");
  }
};

/** Security Hub ignores an update whose UpdatedAt does not rise: where the source's time does not, it is moved on by 1 ms. */
const risingTime = (observedAt: string, before: string | undefined): string =>
  before === undefined || observedAt > before ? observedAt : new Date(Date.parse(before) + 1).toISOString();
