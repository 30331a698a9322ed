/** Which rules fail for a repository's tag on a platform, in the table. */
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { Clock } from '../base/clock.ts';
import { type Digest, isDigest } from '../image/digest.ts';
import { repositoryArn } from '../image/image-reference.ts';
import type { IssueLedger, IssueScope } from '../pipeline/inspection-ports.ts';
import { putItem } from './dynamodb-items.ts';
import { errorFromAws } from './error-from-aws.ts';
import { isExpired, keys, SCHEMA_VERSION } from './state-table.ts';

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
    if (Item === undefined || Item.schema !== SCHEMA_VERSION || isExpired(Item, clock.now())) return undefined;
    return issueEntry.safeParse(Item.entry).data;
  },
  put: (scope, entry, now) =>
    putItem(
      client,
      table,
      {
        what: 'Keeping which rules fail for a tag',
        key: keyOf(scope),
        content: { entry, pushedAt: entry.pushedAt },
        keptDays: KEPT_DAYS,
        laterBy: 'pushedAt',
      },
      now,
    ),
});

const keyOf = ({ repository, tag, platform }: IssueScope) => keys.issues(repositoryArn(repository), tag, platform);
