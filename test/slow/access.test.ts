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
import { PurgeQueueCommand, SendMessageCommand, SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
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

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

/** A right to send is one per queue; of any other action a role has one statement. */
const concerns = (actions: readonly string[], resources: readonly string[], action: string, queueArn: string) =>
  actions.includes(action) && (action !== 'sqs:SendMessage' || resources.includes(queueArn));

/** Takes one statement out of the function's role; gives the function that puts it back. */
const takeOut = async (fn: string, action: string, resource = ''): Promise<() => Promise<void>> => {
  const RoleName = roleOf(fn);
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const before: { readonly PolicyName: string; readonly PolicyDocument: string }[] = [];
  for (const PolicyName of PolicyNames) {
    const { PolicyDocument: text = '' } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    const document = JSON.parse(decodeURIComponent(text)) as { readonly Statement: readonly Statement[] };
    const left = document.Statement.filter(
      ({ Action, Resource }) => !concerns([Action].flat(), [Resource].flat(), action, resource),
    );
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
const tasks: string[] = [];
/** A new image in a task on Fargate, one whose layers are known, a vulnerability in it and a threat in its task, and a vulnerability of an image unseen. */
const everyKindOfEvent = async (): Promise<Seen> => {
  images += 1;
  const repository = `team/app-${images}`;
  const pushed = await smallImage(repository.replace('/', '-'));
  await pushImage(runtime.registry, repository, '1.0', pushed);
  // All of its layers were scanned for another: it is inspected at once.
  await pushImage(runtime.registry, `${repository}-again`, '1.0', await smallImage('first'));
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
  const started = await ecs.send(
    new RunTaskCommand({
      taskDefinition: `app-${images}`,
      launchType: 'FARGATE',
      cluster: 'default',
      networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'] } },
    }),
  );
  const task = started.tasks?.[0]?.taskArn ?? 'no task';
  tasks.push(task);
  const vulnerability = { repository, package: 'openssl', updatedAt: runtime.now().toISOString() };
  const seen = { ...vulnerability, digest: pushed.manifest.digest, vulnerability: 'CVE-2026-0001' };
  const unseen = { ...vulnerability, digest: `sha256:${'0'.repeat(63)}${images % 10}`, vulnerability: 'CVE-2026-0002' };
  await runtime.putEvents([
    inspectorEvent(seen),
    inspectorEvent(unseen),
    guardDutyEvent({
      account,
      region,
      repository,
      tag: '1.0',
      digest: pushed.manifest.digest,
      clusterName: 'default',
      clusterArn: CLUSTER,
      taskArn: task,
      taskDefinitionArn: started.tasks?.[0]?.taskDefinitionArn ?? 'no definition',
      now: runtime.now(),
    }),
  ]);
  return { repository, digest: pushed.manifest.digest, layer: pushed.layers[1]?.digest ?? 'no layer', task };
};

const imagesWithFinding = async (id: string): Promise<readonly string[]> =>
  (await listHubFindings(runtime)).flatMap(({ Title, Resources }) =>
    Title?.includes(id) ? (Resources ?? []).map((resource) => resource.Id ?? '') : [],
  );

const rulesTold = async (repository: string): Promise<readonly string[]> =>
  (await listHubFindings(runtime)).flatMap(({ Title, ProductFields }) =>
    Title?.includes(`(${repository}:`) ? (ProductFields?.['sekisho/rule'] ?? []) : [],
  );

interface Seen {
  readonly repository: string;
  readonly digest: string;
  /** The one that no other image has. */
  readonly layer: string;
  readonly task: string;
}

/** For the rows of queues, which do not depend on it. */
const NOTHING_SEEN: Seen = { repository: '', digest: '', layer: '', task: '' };

const table = (): string => template.tables[0]?.arn ?? 'no table';
const secret = (of: string) => (): string =>
  template.secrets.find(({ name }) => name === `sekisho/${of}`)?.arn ?? 'no secret';
/** It has no name of its own. */
const fingerprintKey = (): string =>
  template.secrets.find(({ logicalId }) => logicalId.startsWith('FingerprintKey'))?.arn ?? 'no key';
const bucket = (): string => template.buckets[0]?.arn ?? 'no bucket';
const hex = (digest: string): string => digest.replace('sha256:', '');
const layerReport = ({ layer }: Seen): string => `${bucket()}/layers/v1/${hex(layer)}.json.gz`;
const components = ({ repository, digest }: Seen): string =>
  `${bucket()}/images/${account}/${region}/${repository}/${hex(digest)}/components.json.gz`;
const queue = (name: string) => (): string => `arn:aws:sqs:${region}:${account}:sekisho-${name}`;
const log = (name: string) => (): string =>
  `arn:aws:logs:${region}:${account}:log-group:/aws/lambda/sekisho-${name}:log-stream:local`;
const image = ({ repository }: Seen): string => `arn:aws:ecr:${region}:${account}:repository/${repository}`;
const task = ({ task: arn }: Seen): string => arn;
const product = (): string => `arn:aws:securityhub:${region}:${account}:product/${account}/default`;
const anything = (): string => '*';

/**
 * Function, action, and the resource that is named: one row for each statement of each role. Last: what another function
 * must lack too, where the right is not asked for otherwise.
 */
const RIGHTS: readonly (readonly [string, string, (seen: Seen) => string, (readonly [string, string])?])[] = [
  ['on-image-push', 'ecr:BatchGetImage', image],
  ['on-image-push', 'dynamodb:PutItem', table],
  ['on-image-push', 's3:ListBucket', bucket],
  ['on-image-push', 's3:GetObject', layerReport],
  ['on-image-push', 'sqs:SendMessage', queue('scan-layer')],
  ['on-image-push', 'sqs:SendMessage', queue('inspect-image')],
  ['on-image-push', 'sqs:ReceiveMessage', queue('on-image-push')],
  ['on-image-push', 'logs:CreateLogStream', log('on-image-push')],
  ['scan-layer', 'ecr:GetDownloadUrlForLayer', image],
  ['scan-layer', 's3:ListBucket', bucket],
  ['scan-layer', 's3:GetObject', layerReport],
  ['scan-layer', 'dynamodb:Query', table],
  ['scan-layer', 'secretsmanager:GetSecretValue', fingerprintKey],
  ['scan-layer', 'sqs:SendMessage', queue('inspect-image')],
  ['scan-layer', 'sqs:ReceiveMessage', queue('scan-layer')],
  ['scan-layer', 'logs:CreateLogStream', log('scan-layer')],
  ['inspect-image', 'ecr:BatchGetImage', image],
  // It looks for the report of a layer that was given up.
  ['inspect-image', 's3:ListBucket', bucket, ['scan-layer', 'ecr:GetDownloadUrlForLayer']],
  ['inspect-image', 's3:GetObject', layerReport],
  ['inspect-image', 's3:PutObject', components],
  ['inspect-image', 'ecs:ListClusters', anything],
  ['inspect-image', 'ecs:DescribeTasks', () => tasks[0] ?? 'no task'],
  ['inspect-image', 'dynamodb:Query', table],
  ['inspect-image', 'sqs:SendMessage', queue('decided')],
  ['inspect-image', 'sqs:ReceiveMessage', queue('inspect-image')],
  ['inspect-image', 'logs:CreateLogStream', log('inspect-image')],
  ['on-finding', 'ecr:BatchGetImage', image],
  ['on-finding', 'ecr:ListTagsForResource', image],
  ['on-finding', 'ecs:ListClusters', anything],
  // It asks for all tasks of the cluster at once.
  ['on-finding', 'ecs:DescribeTasks', () => tasks[0] ?? 'no task'],
  ['on-finding', 'dynamodb:GetItem', table],
  ['on-finding', 'sqs:SendMessage', queue('decided')],
  ['on-finding', 'sqs:ReceiveMessage', queue('on-finding')],
  ['on-finding', 'logs:CreateLogStream', log('on-finding')],
  ['on-threat', 'ecs:DescribeTasks', task],
  ['on-threat', 'ecr:ListTagsForResource', image],
  ['on-threat', 'dynamodb:GetItem', table],
  ['on-threat', 'sqs:SendMessage', queue('decided')],
  ['on-threat', 'sqs:ReceiveMessage', queue('on-threat')],
  ['on-threat', 'logs:CreateLogStream', log('on-threat')],
  ['refresh-kev', 'dynamodb:GetItem', table],
  ['refresh-kev', 'sqs:ReceiveMessage', queue('refresh-kev')],
  ['refresh-kev', 'logs:CreateLogStream', log('refresh-kev')],
  ['forward', 'securityhub:BatchImportFindings', product],
  ['forward', 'dynamodb:GetItem', table],
  ['forward', 'sqs:SendMessage', queue('alerts')],
  ['forward', 'sqs:ReceiveMessage', queue('decided')],
  ['forward', 'logs:CreateLogStream', log('forward')],
  ['notify', 'dynamodb:UpdateItem', table],
  ['notify', 'secretsmanager:GetSecretValue', secret('slack-webhook')],
  ['notify', 'sqs:ReceiveMessage', queue('alerts')],
  ['notify', 'logs:CreateLogStream', log('notify')],
];

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

/** The image of the test has a constant day, and may be inspected before its task is there. */
const IN_USE_AND_OLD = 'IMG-024';

describe('a statement taken out of the role of', () => {
  let putBack: (() => Promise<void>) | undefined;
  afterEach(() => putBack?.());

  const rows = RIGHTS.map(([name, action, resource, besides]) => ({ name, action, resource, besides }));

  it.each(rows)('$name, $action, is denied by name, and nothing is lost', async (row) => {
    const { name, action, resource, besides } = row;
    // What a function keeps in memory, the secret for example, must not stand in for the call.
    runtime.advance(600);
    const putBacks = [await takeOut(`sekisho-${name}`, action, resource(NOTHING_SEEN))];
    if (besides !== undefined) putBacks.push(await takeOut(`sekisho-${besides[0]}`, besides[1]));
    putBack = async () => {
      for (const put of putBacks) await put();
    };
    // CISA's list is asked for by the hour, and the function remembers it for minutes.
    if (name === 'refresh-kev') runtime.advance(3600);
    const seen = await everyKindOfEvent();
    const { repository, digest } = seen;
    await hurry(runtime);
    expect((await runtime.state()).denied).toContainEqual({
      function: `sekisho-${name}`,
      action,
      resource: resource(seen),
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
    const told = await rulesTold(repository);
    expect(told.filter((rule) => rule !== IN_USE_AND_OLD).toSorted()).toEqual(['IMG-025', 'IMG-026']);
  });
});

/** Every function, with the queue that it works on. */
const QUEUES = [
  ['on-image-push', 'on-image-push'],
  ['scan-layer', 'scan-layer'],
  ['inspect-image', 'inspect-image'],
  ['on-finding', 'on-finding'],
  ['on-threat', 'on-threat'],
  ['refresh-kev', 'refresh-kev'],
  ['forward', 'decided'],
  ['notify', 'alerts'],
] as const;

it.each(QUEUES)('%s without the right to dead-letter leaves that to the queue, with the original', async (name, of) => {
  const QueueUrl = `${runtime.endpoint}/${account}/sekisho-${of}`;
  const deadLetterQueue = `arn:aws:sqs:${region}:${account}:sekisho-${of}-dlq`;
  const putBack = await takeOut(`sekisho-${name}`, 'sqs:SendMessage', deadLetterQueue);
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: `no record of ${name}` }));
  await hurry(runtime);
  expect((await runtime.state()).denied).toContainEqual({
    function: `sekisho-${name}`,
    action: 'sqs:SendMessage',
    resource: deadLetterQueue,
  });
  const [given, ...others] = await deadLetters(`sekisho-${of}-dlq`);
  expect({ body: given?.body, said: given?.messageAttributes, others }).toEqual({
    body: `no record of ${name}`,
    said: {},
    others: [],
  });
  await putBack();
  await redrive();
  await hurry(runtime);
  expect(await deadLetters(`sekisho-${of}-dlq`)).toMatchObject([
    { body: `no record of ${name}`, messageAttributes: { ErrorCode: { StringValue: 'EVENT_INVALID' } } },
  ]);
  await sqs.send(new PurgeQueueCommand({ QueueUrl: `${QueueUrl}-dlq` }));
});

it('no statement of any role is without its row', () => {
  const rows = [
    ...RIGHTS.map(([name, action, resource]) => [name, action, resource(NOTHING_SEEN)] as const),
    ...QUEUES.map(([name, of]) => [name, 'sqs:SendMessage', queue(`${of}-dlq`)()] as const),
  ];
  const hasRow = (fn: string, actions: readonly string[], resources: readonly string[]): boolean =>
    rows.some(([name, action, resource]) => `sekisho-${name}` === fn && concerns(actions, resources, action, resource));
  const statements = template.functions.flatMap(({ name, roleName }) =>
    (template.roles.find((role) => role.name === roleName)?.policies ?? []).flatMap(({ statements: all }) =>
      all.map(({ actions, resources }) => ({ name, actions, resources })),
    ),
  );
  expect(statements.length).toBeGreaterThan(40);
  expect(statements.filter(({ name, actions, resources }) => !hasRow(name, actions, resources))).toEqual([]);
});
