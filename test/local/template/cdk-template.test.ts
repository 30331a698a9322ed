import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, CfnOutput, Duration, SecretValue, Stack } from 'aws-cdk-lib';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Architecture, Function as CdkFunction, Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTemplate, type Template } from '../../../local/template/read-template.ts';

const CODE = path.resolve(import.meta.dirname, '../../fixtures/cloud-assembly/asset.gatekeeper');

let directory: string;
let template: Template;

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'cdk-'));
  const app = new App({ outdir: directory });
  const stack = new Stack(app, 'Gate');
  const dead = new Queue(stack, 'Dead', { enforceSSL: true });
  const queue = new Queue(stack, 'Queue', {
    visibilityTimeout: Duration.minutes(3),
    deadLetterQueue: { queue: dead, maxReceiveCount: 5 },
  });
  const table = new TableV2(stack, 'State', {
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    timeToLiveAttribute: 'expires',
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  });
  const secret = new Secret(stack, 'Webhook', { secretStringValue: SecretValue.unsafePlainText('none') });
  const gatekeeper = new CdkFunction(stack, 'Gatekeeper', {
    code: Code.fromAsset(CODE),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_24_X,
    architecture: Architecture.ARM_64,
    timeout: Duration.seconds(30),
    environment: { TABLE: table.tableName, QUEUE_URL: queue.queueUrl },
    logGroup: new LogGroup(stack, 'Logs'),
  });
  table.grantReadWriteData(gatekeeper);
  secret.grantRead(gatekeeper);
  gatekeeper.addEventSource(
    new SqsEventSource(queue, { batchSize: 10, maxConcurrency: 2, reportBatchItemFailures: true }),
  );
  new Rule(stack, 'OnPush', {
    eventPattern: { source: ['aws.ecr'] },
    targets: [new SqsQueue(queue, { deadLetterQueue: dead })],
  });
  new Rule(stack, 'Hourly', { schedule: Schedule.rate(Duration.hours(1)), targets: [new LambdaFunction(gatekeeper)] });
  new Topic(stack, 'Alerts', { enforceSSL: true });
  new Bucket(stack, 'Reports', { enforceSSL: true });
  new CfnOutput(stack, 'QueueUrl', { value: queue.queueUrl });
  app.synth();
  template = await readTemplate(directory, {
    account: '111122223333',
    region: 'eu-west-1',
    queueUrl: (name) => `queue:${name}`,
  });
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

describe('a template as the CDK writes it', () => {
  it('is understood in every resource', () => {
    expect(template.unsupported).toEqual([]);
  });

  it('leads from the rule over the queue to the function and its code', () => {
    const [onPush] = template.rules.filter((rule) => rule.pattern !== undefined);
    const queue = template.queues.find(({ arn }) => arn === onPush?.targets[0]?.arn);
    const mapping = template.eventSourceMappings.find(({ queueArn }) => queueArn === queue?.arn);
    const lambda = template.functions.find(({ name }) => name === mapping?.functionName);
    expect(queue?.attributes).toMatchObject({ VisibilityTimeout: '180' });
    expect(mapping).toMatchObject({ batchSize: 10, maximumConcurrency: 2 });
    expect(lambda?.environment).toEqual({ TABLE: template.tables[0]?.name, QUEUE_URL: `queue:${queue?.name}` });
    expect(lambda?.directory.startsWith(path.join(directory, 'asset.'))).toBe(true);
    expect(template.outputs).toEqual({ QueueUrl: `queue:${queue?.name}` });
  });

  it('lets the rule alone send to the queue', () => {
    const [onPush] = template.rules.filter((rule) => rule.pattern !== undefined);
    const queue = template.queues.find(({ arn }) => arn === onPush?.targets[0]?.arn);
    expect(queue?.policy.filter(({ effect }) => effect === 'Allow')).toMatchObject([
      {
        principals: { Service: ['events.amazonaws.com'] },
        resources: [queue?.arn],
        conditions: { ArnEquals: { 'aws:SourceArn': [onPush?.arn] } },
      },
    ]);
  });

  it('grants the function what it was granted', () => {
    const [role] = template.roles.filter(({ name }) => name === template.functions[0]?.roleName);
    const granted = role?.policies.flatMap(({ statements }) =>
      statements.flatMap(({ actions, resources }) =>
        actions.flatMap((action) => resources.map((on) => `${action} ${on}`)),
      ),
    );
    expect(granted).toContain(`dynamodb:PutItem ${template.tables[0]?.arn}`);
    expect(granted).toContain(`secretsmanager:GetSecretValue ${template.secrets[0]?.arn}`);
    expect(granted).toContain(
      `sqs:DeleteMessage ${template.queues.find(({ logicalId }) => logicalId.startsWith('Queue'))?.arn}`,
    );
  });

  it('creates the table with its time to live', () => {
    expect(template.tables[0]).toMatchObject({
      input: { KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }], BillingMode: 'PAY_PER_REQUEST' },
      ttlAttribute: 'expires',
    });
  });
});
