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
  RegisterContainerInstanceCommand,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopTaskCommand,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRegistryStore } from '../../../../local/registry/registry-store.ts';
import { createEcs, type Ecs } from '../../../../local/services/ecs/ecs.ts';
import type { HttpServer } from '../../../support/http-server.ts';
import { type ManualClock, manualClock } from '../../../support/manual-clock.ts';
import { startService } from '../../../support/one-service.ts';

const LAG_SECONDS = 5;

let clock: ManualClock;
let ecs: Ecs;
let server: HttpServer;
let client: ECSClient;
beforeEach(async () => {
  clock = manualClock();
  const place = { account: '111122223333', region: 'eu-west-1' };
  const store = createRegistryStore({ clock, onAction: () => undefined });
  ecs = createEcs({ clock, ...place, store, host: () => '127.0.0.1:1', lagMs: LAG_SECONDS * 1000 });
  server = await startService(ecs);
  client = new ECSClient({
    endpoint: server.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
});
afterEach(() => server.close());

const cluster = 'shop';
const createCluster = () => client.send(new CreateClusterCommand({ clusterName: cluster }));
const register = () =>
  client.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      networkMode: 'awsvpc',
      requiresCompatibilities: ['FARGATE'],
      cpu: '256',
      memory: '512',
      containerDefinitions: [{ name: 'main', image: 'x' }],
    }),
  );
const onFargate = {
  cluster,
  taskDefinition: 'web',
  launchType: 'FARGATE' as const,
  networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'] } },
};
const run = async () => {
  const command = new RunTaskCommand(onFargate);
  return (await client.send(command)).tasks?.[0]?.taskArn ?? '';
};
const listed = async () => (await client.send(new ListTasksCommand({ cluster }))).taskArns;
const described = async (...tasks: string[]) => {
  const answer = await client.send(new DescribeTasksCommand({ cluster, tasks }));
  return answer.tasks?.map(({ lastStatus }) => lastStatus);
};
const counts = async () => {
  const [found] = (await client.send(new DescribeClustersCommand({ clusters: [cluster] }))).clusters ?? [];
  return [found?.runningTasksCount, found?.activeServicesCount, found?.registeredContainerInstancesCount];
};

describe('ECS with eventual consistency', () => {
  it('lists and describes a cluster when its time has come', async () => {
    await createCluster();
    expect((await client.send(new ListClustersCommand({}))).clusterArns).toEqual([]);
    expect((await client.send(new DescribeClustersCommand({ clusters: [cluster] }))).failures).toHaveLength(1);
    await expect(listed()).rejects.toBeInstanceOf(ClusterNotFoundException);
    clock.advance(LAG_SECONDS);
    expect((await client.send(new ListClustersCommand({}))).clusterArns).toHaveLength(1);
    expect(await listed()).toEqual([]);
  });

  it('runs tasks in what it does not list yet', async () => {
    await createCluster();
    await register();
    expect(await run()).toContain(':task/shop/');
    expect(ecs.tasks()).toHaveLength(1);
  });

  it('lists a task later than it runs, and shows it as running after it was stopped', async () => {
    await createCluster();
    await register();
    clock.advance(LAG_SECONDS);
    const task = await run();
    expect(await listed()).toEqual([]);
    expect(await described(task)).toEqual([]);
    clock.advance(LAG_SECONDS);
    expect(await listed()).toEqual([task]);
    await client.send(new StopTaskCommand({ cluster, task }));
    expect(await described(task)).toEqual(['RUNNING']);
    expect(await listed()).toEqual([task]);
    clock.advance(LAG_SECONDS);
    expect(await described(task)).toEqual(['STOPPED']);
    expect(await listed()).toEqual([]);
  });

  it('lists services, task definitions and container instances later, and counts them later', async () => {
    await createCluster();
    clock.advance(LAG_SECONDS);
    await register();
    const { containerInstance } = await client.send(new RegisterContainerInstanceCommand({ cluster }));
    await client.send(new CreateServiceCommand({ ...onFargate, serviceName: 'front', desiredCount: 2 }));
    const look = async () => ({
      services: (await client.send(new ListServicesCommand({ cluster }))).serviceArns?.length,
      instances: (
        await client.send(
          new DescribeContainerInstancesCommand({
            cluster,
            containerInstances: [containerInstance?.containerInstanceArn ?? ''],
          }),
        )
      ).containerInstances?.length,
      counts: await counts(),
    });
    const describeDefinition = () => client.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'web' }));
    expect(await look()).toEqual({ services: 0, instances: 0, counts: [0, 0, 0] });
    await expect(describeDefinition()).rejects.toMatchObject({ name: 'ClientException' });
    clock.advance(LAG_SECONDS);
    expect(await look()).toEqual({ services: 1, instances: 1, counts: [2, 1, 1] });
    expect((await describeDefinition()).taskDefinition?.revision).toBe(1);
  });
});
