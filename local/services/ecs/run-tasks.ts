/** Starts tasks: they run at once, or they have failed at once because an image cannot be pulled. */
import type {
  Container,
  ContainerInstance,
  LaunchType,
  NetworkConfiguration,
  Tag,
  Task,
  TaskDefinition,
  TaskOverride,
} from '@aws-sdk/client-ecs';
import type { Clock } from '../../../shared/base/clock.ts';
import { isDigest } from '../../../shared/image/digest.ts';
import { AwsError } from '../../endpoint/aws-error.ts';
import { type EcsCluster, type EcsState, INVALID, newId } from './ecs-state.ts';
import { type ImageDigestOptions, pullImage } from './image-digests.ts';
import { requireNetwork } from './network-configuration.ts';
import { notStarted } from './stopped-tasks.ts';

export interface TaskOptions extends ImageDigestOptions {
  readonly clock: Clock;
  readonly state: EcsState;
}

export interface TaskOrder {
  readonly taskDefinition: TaskDefinition;
  readonly count: number;
  readonly launchType: LaunchType;
  readonly networkConfiguration: NetworkConfiguration | undefined;
  readonly group: string;
  readonly startedBy: string | undefined;
  readonly platformVersion: string | undefined;
  readonly overrides: TaskOverride | undefined;
  readonly tags: readonly Tag[];
}

/** What LATEST means for Linux tasks on Fargate. */
const FARGATE_PLATFORM = '1.4.0';

const placeOn = (
  { instances }: EcsCluster,
  { launchType, taskDefinition }: TaskOrder,
): ContainerInstance | undefined => {
  if (launchType === 'FARGATE') {
    if (taskDefinition.compatibilities?.includes('FARGATE')) return undefined;
    throw new AwsError(INVALID, 'Task definition does not support launch_type FARGATE.');
  }
  const [instance] = instances.values();
  if (instance !== undefined) return instance;
  throw new AwsError(INVALID, 'No Container Instances were found in your cluster.');
};

interface Pulled {
  readonly containers: Container[];
  /** The image of a container that cannot be started. */
  readonly missing: string | undefined;
}

const pullContainers = (
  options: TaskOptions,
  { containerDefinitions = [] }: TaskDefinition,
  taskArn: string,
  id: string,
): Pulled => {
  const pulls = containerDefinitions.map(({ name, image = '' }) => ({
    name,
    image,
    pulled: pullImage(image, options),
  }));
  const containers = pulls.map(
    ({ name, image, pulled }): Container => ({
      containerArn: `${taskArn.replace(':task/', ':container/')}/${newId()}`,
      taskArn,
      name,
      image,
      ...(isDigest(pulled) && { imageDigest: pulled }),
      runtimeId: `${id}-${newId().slice(0, 10)}`,
      lastStatus: 'RUNNING',
      healthStatus: 'UNKNOWN',
      networkInterfaces: [],
    }),
  );
  return { containers, missing: pulls.find(({ pulled }) => pulled === 'not-found')?.image };
};

const startOne = (
  options: TaskOptions,
  cluster: EcsCluster,
  order: TaskOrder,
  instance: ContainerInstance | undefined,
): Task => {
  const { taskDefinition, launchType, group, startedBy, overrides } = order;
  const id = newId();
  const taskArn = options.state.arn(`task/${cluster.name}/${id}`);
  const { containers, missing } = pullContainers(options, taskDefinition, taskArn, id);
  const where =
    instance === undefined
      ? { platformVersion: order.platformVersion ?? FARGATE_PLATFORM, platformFamily: 'Linux' }
      : { containerInstanceArn: instance.containerInstanceArn };
  const now = options.clock.now();
  const task: Task = {
    taskArn,
    clusterArn: cluster.arn,
    taskDefinitionArn: taskDefinition.taskDefinitionArn,
    group,
    startedBy,
    launchType,
    ...where,
    containers,
    overrides: overrides ?? { containerOverrides: [] },
    cpu: taskDefinition.cpu,
    memory: taskDefinition.memory,
    lastStatus: 'RUNNING',
    desiredStatus: 'RUNNING',
    healthStatus: 'UNKNOWN',
    connectivity: 'CONNECTED',
    createdAt: now,
    startedAt: now,
    version: 1,
  };
  return missing === undefined ? task : notStarted(task, missing, now);
};

/** Throws InvalidParameterException for an order that the cluster or the task definition does not allow. */
export const startTasks = (options: TaskOptions, cluster: EcsCluster, order: TaskOrder): readonly Task[] => {
  requireNetwork(order.taskDefinition, order.networkConfiguration);
  const instance = placeOn(cluster, order);
  const tasks = Array.from({ length: order.count }, () => startOne(options, cluster, order, instance));
  for (const task of tasks) {
    const { taskArn = '' } = task;
    cluster.tasks.set(taskArn, task);
    options.state.tags.set(taskArn, order.tags);
  }
  return tasks;
};
