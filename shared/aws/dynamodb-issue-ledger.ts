/** Which rules fail for a repository's tag on a platform, in the table. */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Clock } from '../base/clock.ts';
import { type Digest, isDigest } from '../image/digest.ts';
import { repositoryArn } from '../image/image-reference.ts';
import type { IssueLedger, IssueScope } from '../pipeline/inspection-ports.ts';
import { SEVERITIES } from '../rules/rule.ts';
import { errorFromAws } from './error-from-aws.ts';
import { EXPIRES, expiresAfterDays, isExpired, keys, SCHEMA_VERSION } from './state-table.ts';

/** A tag that nobody has pushed to for so long begins anew. */
const KEPT_DAYS = 400;

const issueEntry = z.object({
  pushedAt: z.string(),
  digest: z.custom<Digest>(isDigest),
  rules: z.array(
    z.object({
      rule: z.string(),
      open: z.boolean(),
      firstObservedAt: z.string(),
      updatedAt: z.string(),
      content: z.string(),
      severity: z.enum(SEVERITIES),
      confirmed: z.boolean(),
      handedOver: z.boolean(),
    }),
  ),
});

export const dynamoDbIssueLedger = (client: DynamoDBDocumentClient, table: string, clock: Clock): IssueLedger => ({
  get: async (scope) => {
    const { Item } = await client
      .send(new GetCommand({ TableName: table, Key: keyOf(scope), ConsistentRead: true }))
      .catch((thrown: unknown) => {
        throw errorFromAws(thrown, 'Reading which rules fail for a tag');
      });
    if (Item === undefined || isExpired(Item, clock.now())) return { entry: undefined, revision: 0 };
    return {
      entry: Item.schema === SCHEMA_VERSION ? issueEntry.safeParse(Item.entry).data : undefined,
      // Also of one that cannot be read: otherwise nothing could ever take its place.
      revision: typeof Item.revision === 'number' ? Item.revision : 0,
    };
  },
  put: async (scope, { entry, revision }, now) => {
    try {
      await client.send(
        new PutCommand({
          TableName: table,
          Item: {
            ...keyOf(scope),
            schema: SCHEMA_VERSION,
            entry,
            revision: revision + 1,
            [EXPIRES]: expiresAfterDays(now, KEPT_DAYS),
          },
          ...inPlaceOf(revision, now),
        }),
      );
      return true;
    } catch (thrown) {
      if (thrown instanceof ConditionalCheckFailedException) return false;
      throw errorFromAws(thrown, 'Keeping which rules fail for a tag');
    }
  },
});

/** An item whose time is over is as good as none; one without a revision was written by another release. */
const inPlaceOf = (revision: number, now: Date) => ({
  ConditionExpression: `${revision === 0 ? 'attribute_not_exists(#revision)' : '#revision = :revision'} OR #expires <= :now`,
  ExpressionAttributeNames: { '#revision': 'revision', '#expires': EXPIRES },
  ExpressionAttributeValues: {
    ':now': Math.floor(now.getTime() / 1000),
    ...(revision !== 0 && { ':revision': revision }),
  },
});

const keyOf = ({ repository, tag, platform }: IssueScope) => keys.issues(repositoryArn(repository), tag, platform);
