import {
  ClusterNotFoundException,
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeClustersCommand,
  DescribeContainerInstancesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ECSClient,
  ListClustersCommand,
  ListServicesCommand,
  ListTasksCommand,
  type ListTasksCommandInput,
  RegisterContainerInstanceCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  type RunTaskCommandInput,
  StopTaskCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pushImage } from '../../registry/images.ts';
import { type LocalFront, startFront } from '../local-front.ts';

const UNKNOWN_ID = '0123456789abcdef0123456789abcdef';
const OLD_ID = '01234567-89ab-cdef-0123-456789abcdef';

let front: LocalFront;
let client: ECSClient;
beforeEach(async () => {
  front = await startFront();
  client = new ECSClient(front.client);
  await client.send(new CreateClusterCommand({ clusterName: 'shop' }));
});
afterEach(() => front.close());

const register = (family: string, image: string) =>
  client.send(
    new RegisterTaskDefinitionCommand({
      family,
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [{ name: 'main', image, privileged: false, readonlyRootFilesystem: true }],
    }),
  );
const onFargate = {
  cluster: 'shop',
  taskDefinition: 'web',
  launchType: 'FARGATE' as const,
  networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'] } },
};
const run = async (input: Partial<RunTaskCommandInput> = {}) => {
  const command = new RunTaskCommand({ ...onFargate, ...input });
  return (await client.send(command)).tasks ?? [];
};
const describeTasks = (...tasks: (string | undefined)[]) =>
  client.send(new DescribeTasksCommand({ cluster: 'shop', tasks: tasks.map((task) => task ?? '') }));
const list = async (input: Partial<ListTasksCommandInput> = {}) =>
  (await client.send(new ListTasksCommand({ cluster: 'shop', ...input }))).taskArns ?? [];

describe('a task on Fargate', () => {
  it('runs at once, with its group, its platform and the task definition', async () => {
    await pushImage(front.host, 'shop/web', 'v1');
    await register('web', `${front.host}/shop/web:v1`);
    const [task] = await run({ startedBy: 'me' });
    expect(task).toMatchObject({
      clusterArn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop',
      taskDefinitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/web:1',
      taskArn: expect.stringMatching(/^arn:aws:ecs:eu-west-1:111122223333:task\/shop\/[0-9a-f]{32}$/),
      group: 'family:web',
      startedBy: 'me',
      launchType: 'FARGATE',
      platformVersion: '1.4.0',
      lastStatus: 'RUNNING',
      createdAt: new Date('2026-03-01T10:00:00Z'),
      containers: [{ name: 'main', image: `${front.host}/shop/web:v1`, lastStatus: 'RUNNING' }],
    });
    expect(task).not.toHaveProperty('containerInstanceArn');
  });
});

describe('the digest of a container', () => {
  it('is that of the tag, whether by the local host or by the name of the ECR registry', async () => {
    const digest = await pushImage(front.host, 'shop/web', 'v1');
    for (const registry of [front.host, '111122223333.dkr.ecr.eu-west-1.amazonaws.com']) {
      await register('web', `${registry}/shop/web:v1`);
      expect((await run())[0]?.containers?.[0]?.imageDigest).toBe(digest);
    }
  });

  it('is the one in the reference', async () => {
    const digest = await pushImage(front.host, 'shop/web', undefined);
    await register('web', `${front.host}/shop/web@${digest}`);
    expect((await run())[0]?.containers?.[0]?.imageDigest).toBe(digest);
  });

  it('stays when the tag moves on', async () => {
    const first = await pushImage(front.host, 'shop/web', 'latest', 'one');
    await register('web', `${front.host}/shop/web`);
    const [task] = await run();
    await pushImage(front.host, 'shop/web', 'latest', 'two');
    expect((await describeTasks(task?.taskArn)).tasks?.[0]?.containers?.[0]?.imageDigest).toBe(first);
  });

  it('is unknown for an image of another registry', async () => {
    await register('web', 'docker.io/library/nginx:1');
    expect((await run())[0]?.containers?.[0]).not.toHaveProperty('imageDigest');
  });
});

describe('a task on EC2', () => {
  it('runs on a container instance of the cluster, whose attributes can be read', async () => {
    await register('web', 'x');
    const { containerInstance } = await client.send(
      new RegisterContainerInstanceCommand({
        cluster: 'shop',
        attributes: [{ name: 'bottlerocket.variant', value: 'aws-ecs-2' }],
      }),
    );
    const arn = containerInstance?.containerInstanceArn ?? '';
    const [task] = await run({ launchType: 'EC2' });
    expect(task?.containerInstanceArn).toBe(arn);
    const described = await client.send(
      new DescribeContainerInstancesCommand({ cluster: 'shop', containerInstances: [arn, UNKNOWN_ID] }),
    );
    expect(described.containerInstances).toMatchObject([
      { runningTasksCount: 1, attributes: [{ name: 'bottlerocket.variant', value: 'aws-ecs-2' }] },
    ]);
    expect(described.failures).toEqual([{ arn: UNKNOWN_ID, reason: 'MISSING' }]);
  });

  it('needs one', async () => {
    await register('web', 'x');
    await expect(run({ launchType: 'EC2' })).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('task definitions', () => {
  it('are found by family, by revision and by ARN', async () => {
    await register('web', 'image:1');
    await register('web', 'image:2');
    const imageOf = async (taskDefinition: string) => {
      const described = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
      return described.taskDefinition?.containerDefinitions?.[0]?.image;
    };
    expect(await imageOf('web')).toBe('image:2');
    expect(await imageOf('web:1')).toBe('image:1');
    expect(await imageOf('arn:aws:ecs:eu-west-1:111122223333:task-definition/web:1')).toBe('image:1');
    await expect(imageOf('web:3')).rejects.toMatchObject({ name: 'ClientException' });
  });
});

describe('listings', () => {
  it('filter by family, service, launch type and status', async () => {
    await register('web', 'x');
    await register('job', 'y');
    const [web] = await run();
    const [job] = await run({ taskDefinition: 'job' });
    await client.send(new CreateServiceCommand({ ...onFargate, serviceName: 'front', desiredCount: 2 }));
    await client.send(new StopTaskCommand({ cluster: 'shop', task: job?.taskArn, reason: 'done' }));
    expect(await list({ family: 'web' })).toHaveLength(3);
    expect(await list({ serviceName: 'front' })).toHaveLength(2);
    expect(await list({ launchType: 'EC2' })).toEqual([]);
    expect(await list({ desiredStatus: 'STOPPED' })).toEqual([job?.taskArn]);
    expect(await list()).toContain(web?.taskArn);
    const services = await client.send(new ListServicesCommand({ cluster: 'shop' }));
    expect(services.serviceArns).toEqual(['arn:aws:ecs:eu-west-1:111122223333:service/shop/front']);
  });

  it('go by pages', async () => {
    await register('web', 'x');
    await run({ count: 3 });
    const first = await client.send(new ListTasksCommand({ cluster: 'shop', maxResults: 2 }));
    expect(first.taskArns).toHaveLength(2);
    expect(await list({ maxResults: 2, nextToken: first.nextToken })).toHaveLength(1);
  });

  it('name the clusters and count what runs in them', async () => {
    await register('web', 'x');
    await run({ count: 2 });
    const { clusterArns = [] } = await client.send(new ListClustersCommand({}));
    const { clusters, failures } = await client.send(
      new DescribeClustersCommand({ clusters: [...clusterArns, 'nope'] }),
    );
    expect(clusters).toMatchObject([{ clusterName: 'shop', runningTasksCount: 2 }]);
    expect(failures).toEqual([{ arn: 'nope', reason: 'MISSING' }]);
  });

  it('refuse a cluster that is not there', async () => {
    await expect(list({ cluster: 'nope' })).rejects.toBeInstanceOf(ClusterNotFoundException);
  });
});

describe('the description of tasks', () => {
  it('says which are missing', async () => {
    await register('web', 'x');
    const [task] = await run();
    const id = task?.taskArn?.split('/').at(-1);
    const { tasks, failures } = await describeTasks(id, UNKNOWN_ID, OLD_ID);
    expect(tasks).toMatchObject([{ taskArn: task?.taskArn }]);
    expect(failures).toEqual([
      { arn: UNKNOWN_ID, reason: 'MISSING' },
      { arn: OLD_ID, reason: 'MISSING' },
    ]);
  });

  it('shows a task that was stopped, and why', async () => {
    await register('web', 'x');
    const [task] = await run();
    front.advance(60);
    await client.send(new StopTaskCommand({ cluster: 'shop', task: task?.taskArn, reason: 'done' }));
    expect((await describeTasks(task?.taskArn)).tasks).toMatchObject([
      { lastStatus: 'STOPPED', stoppedReason: 'done', stoppedAt: new Date('2026-03-01T10:01:00Z'), version: 2 },
    ]);
  });

  it.each(['nope', '', 'None', `${UNKNOWN_ID}0`, 'z'.repeat(32)])('takes ARNs and ids, and not %o', async (word) => {
    await expect(describeTasks(UNKNOWN_ID, word)).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'taskId length should be one of [32,36]',
    });
  });

  it('takes no more than 100', async () => {
    const call = describeTasks(...Array.from({ length: 101 }, () => UNKNOWN_ID));
    await expect(call).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});
