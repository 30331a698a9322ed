/** The one table: its key scheme, and the client that all stores share. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { clientDefaults } from './client-defaults.ts';

/** Written on every item, so that an upgrade can tell what an older version wrote. */
export const SCHEMA_VERSION = 1;

/** The attribute that DynamoDB's time to live reads: epoch seconds. */
export const EXPIRES = 'expires';

export const keys = {
  dossier: (imageArn: string) => ({ pk: `IMAGE#${imageArn}`, sk: 'DOSSIER' }),
  /** Under the image of one platform: an index that lists it. */
  index: (imageArn: string, index: string) => ({ pk: `IMAGE#${imageArn}`, sk: `INDEX#${index}` }),
  /** Under an image: a tag that it was pushed with; a push by digest has none. */
  push: (imageArn: string, tag: string) => ({ pk: `IMAGE#${imageArn}`, sk: `PUSH#${tag}` }),
  /** Under a layer: an image, pushed with a tag, that waits for it to be scanned. */
  wait: (layer: string, imageArn: string, tag: string) => ({ pk: `LAYER#${layer}`, sk: `WAIT#${imageArn}#${tag}` }),
  /** Under what an image's layers amount to: one such image. */
  chain: (chain: string, imageArn: string) => ({ pk: `CHAIN#${chain}`, sk: `IMAGE#${imageArn}` }),
  /** Which rules fail for a repository's tag on a platform. */
  issues: (repositoryArn: string, tag: string, platform: string) => ({
    pk: `REPOSITORY#${repositoryArn}`,
    sk: `ISSUES#${tag}#${platform}`,
  }),
  finding: (group: string, key: string) => ({ pk: `GROUP#${group}`, sk: `FINDING#${key}` }),
  /** Which group a finding was first told with. */
  groupOf: (key: string) => ({ pk: `FINDING#${key}`, sk: 'GROUP' }),
  alert: (group: string) => ({ pk: `GROUP#${group}`, sk: 'ALERT' }),
  kev: () => ({ pk: 'KEV', sk: 'LIST' }),
  details: (vulnerabilityId: string) => ({ pk: `VULNERABILITY#${vulnerabilityId}`, sk: 'DETAILS' }),
  /** What the finding's newest state was decided from. */
  decision: (key: string) => ({ pk: `FINDING#${key}`, sk: 'DECISION' }),
} as const;

export const FINDING_PREFIX = 'FINDING#';
export const INDEX_PREFIX = 'INDEX#';
export const PUSH_PREFIX = 'PUSH#';
export const WAIT_PREFIX = 'WAIT#';
/** Under a chain. */
export const CHAIN_PREFIX = 'IMAGE#';

const DAY_SECONDS = 24 * 60 * 60;

export const expiresAfterDays = (now: Date, days: number): number =>
  Math.floor(now.getTime() / 1000) + days * DAY_SECONDS;

/** DynamoDB may delete an expired item days late: for the reader it is gone at once. */
export const isExpired = (item: Readonly<Record<string, unknown>>, now: Date): boolean => {
  const expires = item[EXPIRES];
  return typeof expires === 'number' && expires * 1000 <= now.getTime();
};

export const stateTableClient = (): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(new DynamoDBClient(clientDefaults), { marshallOptions: { removeUndefinedValues: true } });
