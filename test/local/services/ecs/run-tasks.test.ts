import {
  CreateClusterCommand,
  CreateServiceCommand,
  DescribeContainerInstancesCommand,
  DescribeTasksCommand,
  ECSClient,
  ListTasksCommand,
  type NetworkConfiguration,
  RegisterContainerInstanceCommand,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
  RunTaskCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pushImage } from '../../registry/images.ts';
import { type LocalFront, startFront } from '../local-front.ts';

let front: LocalFront;
let client: ECSClient;
beforeEach(async () => {
  front = await startFront();
  client = new ECSClient(front.client);
  await client.send(new CreateClusterCommand({ clusterName: 'shop' }));
  await client.send(new RegisterContainerInstanceCommand({ cluster: 'shop' }));
});
afterEach(() => front.close());

const ECR = '111122223333.dkr.ecr.eu-west-1.amazonaws.com';
const SUBNETS: NetworkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'] } };

const register = (images: readonly string[], change: Partial<RegisterTaskDefinitionCommandInput> = {}) =>
  client.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '512',
      containerDefinitions: images.map((image, at) => ({ name: `container-${at}`, image })),
      ...change,
    }),
  );
const order = { cluster: 'shop', taskDefinition: 'web' };
const run = async (launchType: 'EC2' | 'FARGATE', networkConfiguration?: NetworkConfiguration) => {
  const answer = await client.send(new RunTaskCommand({ ...order, launchType, networkConfiguration }));
  return answer.tasks ?? [];
};
const serve = async (launchType: 'EC2' | 'FARGATE', networkConfiguration?: NetworkConfiguration) => {
  const command = new CreateServiceCommand({ ...order, serviceName: 'front', launchType, networkConfiguration });
  return (await client.send(command)).service;
};

describe.each([
  ['RunTask', run],
  ['CreateService', serve],
])('the network of %s', (_, start) => {
  it.each<['EC2' | 'FARGATE', 'awsvpc' | 'bridge', NetworkConfiguration | undefined, string]>([
    ['FARGATE', 'awsvpc', undefined, "Network Configuration must be provided when networkMode 'awsvpc' is specified."],
    ['EC2', 'awsvpc', undefined, "Network Configuration must be provided when networkMode 'awsvpc' is specified."],
    ['EC2', 'awsvpc', {}, "Network Configuration must be provided when networkMode 'awsvpc' is specified."],
    ['FARGATE', 'awsvpc', { awsvpcConfiguration: { subnets: [] } }, 'subnets can not be empty.'],
    ['EC2', 'bridge', SUBNETS, 'Network Configuration is not valid for the given networkMode of this task definition.'],
  ])('on %s in the mode %s may not be %o', async (launchType, networkMode, given, message) => {
    await register(['nginx'], { networkMode });
    await expect(start(launchType, given)).rejects.toMatchObject({ name: 'InvalidParameterException', message });
    expect((await client.send(new ListTasksCommand({ cluster: 'shop' }))).taskArns).toEqual([]);
  });

  it.each<['EC2' | 'FARGATE', 'awsvpc' | 'bridge', NetworkConfiguration | undefined]>([
    ['FARGATE', 'awsvpc', SUBNETS],
    ['EC2', 'awsvpc', SUBNETS],
    ['EC2', 'bridge', undefined],
  ])('on %s in the mode %s may be %o', async (launchType, networkMode, given) => {
    await register(['nginx'], { networkMode });
    await start(launchType, given);
    expect((await client.send(new ListTasksCommand({ cluster: 'shop' }))).taskArns).toHaveLength(1);
  });
});

it.each([
  ['RunTask', run],
  ['CreateService', serve],
])('%s refuses Fargate to a task definition that is not compatible with it', async (_, start) => {
  await register([], { containerDefinitions: [{ name: 'main', image: 'nginx', privileged: true }] });
  await expect(start('FARGATE', SUBNETS)).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: 'Task definition does not support launch_type FARGATE.',
  });
});

describe('a task whose image is not in the registry', () => {
  it.each([
    ['no repository', () => `${ECR}/shop/none:v1`, '/shop/none:v1'],
    ['no tag', () => `${ECR}/shop/web:v2`, '/shop/web:v2'],
    ['no tag latest', () => `${front.host}/shop/web`, '/shop/web'],
    ['no digest', () => `${ECR}/shop/web@sha256:${'a'.repeat(64)}`, `/shop/web@sha256:${'a'.repeat(64)}`],
    ['a digest that is none', () => `${ECR}/shop/web@sha256:abc`, '/shop/web@sha256:abc'],
  ])('has failed to start: %s', async (_, image, words) => {
    await pushImage(front.host, 'shop/web', 'v1');
    await register([image()]);
    const [task] = await run('FARGATE', SUBNETS);
    expect(task).toMatchObject({
      lastStatus: 'STOPPED',
      desiredStatus: 'STOPPED',
      stopCode: 'TaskFailedToStart',
      stoppedReason: expect.stringMatching(
        /^CannotPullContainerError: pull image manifest has been retried 1 time\(s\): failed to resolve ref .*: not found$/,
      ),
      stoppedAt: new Date('2026-03-01T10:00:00Z'),
    });
    expect(task?.stoppedReason).toContain(`${words}: not found`);
    expect(task).not.toHaveProperty('startedAt');
    expect(task?.containers).toMatchObject([{ lastStatus: 'STOPPED', reason: task?.stoppedReason }]);
    expect(task?.containers?.[0]).not.toHaveProperty('imageDigest');
  });

  it('starts none of its other containers', async () => {
    await pushImage(front.host, 'shop/web', 'v1');
    await register([`${ECR}/shop/web:v1`, `${ECR}/shop/none:v1`]);
    const [task] = await run('FARGATE', SUBNETS);
    expect(task?.containers?.map(({ lastStatus, imageDigest }) => [lastStatus, imageDigest])).toEqual([
      ['STOPPED', undefined],
      ['STOPPED', undefined],
    ]);
    expect(task?.containers?.[0]).not.toHaveProperty('reason');
  });

  it('stays so when the image is pushed, and a new task runs', async () => {
    await register([`${ECR}/shop/web:v1`]);
    const [failed] = await run('FARGATE', SUBNETS);
    await pushImage(front.host, 'shop/web', 'v1');
    const described = await client.send(new DescribeTasksCommand({ cluster: 'shop', tasks: [failed?.taskArn ?? ''] }));
    expect(described.tasks).toEqual([failed]);
    expect(await run('FARGATE', SUBNETS)).toMatchObject([{ lastStatus: 'RUNNING' }]);
  });

  it('is not among the running tasks of its service', async () => {
    await register([`${ECR}/shop/web:v1`]);
    expect(await serve('FARGATE', SUBNETS)).toMatchObject({ desiredCount: 1, runningCount: 0 });
  });

  it('runs when it is of another account, another Region or another registry', async () => {
    await register([
      '999988887777.dkr.ecr.eu-west-1.amazonaws.com/shop/none:v1',
      '111122223333.dkr.ecr.us-east-1.amazonaws.com/shop/none:v1',
      'docker.io/library/nginx:1',
    ]);
    expect(await run('FARGATE', SUBNETS)).toMatchObject([{ lastStatus: 'RUNNING' }]);
  });
});

it('container instances are described by ARNs and ids only', async () => {
  const call = client.send(new DescribeContainerInstancesCommand({ cluster: 'shop', containerInstances: ['nope'] }));
  await expect(call).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: 'instanceId length should be one of [32,36]',
  });
});
