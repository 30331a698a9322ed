/** A right that is missing is told with function, action and resource, and costs nothing: put back and redriven, all arrives. */
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { CreateClusterCommand, ECSClient, RegisterTaskDefinitionCommand, RunTaskCommand } from '@aws-sdk/client-ecs';
import {
  DeleteRolePolicyCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { listHubFindings } from '../../local/hub-findings.ts';
import type { PeekedMessage } from '../../local/queues/protocol.ts';
import type { Runtime } from '../../local/runtime.ts';
import { guardDutyEvent } from '../../local/sample/guardduty-event.ts';
import { pushImage } from '../../local/sample/push-image.ts';
import { readTemplate, type Template } from '../../local/template/read-template.ts';
import { inspectorEvent } from '../support/inspector-event.ts';
import { type Assembly, hurry, LOCAL, synthesiseForTest } from '../support/run-locally.ts';
import { smallImage } from '../support/small-image.ts';

const { account, region } = LOCAL;
const ADMIN = { accessKeyId: 'ADMIN', secretAccessKey: 'any' };
const CLUSTER = `arn:aws:ecs:${region}:${account}:cluster/default`;

let assembly: Assembly;
let template: Template;
let runtime: Runtime;
let iam: IAMClient;
let sqs: SQSClient;
let ecs: ECSClient;
beforeAll(async () => {
  assembly = await synthesiseForTest();
  template = await readTemplate(assembly.directory, { ...LOCAL, queueUrl: (name) => name });
  runtime = await assembly.start();
  const client = { endpoint: runtime.endpoint, region, credentials: ADMIN };
  iam = new IAMClient(client);
  sqs = new SQSClient({ ...client, useQueueUrlAsEndpoint: false });
  ecs = new ECSClient(client);
  await ecs.send(new CreateClusterCommand({ clusterName: 'default' }));
});
afterAll(async () => {
  await runtime.close();
  await assembly.remove();
});

const roleOf = (fn: string): string => template.functions.find(({ name }) => name === fn)?.roleName ?? 'no role';

/** Takes the statements with this action out of the function's role; gives the function that puts them back. */
const takeOut = async (fn: string, action: string): Promise<() => Promise<void>> => {
  const RoleName = roleOf(fn);
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const before: { readonly PolicyName: string; readonly PolicyDocument: string }[] = [];
  for (const PolicyName of PolicyNames) {
    const { PolicyDocument: text = '' } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    const document = JSON.parse(decodeURIComponent(text)) as { Statement: { Action: string | string[] }[] };
    const left = document.Statement.filter(({ Action }) => ![Action].flat().includes(action));
    if (left.length === document.Statement.length) continue;
    before.push({ PolicyName, PolicyDocument: JSON.stringify(document) });
    // IAM takes no policy without a statement.
    if (left.length === 0) await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
    else {
      const PolicyDocument = JSON.stringify({ ...document, Statement: left });
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
    }
  }
  if (before.length === 0) throw new Error(`no statement of ${RoleName} has ${action}`);
  return async () => {
    for (const policy of before) await iam.send(new PutRolePolicyCommand({ RoleName, ...policy }));
  };
};

const deadLetters = async (queue: string): Promise<readonly PeekedMessage[]> => {
  const response = await fetch(`${runtime.endpoint}/_local/queues/${queue}`);
  return (await response.json()) as readonly PeekedMessage[];
};
const queuesWithDeadLetters = async (): Promise<readonly string[]> =>
  Object.entries((await runtime.state()).queues).flatMap(([name, { dlq }]) => (dlq > 0 ? [name] : []));

/** Sends every dead letter back to the queue that it came from. */
const redrive = async (): Promise<void> => {
  for (const queue of await queuesWithDeadLetters())
    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: `arn:aws:sqs:${region}:${account}:${queue}-dlq` }));
};

let images = 0;
/** A new image in a task on Fargate, a vulnerability in it and a threat in its task, and a vulnerability of an image unseen. */
const everyKindOfEvent = async () => {
  images += 1;
  const repository = `team/app-${images}`;
  const image = await smallImage(repository.replace('/', '-'));
  await pushImage(runtime.registry, repository, '1.0', image);
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family: `app-${images}`,
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '512',
      containerDefinitions: [
        { name: 'app', image: `${account}.dkr.ecr.${region}.amazonaws.com/${repository}:1.0`, essential: true },
      ],
    }),
  );
  const { tasks = [] } = await ecs.send(
    new RunTaskCommand({
      taskDefinition: `app-${images}`,
      launchType: 'FARGATE',
      cluster: 'default',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'] } },
    }),
  );
  const task = tasks[0]?.taskArn ?? 'no task';
  const vulnerability = { repository, package: 'openssl', updatedAt: runtime.now().toISOString() };
  const seen = { ...vulnerability, digest: image.manifest.digest, vulnerability: 'CVE-2026-0001' };
  const unseen = { ...vulnerability, digest: `sha256:${'0'.repeat(63)}${images % 10}`, vulnerability: 'CVE-2026-0002' };
  await runtime.putEvents([
    inspectorEvent(seen),
    inspectorEvent(unseen),
    guardDutyEvent({
      account,
      region,
      repository,
      tag: '1.0',
      digest: image.manifest.digest,
      clusterName: 'default',
      clusterArn: CLUSTER,
      taskArn: task,
      taskDefinitionArn: tasks[0]?.taskDefinitionArn ?? 'no definition',
      now: runtime.now(),
    }),
  ]);
  return { repository, digest: image.manifest.digest };
};

const imagesWithFinding = async (id: string): Promise<readonly string[]> =>
  (await listHubFindings(runtime)).flatMap(({ Title, Resources }) =>
    Title?.includes(id) ? (Resources ?? []).map((resource) => resource.Id ?? '') : [],
  );

const TABLE = (): string => template.tables[0]?.arn ?? 'no table';
const SECRET = (): string => template.secrets[0]?.arn ?? 'no secret';
const queueArn = (name: string) => () => `arn:aws:sqs:${region}:${account}:${name}`;
const anything = (): string => '*';

describe('on-image-push without the right to read images', () => {
  let putBack: () => Promise<void>;
  let sent: string;
  const arn = () => `arn:aws:ecr:${region}:${account}:repository/gate/first`;
  const digest = async () => (await smallImage('first')).manifest.digest;

  beforeAll(async () => {
    putBack = await takeOut('sekisho-on-image-push', 'ecr:BatchGetImage');
    await pushImage(runtime.registry, 'gate/first', '1.0', await smallImage('first'));
    await runtime.settled();
    sent = (await deadLetters('sekisho-on-image-push'))[0]?.body ?? 'nothing in the queue';
    await hurry(runtime);
  });

  it('is denied by name', async () => {
    expect((await runtime.state()).denied).toEqual([
      { function: 'sekisho-on-image-push', action: 'ecr:BatchGetImage', resource: arn() },
    ]);
  });

  it('is tried five times, and then the event is in the dead-letter queue as it came', async () => {
    const [dead, ...others] = await deadLetters('sekisho-on-image-push-dlq');
    expect(others).toEqual([]);
    expect(dead?.body).toBe(sent);
    expect(JSON.parse(sent)).toMatchObject({ 'detail-type': 'ECR Image Action', detail: { 'image-tag': '1.0' } });
    expect((await runtime.state()).invocations['sekisho-on-image-push']).toBe(5);
  });

  it('arrives when the right is put back and the queue is redriven', async () => {
    await putBack();
    await redrive();
    await hurry(runtime);
    expect(await queuesWithDeadLetters()).toEqual([]);
    const dynamodb = new DynamoDBClient({ endpoint: runtime.endpoint, region, credentials: ADMIN });
    const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: template.tables[0]?.input.TableName }));
    dynamodb.destroy();
    expect(Items.map(({ pk }) => pk?.S)).toContain(`IMAGE#${arn()}/${await digest()}`);
  });
});

describe('a queue that its function may no longer read', () => {
  it('keeps its messages, and they are worked on when the right is back', async () => {
    const putBack = await takeOut('sekisho-on-image-push', 'sqs:ReceiveMessage');
    await pushImage(runtime.registry, 'gate/second', '1.0', await smallImage('second'));
    await hurry(runtime);
    const kept = await runtime.state();
    expect(kept.queues['sekisho-on-image-push']).toMatchObject({ visible: 1, dlq: 0 });
    expect(kept.denied).toContainEqual({
      function: 'sekisho-on-image-push',
      action: 'sqs:ReceiveMessage',
      resource: `arn:aws:sqs:${region}:${account}:sekisho-on-image-push`,
    });
    await putBack();
    await hurry(runtime);
    expect((await runtime.state()).queues['sekisho-on-image-push']).toMatchObject({ visible: 0, dlq: 0 });
  });
});

describe('a statement taken out of the role of', () => {
  let putBack: (() => Promise<void>) | undefined;
  afterEach(() => putBack?.());

  it.each<[string, string, (repository: string) => string]>([
    ['on-image-push', 'ecr:BatchGetImage', (name) => `arn:aws:ecr:${region}:${account}:repository/${name}`],
    ['on-image-push', 'dynamodb:PutItem', TABLE],
    ['on-finding', 'ecr:BatchGetImage', (name) => `arn:aws:ecr:${region}:${account}:repository/${name}`],
    ['on-finding', 'ecs:ListClusters', anything],
    ['on-finding', 'dynamodb:GetItem', TABLE],
    ['on-finding', 'sqs:SendMessage', queueArn('sekisho-decided')],
    ['on-threat', 'dynamodb:GetItem', TABLE],
    ['on-threat', 'sqs:SendMessage', queueArn('sekisho-decided')],
    [
      'forward',
      'securityhub:BatchImportFindings',
      () => `arn:aws:securityhub:${region}:${account}:product/${account}/default`,
    ],
    ['forward', 'dynamodb:GetItem', TABLE],
    ['forward', 'sqs:SendMessage', queueArn('sekisho-alerts')],
    ['notify', 'dynamodb:UpdateItem', TABLE],
    ['notify', 'secretsmanager:GetSecretValue', SECRET],
  ])('%s, %s, is denied by name, and nothing is lost', async (name, action, resource) => {
    // What a function keeps in memory, the secret for example, must not stand in for the call.
    runtime.advance(600);
    putBack = await takeOut(`sekisho-${name}`, action);
    const { repository, digest } = await everyKindOfEvent();
    await hurry(runtime);
    expect((await runtime.state()).denied).toContainEqual({
      function: `sekisho-${name}`,
      action,
      resource: resource(repository),
    });
    await putBack();
    await redrive();
    await hurry(runtime);
    expect(await queuesWithDeadLetters()).toEqual([]);
    const arn = `arn:aws:ecr:${region}:${account}:repository/${repository}/${digest}`;
    expect(await imagesWithFinding('CVE-2026-0001')).toContain(arn);
    expect((await imagesWithFinding('CVE-2026-0002')).some((id) => id.includes(`/${repository}/`))).toBe(true);
    expect((await runtime.state()).chat.filter(({ body }) => JSON.stringify(body).includes(repository))).not.toEqual(
      [],
    );
  });
});
