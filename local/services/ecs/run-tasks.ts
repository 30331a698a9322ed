/** Starts tasks: they run at once, and their containers have the digests that the registry knows. */
import type { Container, ContainerInstance, LaunchType, Task, TaskDefinition, TaskOverride } from '@aws-sdk/client-ecs';
import { AwsError } from '../../endpoint/aws-error.ts';
import { type EcsCluster, type EcsState, newId } from './ecs-state.ts';

export interface TaskOrder {
  readonly taskDefinition: TaskDefinition;
  readonly count: number;
  readonly launchType: LaunchType;
  readonly group: string;
  readonly startedBy: string | undefined;
  readonly platformVersion: string | undefined;
  readonly overrides: TaskOverride | undefined;
}

/** What LATEST means for Linux tasks on Fargate. */
const FARGATE_PLATFORM = '1.4.0';

const placeOn = (
  { instances }: EcsCluster,
  { launchType, taskDefinition }: TaskOrder,
): ContainerInstance | undefined => {
  if (launchType === 'FARGATE') {
    if (taskDefinition.compatibilities?.includes('FARGATE')) return undefined;
    throw new AwsError('InvalidParameterException', 'Task definition does not support launch_type FARGATE.');
  }
  const [instance] = instances.values();
  if (instance !== undefined) return instance;
  throw new AwsError('InvalidParameterException', 'No Container Instances were found in your cluster.');
};

const startOne = (state: EcsState, cluster: EcsCluster, order: TaskOrder, now: Date): Task => {
  const { taskDefinition, launchType, group, startedBy, overrides } = order;
  const instance = placeOn(cluster, order);
  const id = newId();
  const taskArn = state.arn(`task/${cluster.name}/${id}`);
  const containers = (taskDefinition.containerDefinitions ?? []).map(
    ({ name, image }): Container => ({
      containerArn: state.arn(`container/${cluster.name}/${id}/${newId()}`),
      taskArn,
      name,
      image,
      runtimeId: `${id}-${newId().slice(0, 10)}`,
      lastStatus: 'RUNNING',
      healthStatus: 'UNKNOWN',
      networkInterfaces: [],
    }),
  );
  const where =
    instance === undefined
      ? { platformVersion: order.platformVersion ?? FARGATE_PLATFORM, platformFamily: 'Linux' }
      : { containerInstanceArn: instance.containerInstanceArn };
  return {
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
};

export const startTasks = (state: EcsState, cluster: EcsCluster, order: TaskOrder, now: Date): Task[] => {
  const tasks = Array.from({ length: order.count }, () => startOne(state, cluster, order, now));
  for (const task of tasks) cluster.tasks.set(task.taskArn ?? '', task);
  return tasks;
};

export const stopped = (task: Task, reason: string | undefined, now: Date): Task => ({
  ...task,
  lastStatus: 'STOPPED',
  desiredStatus: 'STOPPED',
  stopCode: 'UserInitiated',
  stoppedReason: reason ?? 'Task stopped by user',
  stoppingAt: now,
  stoppedAt: now,
  version: (task.version ?? 1) + 1,
  containers: task.containers?.map((container) => ({ ...container, lastStatus: 'STOPPED', exitCode: 0 })),
});
