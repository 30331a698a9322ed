import {
  type ContainerDefinition,
  ECSClient,
  type KernelCapabilities,
  RegisterTaskDefinitionCommand,
  type RegisterTaskDefinitionCommandInput,
} from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalFront, startFront } from '../local-front.ts';

let front: LocalFront;
let client: ECSClient;
beforeEach(async () => {
  front = await startFront();
  client = new ECSClient(front.client);
});
afterEach(() => front.close());

type Change = Partial<RegisterTaskDefinitionCommandInput>;

const MAIN: ContainerDefinition = { name: 'main', image: 'nginx' };
const container = (change: ContainerDefinition): Change => ({ containerDefinitions: [{ ...MAIN, ...change }] });
const adds = (...names: string[]): Change => {
  const capabilities: KernelCapabilities = { add: names };
  return container({ linuxParameters: { capabilities } });
};

/** A task definition that Fargate takes, but for the change. */
const register = (
  change: Change,
  requiresCompatibilities?: RegisterTaskDefinitionCommandInput['requiresCompatibilities'],
) =>
  client.send(
    new RegisterTaskDefinitionCommand({
      family: 'web',
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '512',
      containerDefinitions: [MAIN],
      requiresCompatibilities,
      ...change,
    }),
  );

describe('a task definition for Fargate', () => {
  it.each<[string, Change]>([
    ['the least of everything', {}],
    ['the one capability that can be added', adds('SYS_PTRACE')],
    ['capabilities that are dropped', container({ linuxParameters: { capabilities: { drop: ['ALL'] } } })],
    ['settings that are empty or off', container({ privileged: false, links: [], dockerSecurityOptions: [] })],
    ['one process namespace for the task', { pidMode: 'task' }],
    ['a volume without a path of the host', { volumes: [{ name: 'scratch', host: {} }] }],
    [
      'a host port that is the port of the container',
      container({ portMappings: [{ containerPort: 80, hostPort: 80 }] }),
    ],
  ])('may have %s', async (_, change) => {
    const { taskDefinition } = await register(change, ['FARGATE']);
    expect(taskDefinition?.compatibilities).toEqual(['EC2', 'FARGATE']);
  });

  const SETTINGS: readonly [string, Change, string][] = [
    ['the network of the host', { networkMode: 'host' }, 'Fargate only supports network mode ‘awsvpc’.'],
    ['no network mode', { networkMode: undefined }, 'Fargate only supports network mode ‘awsvpc’.'],
    [
      'the process namespace of the host',
      { pidMode: 'host' },
      "Tasks using the Fargate launch type do not support pidMode 'host'. The supported value for pidMode is 'task'.",
    ],
    ['an IPC namespace', { ipcMode: 'task' }, 'Fargate compatible task definitions do not support ipcMode'],
    ['all privileges', container({ privileged: true }), "Fargate requires that the 'privileged' setting be 'false'."],
    ['a further capability', adds('SYS_PTRACE', 'SYS_ADMIN'), 'SYS_ADMIN is not allowed on Fargate.'],
    [
      'a device of the host',
      container({ linuxParameters: { devices: [{ hostPath: '/dev/kvm' }] } }),
      'Fargate compatible task definitions do not support devices',
    ],
    [
      'shared memory of its own',
      container({ linuxParameters: { sharedMemorySize: 64 } }),
      'Fargate compatible task definitions do not support sharedMemorySize',
    ],
    [
      'security options of Docker',
      container({ dockerSecurityOptions: ['no-new-privileges'] }),
      'Fargate compatible task definitions do not support dockerSecurityOptions',
    ],
    [
      'a path of the host',
      { volumes: [{ name: 'socket', host: { sourcePath: '/var/run/docker.sock' } }] },
      'Fargate compatible task definitions do not support sourcePath',
    ],
    [
      'a volume of Docker',
      { volumes: [{ name: 'data', dockerVolumeConfiguration: { scope: 'task' } }] },
      'Fargate compatible task definitions do not support dockerVolumeConfiguration',
    ],
    [
      'placement constraints',
      { placementConstraints: [{ type: 'memberOf', expression: 'attribute:zone == a' }] },
      'Fargate compatible task definitions do not support constraints',
    ],
    [
      'a GPU',
      container({ resourceRequirements: [{ type: 'GPU', value: '1' }] }),
      'Tasks using the Fargate launch type do not support GPU resource requirements',
    ],
    ['no CPU', { cpu: undefined }, "Fargate requires that 'cpu' be defined at the task level."],
    [
      'a size that Fargate does not have',
      { cpu: '1 vCPU', memory: '1 GB' },
      'No Fargate configuration exists for given values: 1024 CPU, 1024 memory. See the Amazon ECS documentation for the valid values.',
    ],
    [
      'a size that Fargate does not have for Windows',
      { runtimePlatform: { operatingSystemFamily: 'WINDOWS_SERVER_2022_CORE' } },
      'No Fargate configuration exists for given values: 256 CPU, 512 memory. See the Amazon ECS documentation for the valid values.',
    ],
  ];

  it.each(SETTINGS)('may not have %s', async (_, change, message) => {
    await expect(register(change, ['EC2', 'FARGATE'])).rejects.toMatchObject({ name: 'ClientException', message });
  });

  it('may not be without memory', async () => {
    const change = { ...container({ memory: 512 }), memory: undefined };
    const message = "Fargate requires that 'memory' be defined at the task level.";
    await expect(register(change, ['FARGATE'])).rejects.toMatchObject({ name: 'ClientException', message });
  });

  it.each(SETTINGS)('is not what one with %s is, which EC2 runs', async (_, change) => {
    const { taskDefinition } = await register(change);
    expect(taskDefinition?.compatibilities).toEqual(['EC2']);
  });
});

describe('every task definition', () => {
  it('has CPU units and MiB, however they were written', async () => {
    const { taskDefinition } = await register({ cpu: '.5 vCPU', memory: '1 GB' });
    expect(taskDefinition).toMatchObject({ cpu: '512', memory: '1024' });
  });

  it.each<[string, Change, string]>([
    ['without an image', container({ image: '' }), 'Container.name and Container.image should not be null or empty.'],
    ['with CPU that is none', { cpu: 'some' }, "Invalid 'cpu' setting for task."],
    ['with memory that is none', { memory: 'some' }, "Invalid 'memory' setting for task."],
    [
      'without memory',
      { memory: undefined },
      "Invalid setting for container 'main'. At least one of 'memory' or 'memoryReservation' must be specified.",
    ],
    ['with links in awsvpc', container({ links: ['db'] }), 'Links are not supported when networkMode=awsvpc.'],
    [
      'with DNS servers in awsvpc',
      container({ dnsServers: ['10.0.0.2'] }),
      'DNS servers are not supported on container when networkMode=awsvpc.',
    ],
    [
      'without a network in awsvpc',
      container({ disableNetworking: true }),
      'Disable Networking is not supported on container when networkMode=awsvpc.',
    ],
    [
      'with another host port in awsvpc',
      container({ portMappings: [{ containerPort: 80, hostPort: 8080 }] }),
      'When networkMode=awsvpc, the host ports and container ports in port mappings must match.',
    ],
  ])('%s is refused', async (_, change, message) => {
    await expect(register(change)).rejects.toMatchObject({ name: 'ClientException', message });
  });

  it.each<[string, Change]>([
    ['links', container({ links: ['db'] })],
    ['another host port', container({ portMappings: [{ containerPort: 80, hostPort: 8080 }] })],
    ['memory in its containers only', { ...container({ memoryReservation: 64 }), memory: undefined }],
  ])('may have %s in the mode bridge', async (_, change) => {
    const { taskDefinition } = await register({ networkMode: 'bridge', ...change });
    expect(taskDefinition?.compatibilities).toEqual(['EC2']);
  });
});
