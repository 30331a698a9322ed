/** The alert of each group in the table: one small item, changed by conditional writes only. */
import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { AlertContent } from '../alerts/alert-group.ts';
import type { Clock } from '../base/clock.ts';
import { isFindingKey } from '../finding/finding-key.ts';
import type { AlertStore } from '../pipeline/ports.ts';
import { OUTCOMES, type Outcome } from '../priority/decision.ts';
import { errorFromAws } from './error-from-aws.ts';
import { EXPIRES, expiresAfterDays, keys, SCHEMA_VERSION } from './state-table.ts';

const KEPT_DAYS = 180;
/** A message that is this late has ended in the dead-letter queue: its queue tries for a quarter of an hour. */
const GIVEN_UP_MS = 60 * 60 * 1000;
/** An expression has at most 300 operators, and each key takes three. */
const URGENT_CHECKED = 50;

/** An outcome as a number that conditions can compare; 0 is "nothing was said yet". */
const rank = (outcome: Outcome | undefined): number => (outcome === undefined ? 0 : OUTCOMES.indexOf(outcome) + 1);

export const dynamoDbAlertStore = (client: DynamoDBDocumentClient, table: string, clock: Clock): AlertStore => {
  /** The item as it stands afterwards; undefined when the condition does not hold. */
  const update = async (
    group: string,
    what: string,
    change: { readonly set: string; readonly condition: string; readonly values: Readonly<Record<string, unknown>> },
  ): Promise<Readonly<Record<string, unknown>> | undefined> => {
    try {
      const { Attributes = {} } = await client.send(
        new UpdateCommand({
          TableName: table,
          Key: keys.alert(group),
          UpdateExpression: `SET ${change.set}, #schema = :schema, #expires = :expires`,
          ConditionExpression: change.condition,
          ReturnValues: 'ALL_NEW',
          ExpressionAttributeNames: { '#state': 'state', '#schema': 'schema', '#expires': EXPIRES },
          ExpressionAttributeValues: {
            ...change.values,
            ':schema': SCHEMA_VERSION,
            ':expires': expiresAfterDays(clock.now(), KEPT_DAYS),
          },
        }),
      );
      return Attributes;
    } catch (thrown) {
      if (thrown instanceof Error && thrown.name === 'ConditionalCheckFailedException') return undefined;
      throw errorFromAws(thrown, what);
    }
  };

  return {
    // A group that waits but was never scheduled is one whose opener died in between: the next one schedules it. What
    // arrives while a message is being sent may have missed it, so it opens the group again.
    open: async (group, { worst, urgent }, dueAt) => {
      const checked = urgent.length <= URGENT_CHECKED ? urgent : [];
      const opened = await update(group, 'Opening an alert', {
        set: '#state = :waiting, scheduled = :no, dueAt = :due, claimedUntil = :free',
        condition: [
          'attribute_not_exists(#state)',
          '#state = :sending',
          '(#state = :waiting AND (scheduled = :no OR dueAt < :givenUp))',
          `(#state = :said AND (${[
            'saidRank < :worst',
            'saidUntil < :now',
            ...checked.map((_, at) => `NOT contains(saidUrgent, :urgent${at})`),
            // Too many to ask for one by one: the delivery sees whether there is news among them.
            ...(urgent.length > URGENT_CHECKED ? ['attribute_exists(saidRank)'] : []),
          ].join(' OR ')}))`,
        ].join(' OR '),
        values: {
          ':waiting': 'waiting',
          ':sending': 'sending',
          ':said': 'said',
          ':no': false,
          ':due': dueAt.toISOString(),
          ':givenUp': new Date(dueAt.getTime() - GIVEN_UP_MS).toISOString(),
          ':now': clock.now().toISOString(),
          ...Object.fromEntries(checked.map((key, at) => [`:urgent${at}`, key])),
          ':free': '',
          ':worst': rank(worst),
        },
      });
      return opened !== undefined;
    },
    markScheduled: async (group, dueAt) => {
      await update(group, 'Marking an alert as scheduled', {
        set: 'scheduled = :yes',
        condition: '#state = :waiting AND dueAt = :due',
        values: { ':yes': true, ':waiting': 'waiting', ':due': dueAt.toISOString() },
      });
    },
    claim: async (group, now, until) => {
      const claimed = await update(group, 'Claiming an alert', {
        set: '#state = :sending, claimedUntil = :until',
        condition: '#state = :waiting OR (#state = :sending AND claimedUntil < :now)',
        values: {
          ':until': until.toISOString(),
          ':waiting': 'waiting',
          ':sending': 'sending',
          ':now': now.toISOString(),
        },
      });
      if (claimed === undefined) return undefined;
      const said = saidOf(claimed, now);
      return said === undefined ? {} : { said };
    },
    markSaid: async (group, { worst, urgent }, now) => {
      const values = {
        ':rank': rank(worst),
        ':urgent': urgent,
        ':until': new Date(expiresAfterDays(now, KEPT_DAYS) * 1000).toISOString(),
      };
      const set = 'saidRank = :rank, saidUrgent = :urgent, saidUntil = :until';
      const done = await update(group, 'Marking an alert as said', {
        set: `#state = :said, ${set}`,
        condition: '#state = :sending',
        values: { ...values, ':said': 'said', ':sending': 'sending' },
      });
      // Opened again while it was sent: it goes on waiting, and knows what was said. A sender that outlived its claim
      // does not know what another has said since: the worse stands.
      if (done === undefined)
        await update(group, 'Marking an alert as said', {
          set,
          condition: 'attribute_exists(#state) AND (attribute_not_exists(saidRank) OR saidRank <= :rank)',
          values,
        });
    },
  };
};

/** What was said; forgotten when it is older than what is kept. */
const saidOf = (item: Readonly<Record<string, unknown>>, now: Date): AlertContent | undefined => {
  const { saidRank, saidUrgent, saidUntil } = item;
  if (typeof saidRank !== 'number' || typeof saidUntil !== 'string' || saidUntil < now.toISOString()) return undefined;
  const worst = OUTCOMES[saidRank - 1];
  const urgent = Array.isArray(saidUrgent)
    ? saidUrgent.filter((key) => typeof key === 'string' && isFindingKey(key))
    : [];
  return { ...(worst !== undefined && { worst }), urgent };
};
