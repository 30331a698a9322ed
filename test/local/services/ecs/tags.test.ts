import {
  CreateClusterCommand,
  CreateServiceCommand,
  type CreateServiceCommandInput,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  InvalidParameterException,
  ListTagsForResourceCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  ResourceNotFoundException,
  RunTaskCommand,
  type RunTaskCommandInput,
  type Tag,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalFront, startFront } from '../local-front.ts';

let front: LocalFront;
let client: ECSClient;
beforeEach(async () => {
  front = await startFront();
  client = new ECSClient(front.client);
  await client.send(new CreateClusterCommand({ clusterName: 'shop' }));
  await client.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [{ name: 'main', image: 'nginx' }],
      tags: tagsFrom({ from: 'definition', team: 'web' }),
    }),
  );
});
afterEach(() => front.close());

const tagsFrom = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([key, value]) => ({ key, value }));
const ORDER = {
  cluster: 'shop',
  taskDefinition: 'web',
  launchType: 'FARGATE' as const,
  networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'] } },
};
const run = async (input: Partial<RunTaskCommandInput>) => {
  const { tasks = [] } = await client.send(new RunTaskCommand({ ...ORDER, ...input }));
  return tasks[0];
};
const serve = async (input: Partial<CreateServiceCommandInput>) =>
  (await client.send(new CreateServiceCommand({ ...ORDER, serviceName: 'front', ...input }))).service;
const describeTasks = async (include: boolean) => {
  const { taskArns = [] } = await client.send(new ListTasksCommand({ cluster: 'shop' }));
  const command = new DescribeTasksCommand({ cluster: 'shop', tasks: taskArns, ...(include && { include: ['TAGS'] }) });
  return (await client.send(command)).tasks ?? [];
};
const list = async (resourceArn: string | undefined) =>
  (await client.send(new ListTagsForResourceCommand({ resourceArn }))).tags;

describe('the tags of a task', () => {
  it('are told when they are asked for, and only then', async () => {
    const task = await run({ tags: tagsFrom({ env: 'prod' }) });
    expect(task?.tags).toEqual(tagsFrom({ env: 'prod' }));
    expect((await describeTasks(true)).map(({ tags }) => tags)).toEqual([tagsFrom({ env: 'prod' })]);
    expect((await describeTasks(false)).map(({ tags }) => tags)).toEqual([undefined]);
    expect(await list(task?.taskArn)).toEqual(tagsFrom({ env: 'prod' }));
  });

  it.each<[string, Partial<RunTaskCommandInput>, Tag[]]>([
    ['none by themselves', {}, []],
    [
      'those of the definition when it propagates them',
      { propagateTags: 'TASK_DEFINITION' },
      tagsFrom({ from: 'definition', team: 'web' }),
    ],
    [
      'its own over those of the definition',
      { propagateTags: 'TASK_DEFINITION', tags: tagsFrom({ team: 'shop' }) },
      tagsFrom({ from: 'definition', team: 'shop' }),
    ],
  ])('that is run alone are %s', async (_title, input, expected) => {
    await run(input);
    expect((await describeTasks(true))[0]?.tags).toEqual(expected);
  });

  it('that is run alone cannot be those of a service', async () => {
    await expect(run({ propagateTags: 'SERVICE' })).rejects.toBeInstanceOf(InvalidParameterException);
  });

  it.each<[string, CreateServiceCommandInput['propagateTags'], Tag[]]>([
    ['those of the service', 'SERVICE', tagsFrom({ team: 'shop' })],
    ['those of the definition', 'TASK_DEFINITION', tagsFrom({ from: 'definition', team: 'web' })],
    ['none', 'NONE', []],
    ['none', undefined, []],
  ])('of a service are %s with propagateTags %s', async (_title, propagateTags, expected) => {
    const service = await serve({ desiredCount: 2, tags: tagsFrom({ team: 'shop' }), propagateTags });
    expect(service?.tags).toEqual(tagsFrom({ team: 'shop' }));
    expect((await describeTasks(true)).map(({ tags }) => tags)).toEqual([expected, expected]);
  });

  it('are added, replaced by key, and taken away', async () => {
    const resourceArn = (await run({ tags: tagsFrom({ env: 'prod', team: 'web' }) }))?.taskArn;
    await client.send(new TagResourceCommand({ resourceArn, tags: tagsFrom({ env: 'dev', tier: '1' }) }));
    expect((await describeTasks(true))[0]?.tags).toEqual(tagsFrom({ env: 'dev', team: 'web', tier: '1' }));
    await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['env', 'none'] }));
    expect(await list(resourceArn)).toEqual(tagsFrom({ team: 'web', tier: '1' }));
  });

  it('stay as they are when those of the service change', async () => {
    const service = await serve({ tags: tagsFrom({ team: 'shop' }), propagateTags: 'SERVICE' });
    const resourceArn = service?.serviceArn;
    await client.send(new TagResourceCommand({ resourceArn, tags: tagsFrom({ team: 'web' }) }));
    expect(await list(resourceArn)).toEqual(tagsFrom({ team: 'web' }));
    expect((await describeTasks(true))[0]?.tags).toEqual(tagsFrom({ team: 'shop' }));
  });
});

it('the tags of a task definition are told when they are asked for', async () => {
  const describeDefinition = (include: ['TAGS'] | undefined) =>
    client.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'web', include }));
  expect((await describeDefinition(['TAGS'])).tags).toEqual(tagsFrom({ from: 'definition', team: 'web' }));
  expect((await describeDefinition(undefined)).tags).toBeUndefined();
});

describe('tags are refused', () => {
  it('of a task that is not there', async () => {
    const gone = 'arn:aws:ecs:eu-west-1:111122223333:task/shop/0123456789abcdef0123456789abcdef';
    await expect(list(gone)).rejects.toBeInstanceOf(ResourceNotFoundException);
    const command = new TagResourceCommand({ resourceArn: gone, tags: [] });
    await expect(client.send(command)).rejects.toBeInstanceOf(ResourceNotFoundException);
  });

  it('of what has none here', async () => {
    const cluster = 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop';
    await expect(list(cluster)).rejects.toMatchObject({ $metadata: { httpStatusCode: 501 } });
  });

  it.each<[string, Tag[]]>([
    ['with a key of AWS’s own', tagsFrom({ 'aws:team': 'shop' })],
    ['with a key of 129 characters', tagsFrom({ ['k'.repeat(129)]: '' })],
    ['beyond fifty', Array.from({ length: 51 }, (_, at) => ({ key: `key-${at}`, value: '' }))],
  ])('%s', async (_title, tags) => {
    await expect(run({ tags })).rejects.toBeInstanceOf(InvalidParameterException);
    expect(await describeTasks(true).catch(() => 'no task')).toBe('no task');
  });

  it('beyond fifty in all', async () => {
    const tags = Array.from({ length: 50 }, (_, at) => ({ key: `key-${at}`, value: '' }));
    const task = await run({ tags });
    const command = new TagResourceCommand({ resourceArn: task?.taskArn, tags: tagsFrom({ one: 'more' }) });
    await expect(client.send(command)).rejects.toBeInstanceOf(InvalidParameterException);
  });
});
