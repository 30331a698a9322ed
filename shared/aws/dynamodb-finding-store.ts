/** The newest state of each finding in the table, one item per finding under its group. */
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { GroupedFinding } from '../alerts/alert-group.ts';
import { isGroupedFinding } from '../alerts/is-grouped-finding.ts';
import type { Clock } from '../base/clock.ts';
import { SekishoError } from '../base/errors.ts';
import type { FindingStore } from '../pipeline/ports.ts';
import { compareStates, type DecidedState, isSameDecision } from '../priority/decided-state.ts';
import { groupOf, KEPT_DAYS } from './dynamodb-finding-group.ts';
import { errorFromAws } from './error-from-aws.ts';
import { EXPIRES, expiresAfterDays, FINDING_PREFIX, isExpired, keys, SCHEMA_VERSION } from './state-table.ts';

/** Two writers of one finding at the same instant: each try reads what the other wrote. */
const TRIES = 5;

interface Stored extends DecidedState {
  readonly updatedAt: string;
  readonly isExpired: boolean;
}

export const dynamoDbFindingStore = (client: DynamoDBDocumentClient, table: string, clock: Clock): FindingStore => ({
  record: async (finding) => {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const stored = await read(client, table, finding, clock.now());
      const before = stored?.isExpired ? undefined : stored;
      const isKnown = before !== undefined && isSameDecision(before, finding);
      const isLater = before === undefined || compareStates(finding, before) > 0;
      if (!isLater) return isKnown ? { stale: false, updatedAt: before.updatedAt } : { stale: true };
      // Decided alike again, but later: its time stands against decisions that were made in between.
      const updatedAt = isKnown ? before.updatedAt : risingTime(finding.observedAt, before?.updatedAt);
      if (await write(client, table, finding, updatedAt, stored, clock.now())) return { stale: false, updatedAt };
    }
    throw new SekishoError('WRITE_CONFLICT', 'Other writers of the same finding were always faster.');
  },
  groupOf: (key, proposed) => groupOf(client, table, clock.now(), key, proposed),
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
  const { version, decidedAt, fingerprint, updatedAt }: Readonly<Record<string, unknown>> = Item;
  if (typeof version !== 'string' || typeof updatedAt !== 'string') return undefined;
  return {
    version,
    ...(typeof decidedAt === 'string' && { decidedAt }),
    ...(typeof fingerprint === 'string' && { fingerprint }),
    updatedAt,
    isExpired: isExpired(Item, now),
  };
};

/** False when another writer came in between. */
const write = async (
  client: DynamoDBDocumentClient,
  table: string,
  finding: GroupedFinding,
  updatedAt: string,
  replaces: DecidedState | undefined,
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
          ...(finding.decidedAt !== undefined && { decidedAt: finding.decidedAt }),
          ...(finding.fingerprint !== undefined && { fingerprint: finding.fingerprint }),
          updatedAt,
          finding,
          [EXPIRES]: expiresAfterDays(now, KEPT_DAYS),
        },
        ...unchanged(replaces),
      }),
    );
    return true;
  } catch (thrown) {
    if (thrown instanceof Error && thrown.name === 'ConditionalCheckFailedException') return false;
    throw errorFromAws(thrown, "Keeping a finding's state");
  }
};

/** The condition that what was read is there still. */
const unchanged = (read: DecidedState | undefined) => {
  if (read === undefined) return { ConditionExpression: 'attribute_not_exists(pk)' };
  const { version, decidedAt, fingerprint } = read;
  if (decidedAt === undefined || fingerprint === undefined)
    return {
      ConditionExpression: 'version = :version AND attribute_not_exists(decidedAt)',
      ExpressionAttributeValues: { ':version': version },
    };
  return {
    ConditionExpression: 'version = :version AND decidedAt = :decidedAt AND fingerprint = :fingerprint',
    ExpressionAttributeValues: { ':version': version, ':decidedAt': decidedAt, ':fingerprint': fingerprint },
  };
};

/** Security Hub ignores an update whose UpdatedAt does not rise: where the source's time does not, it is moved on by 1 ms. */
const risingTime = (observedAt: string, before: string | undefined): string =>
  before === undefined || observedAt > before ? observedAt : new Date(Date.parse(before) + 1).toISOString();
