import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { DescribeClustersCommand, ECSClient } from '@aws-sdk/client-ecs';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { Inspector2Client, ListFindingsCommand } from '@aws-sdk/client-inspector2';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { isThrottlingError } from '@smithy/core/retry';
import type { SdkError } from '@smithy/types';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { S3_OPERATIONS } from '../../../local/buckets/s3-request.ts';
import { LIMITS } from '../../../local/throttling/limits.ts';
import { createThrottle, limitOf, type Throttle } from '../../../local/throttling/throttle.ts';
import { type LocalFront, startFront } from '../services/local-front.ts';

const START = Date.parse('2026-03-01T10:00:00Z');

let nowMs = START;
let throttle: Throttle;
beforeEach(() => {
  nowMs = START;
  throttle = createThrottle({ clock: { nowMs: () => nowMs } });
});

/** How many of `calls` that come at once are admitted. */
const admitted = (service: string, operation: string, calls: number): number => {
  let count = 0;
  for (let call = 0; call < calls; call += 1) {
    try {
      throttle.admit({ service, operation });
      count += 1;
    } catch {
      return count;
    }
  }
  return count;
};

describe('calls that come at once', () => {
  it.each([
    ['securityhub', 'BatchImportFindings', 30],
    ['securityhub', 'BatchUpdateFindings', 30],
    ['securityhub', 'GetFindings', 6],
    ['securityhub', 'DescribeHub', 30],
    ['ecr', 'PutImage', 10],
    ['ecr', 'GetAuthorizationToken', 500],
    ['ecr', 'DescribeImages', 200],
    ['ecs', 'DescribeTasks', 100],
    ['ecs', 'DescribeClusters', 50],
    ['ecs', 'RegisterTaskDefinition', 20],
    ['inspector2', 'GetClustersForImage', 20],
    ['s3', 'PutObject', 3_500],
    ['s3', 'HeadObject', 5_500],
    ['s3', 'ListBuckets', 20],
    ['secretsmanager', 'GetSecretValue', 10_000],
    ['events', 'PutEvents', 400],
    ['sts', 'GetCallerIdentity', 600],
  ])('to %s %s are admitted up to %i', (service, operation, burst) => {
    expect(admitted(service, operation, 50_000)).toBe(burst);
  });

  it.each([
    ['sqs', 'SendMessage'],
    ['dynamodb', 'PutItem'],
    ['sts', 'AssumeRoleWithSAML'],
  ])('to %s %s are all admitted', (service, operation) => {
    expect(admitted(service, operation, 50_000)).toBe(50_000);
  });
});

describe('a bucket', () => {
  it('is shared by the operations of its group', () => {
    expect(admitted('ecs', 'ListTasks', 60)).toBe(60);
    expect(admitted('ecs', 'DescribeTasks', 60)).toBe(40);
    expect(admitted('ecs', 'DescribeContainerInstances', 1)).toBe(0);
    expect(admitted('ecs', 'ListClusters', 60)).toBe(50);
  });

  it('is an own one for each operation that no group names', () => {
    expect(admitted('inspector2', 'ListFindings', 30)).toBe(20);
    expect(admitted('inspector2', 'ListCoverage', 30)).toBe(20);
  });

  it('fills up again by the clock', () => {
    expect(admitted('securityhub', 'BatchImportFindings', 40)).toBe(30);
    nowMs += 500;
    expect(admitted('securityhub', 'BatchImportFindings', 40)).toBe(5);
    nowMs += 60_000;
    expect(admitted('securityhub', 'BatchImportFindings', 40)).toBe(30);
  });
});

describe('the limits', () => {
  it('name each operation once', () => {
    const named = LIMITS.flatMap(({ service, operations }) =>
      operations === 'each other' ? [`${service} each other`] : operations.map((name) => `${service} ${name}`),
    );
    expect(named).toEqual([...new Set(named)]);
  });

  it('are whole numbers, which the buckets count with, and a full bucket holds at least a second of its rate', () => {
    for (const { perSecond, burst } of LIMITS) {
      expect(Number.isInteger(perSecond) && Number.isInteger(burst)).toBe(true);
      expect(burst).toBeGreaterThanOrEqual(perSecond);
    }
  });
});

let front: LocalFront | undefined;
afterEach(async () => {
  await front?.close();
  front = undefined;
});

it('every operation that the runtime offers has a limit', async () => {
  front = await startFront();
  const without = front.services.all.flatMap(({ name, handlers }) =>
    Object.keys(handlers).filter((operation) => limitOf({ service: name, operation }) === undefined),
  );
  expect(without).toEqual([]);
  expect(S3_OPERATIONS.filter((operation) => limitOf({ service: 's3', operation }) === undefined)).toEqual([]);
});

describe('a throttled SDK client', () => {
  let client: LocalFront['client'];
  let nextIsRefused: boolean;
  beforeEach(async () => {
    nextIsRefused = true;
    front = await startFront({
      authorize: (call) => {
        // The bucket is emptied before the first attempt, and has a token again for the second.
        if (nextIsRefused) admitted(call.service, call.operation, 50_000);
        else nowMs += 60_000;
        nextIsRefused = false;
        throttle.admit(call);
      },
    });
    client = front.client;
  });

  const calls = {
    securityhub: (options: object) => new SecurityHubClient(options).send(new GetFindingsCommand({})),
    ecr: (options: object) => new ECRClient(options).send(new DescribeRepositoriesCommand({})),
    ecs: (options: object) => new ECSClient(options).send(new DescribeClustersCommand({})),
    inspector2: (options: object) => new Inspector2Client(options).send(new ListFindingsCommand({})),
    secretsmanager: (options: object) =>
      new SecretsManagerClient(options).send(new CreateSecretCommand({ Name: 'a', SecretString: 'b' })),
    events: (options: object) =>
      new EventBridgeClient(options).send(
        new PutEventsCommand({ Entries: [{ Source: 'shop', DetailType: 'sold', Detail: '{}' }] }),
      ),
    sts: (options: object) => new STSClient(options).send(new GetCallerIdentityCommand({})),
  } as const;

  it.each([
    ['securityhub', 'TooManyRequestsException', 429],
    ['ecr', 'ThrottlingException', 400],
    ['ecs', 'ThrottlingException', 400],
    ['inspector2', 'ThrottlingException', 429],
    ['secretsmanager', 'ThrottlingException', 400],
    ['events', 'ThrottlingException', 400],
    ['sts', 'Throttling', 400],
  ] as const)('of %s is told %s with status %i, and takes it for throttling', async (service, name, httpStatusCode) => {
    const refused: SdkError = await calls[service](client).then(
      () => expect.fail('it was admitted'),
      (error) => error,
    );
    expect(refused).toMatchObject({ name, $metadata: { httpStatusCode, attempts: 1 } });
    expect(isThrottlingError(refused)).toBe(true);
  });

  it.each(['securityhub', 'ecr', 'ecs', 'inspector2', 'secretsmanager', 'events', 'sts'] as const)(
    'of %s tries again and succeeds',
    async (service) => {
      const answer = await calls[service]({ ...client, maxAttempts: 3 });
      expect(answer.$metadata).toMatchObject({ httpStatusCode: 200, attempts: 2 });
    },
  );
});
