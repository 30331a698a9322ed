import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readTemplate, type Template } from '../../../local/template/read-template.ts';

const FIXTURE = path.resolve(import.meta.dirname, '../../fixtures/cloud-assembly');
const OPTIONS = {
  account: '111122223333',
  region: 'eu-west-1',
  queueUrl: (name: string) => `http://127.0.0.1:4566/111122223333/${name}`,
};
const ARRIVALS = 'arn:aws:sqs:eu-west-1:111122223333:gate-Arrivals';
const DEAD = 'arn:aws:sqs:eu-west-1:111122223333:gate-dead';
const STATE = 'arn:aws:dynamodb:eu-west-1:111122223333:table/gate-State';
const GATEKEEPER = 'arn:aws:lambda:eu-west-1:111122223333:function:gatekeeper-prod';

let template: Template;
beforeAll(async () => {
  template = await readTemplate(FIXTURE, OPTIONS);
});

describe('readTemplate', () => {
  it('reads queues with the attributes of CreateQueue, and leaves out one whose condition does not hold', () => {
    expect(template.queues.map(({ policy: _, ...queue }) => queue)).toEqual([
      {
        logicalId: 'DeadLetters',
        name: 'gate-dead',
        arn: DEAD,
        url: 'http://127.0.0.1:4566/111122223333/gate-dead',
        attributes: { MessageRetentionPeriod: '1209600', SqsManagedSseEnabled: 'true' },
      },
      {
        logicalId: 'Arrivals',
        name: 'gate-Arrivals',
        arn: ARRIVALS,
        url: 'http://127.0.0.1:4566/111122223333/gate-Arrivals',
        attributes: {
          VisibilityTimeout: '180',
          RedrivePolicy: `{"deadLetterTargetArn":"${DEAD}","maxReceiveCount":5}`,
        },
      },
    ]);
  });

  it('gives each queue the statements of its own policies', () => {
    expect(template.queues.map(({ name, policy }) => [name, policy])).toEqual([
      ['gate-dead', []],
      [
        'gate-Arrivals',
        [
          {
            effect: 'Deny',
            actions: ['sqs:*'],
            notActions: [],
            resources: [ARRIVALS],
            notResources: [],
            principals: { AWS: ['*'] },
            conditions: { Bool: { 'aws:SecureTransport': ['false'] } },
          },
          {
            effect: 'Allow',
            actions: ['sqs:SendMessage', 'sqs:GetQueueAttributes'],
            notActions: [],
            resources: [ARRIVALS],
            notResources: [],
            principals: { Service: ['events.amazonaws.com'] },
            conditions: {
              ArnEquals: { 'aws:SourceArn': ['arn:aws:events:eu-west-1:111122223333:rule/on-arrival'] },
            },
          },
        ],
      ],
    ]);
  });

  it('reads tables of both kinds as on-demand tables of one Region', () => {
    expect(template.tables).toEqual([
      {
        logicalId: 'Counters',
        name: 'counters',
        arn: 'arn:aws:dynamodb:eu-west-1:111122223333:table/counters',
        input: {
          TableName: 'counters',
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        },
      },
      {
        logicalId: 'State',
        name: 'gate-State',
        arn: STATE,
        input: {
          TableName: 'gate-State',
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: [
            { AttributeName: 'pk', AttributeType: 'S' },
            { AttributeName: 'due', AttributeType: 'N' },
          ],
          KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
          GlobalSecondaryIndexes: [
            {
              IndexName: 'by-due',
              KeySchema: [{ AttributeName: 'due', KeyType: 'HASH' }],
              Projection: { ProjectionType: 'KEYS_ONLY' },
            },
          ],
        },
        ttlAttribute: 'expires',
      },
    ]);
  });

  it('reads rules with their patterns, schedules and targets', () => {
    expect(template.rules).toEqual([
      {
        logicalId: 'OnArrival',
        name: 'on-arrival',
        arn: 'arn:aws:events:eu-west-1:111122223333:rule/on-arrival',
        eventBus: 'default',
        state: 'ENABLED',
        pattern: { source: ['aws.ecr'], account: ['111122223333'] },
        targets: [{ id: 'Target0', arn: ARRIVALS, deadLetterArn: DEAD }],
      },
      {
        logicalId: 'Sweep',
        name: 'gate-Sweep',
        arn: 'arn:aws:events:eu-west-1:111122223333:rule/gate/gate-Sweep',
        eventBus: 'gate',
        state: 'DISABLED',
        scheduleExpression: 'rate(1 hour)',
        targets: [{ id: 'Target0', arn: GATEKEEPER, input: '{"task":"sweep"}' }],
      },
    ]);
  });

  it('reads the schedules of EventBridge Scheduler', () => {
    expect(template.schedules).toEqual([
      {
        logicalId: 'Nightly',
        name: 'gate-Nightly',
        arn: 'arn:aws:scheduler:eu-west-1:111122223333:schedule/default/gate-Nightly',
        expression: 'cron(0 3 * * ? *)',
        timezone: 'Europe/Berlin',
        state: 'ENABLED',
        targetArn: GATEKEEPER,
        input: '{}',
      },
    ]);
  });

  it('reads functions with their environment and the directory of their code', () => {
    expect(template.functions).toEqual([
      {
        logicalId: 'Gatekeeper',
        name: 'gatekeeper-prod',
        arn: GATEKEEPER,
        handler: { file: 'index', export: 'handler' },
        directory: path.join(FIXTURE, 'asset.gatekeeper'),
        runtime: 'nodejs24.x',
        architectures: ['arm64'],
        timeoutSeconds: 30,
        memoryMb: 512,
        environment: {
          TABLE: 'gate-State',
          QUEUE_URL: 'http://127.0.0.1:4566/111122223333/gate-Arrivals',
          SECRET_ARN: template.secrets[0]?.arn,
          LIMIT: '10',
        },
        roleArn: 'arn:aws:iam::111122223333:role/gate-Role',
        roleName: 'gate-Role',
        reservedConcurrency: 2,
      },
      {
        logicalId: 'Defaults',
        name: 'gate-Defaults',
        arn: 'arn:aws:lambda:eu-west-1:111122223333:function:gate-Defaults',
        handler: { file: 'src/main', export: 'run' },
        directory: path.join(FIXTURE, 'asset.gatekeeper'),
        runtime: 'nodejs24.x',
        architectures: ['x86_64'],
        timeoutSeconds: 3,
        memoryMb: 128,
        environment: {},
        roleArn: 'arn:aws:iam::111122223333:role/path/elsewhere',
        roleName: 'elsewhere',
      },
    ]);
  });

  it('reads event source mappings, with the defaults of Lambda', () => {
    expect(template.eventSourceMappings).toEqual([
      {
        logicalId: 'ArrivalsToGatekeeper',
        functionName: 'gatekeeper-prod',
        queueArn: ARRIVALS,
        batchSize: 100,
        windowSeconds: 5,
        maximumConcurrency: 2,
        functionResponseTypes: ['ReportBatchItemFailures'],
        filters: [{ body: { source: ['aws.ecr'] } }],
        enabled: true,
      },
      {
        logicalId: 'DeadToDefaults',
        functionName: 'gate-Defaults',
        queueArn: DEAD,
        batchSize: 10,
        windowSeconds: 0,
        functionResponseTypes: [],
        filters: [],
        enabled: false,
      },
    ]);
  });

  it('gives a role its own and attached policies by their names, and its managed ones by their ARNs', () => {
    const nothing = { notActions: [], notResources: [], principals: {}, conditions: {} };
    expect(template.roles).toEqual([
      {
        logicalId: 'Role',
        name: 'gate-Role',
        arn: 'arn:aws:iam::111122223333:role/gate-Role',
        policies: [
          {
            name: 'Inline',
            document: {
              Statement: {
                Effect: 'Allow',
                Action: 'logs:PutLogEvents',
                Resource: 'arn:aws:logs:eu-west-1:111122223333:log-group:/gate:*',
              },
            },
            statements: [
              {
                ...nothing,
                effect: 'Allow',
                actions: ['logs:PutLogEvents'],
                resources: ['arn:aws:logs:eu-west-1:111122223333:log-group:/gate:*'],
              },
            ],
          },
          {
            name: 'RolePolicy',
            document: {
              Statement: [
                {
                  Effect: 'Allow',
                  Action: ['dynamodb:GetItem', 'dynamodb:PutItem'],
                  Resource: [STATE, `${STATE}/index/*`],
                },
              ],
            },
            statements: [
              {
                ...nothing,
                effect: 'Allow',
                actions: ['dynamodb:GetItem', 'dynamodb:PutItem'],
                resources: [STATE, `${STATE}/index/*`],
              },
            ],
          },
        ],
        managedPolicies: [
          { arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
          {
            arn: 'arn:aws:iam::111122223333:policy/gate-Shared',
            statements: [{ ...nothing, effect: 'Deny', actions: [], notActions: ['sqs:*'], resources: ['*'] }],
          },
        ],
      },
    ]);
  });

  it('reads secrets, whose ARN ends in six characters of its own', () => {
    expect(template.secrets).toEqual([
      {
        logicalId: 'Webhook',
        name: 'gate/webhook',
        arn: expect.stringMatching(/^arn:aws:secretsmanager:eu-west-1:111122223333:secret:gate\/webhook-[0-9a-f]{6}$/),
        value: { kind: 'given', text: '{"url":""}' },
      },
      {
        logicalId: 'Password',
        name: 'gate-Password',
        arn: expect.stringMatching(/:secret:gate-Password-[0-9a-f]{6}$/),
        value: {
          kind: 'generated',
          length: 32,
          excludeCharacters: '',
          excludeLowercase: false,
          excludeNumbers: false,
          excludePunctuation: false,
          excludeUppercase: false,
          includeSpace: false,
          requireEachIncludedType: true,
          within: { template: '{"user":"gate"}', key: 'password' },
        },
      },
    ]);
  });

  it('names topics, buckets and event buses', () => {
    expect(template.topics).toEqual([
      { logicalId: 'Alerts', name: 'gate-Alerts', arn: 'arn:aws:sns:eu-west-1:111122223333:gate-Alerts' },
    ]);
    expect(template.buckets).toEqual([
      { logicalId: 'Reports', name: 'gate-reports', arn: 'arn:aws:s3:::gate-reports', expirations: [], policy: [] },
    ]);
    expect(template.eventBuses).toEqual([
      { logicalId: 'OwnBus', name: 'gate', arn: 'arn:aws:events:eu-west-1:111122223333:event-bus/gate' },
    ]);
  });

  it('gives the outputs whose condition holds', () => {
    expect(template.outputs).toEqual({
      QueueUrl: 'http://127.0.0.1:4566/111122223333/gate-Arrivals',
      Host: 'keeper',
    });
  });

  it('lists what it does not know, without following it', () => {
    expect(template.unsupported).toEqual([{ type: 'AWS::ApiGatewayV2::Api', logicalId: 'Api' }]);
  });

  it('writes ARNs in the partition it is given', async () => {
    const { queues, roles } = await readTemplate(FIXTURE, { ...OPTIONS, partition: 'aws-us-gov' });
    expect(queues[0]?.arn).toBe('arn:aws-us-gov:sqs:eu-west-1:111122223333:gate-dead');
    expect(roles[0]?.managedPolicies[0]?.arn).toBe('arn:aws-us-gov:iam::aws:policy/ReadOnlyAccess');
  });
});

describe('a cloud assembly is refused', () => {
  it.each([
    ['with a stage', { Prod: { type: 'cdk:cloud-assembly' } }, /the stage Prod cannot be run/],
    ['without a stack', {}, /there is no stack in it/],
  ])('%s', async (_title, artifacts, message) => {
    const directory = await mkdtemp(path.join(tmpdir(), 'assembly-'));
    try {
      await writeFile(path.join(directory, 'manifest.json'), JSON.stringify({ artifacts }));
      await expect(readTemplate(directory, OPTIONS)).rejects.toThrow(message);
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});
