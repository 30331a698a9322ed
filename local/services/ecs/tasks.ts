/** The tasks of a cluster: run, stopped, listed and described. */
import type {
  DescribeTasksRequest,
  DescribeTasksResponse,
  ListTasksRequest,
  ListTasksResponse,
  RunTaskRequest,
  RunTaskResponse,
  StopTaskRequest,
  StopTaskResponse,
  Task,
} from '@aws-sdk/client-ecs';
import type { Clock } from '../../../shared/base/clock.ts';
import { AwsError } from '../../endpoint/aws-error.ts';
import type { Checked } from '../../endpoint/local-service.ts';
import type { EventualMap } from '../../eventual/eventual-map.ts';
import { pageOf } from '../page.ts';
import { type EcsCluster, type EcsState, findCluster, INVALID, lastPart, MAX_PAGE, missing } from './ecs-state.ts';
import { type ImageDigestOptions, withImageDigests } from './image-digests.ts';
import { startTasks, stopped } from './run-tasks.ts';
import { requireTaskDefinition } from './task-definitions.ts';

export interface TaskOptions extends ImageDigestOptions {
  readonly clock: Clock;
  readonly state: EcsState;
}

/** The tasks of a cluster by ARN; image digests that have become known since are kept with them. */
export const tasksOf = (options: TaskOptions, { tasks }: EcsCluster): EventualMap<string, Task> => {
  for (const [arn, task] of tasks) {
    const found = withImageDigests(task, options);
    if (found !== task) tasks.set(arn, found);
  }
  return tasks;
};

const seenTasks = (options: TaskOptions, cluster: string | undefined): ReadonlyMap<string, Task> =>
  tasksOf(options, findCluster(options.state.clusters.seen(), cluster)).seen();

const findTask = (tasks: ReadonlyMap<string, Task>, idOrArn: string): Task | undefined =>
  [...tasks.values()].find(({ taskArn = '' }) => taskArn === idOrArn || lastPart(taskArn) === idOrArn);

export const runTask = (options: TaskOptions, input: Checked<RunTaskRequest>): RunTaskResponse => {
  const { state, clock } = options;
  const taskDefinition = requireTaskDefinition(state.taskDefinitions, input.taskDefinition);
  const count = input.count ?? 1;
  const order = {
    taskDefinition,
    count,
    launchType: input.launchType ?? 'EC2',
    group: input.group ?? `family:${taskDefinition.family}`,
    startedBy: input.startedBy,
    platformVersion: input.platformVersion,
    overrides: input.overrides,
  };
  const cluster = findCluster(state.clusters, input.cluster);
  const started = startTasks(state, cluster, order, clock.now());
  const tasks = tasksOf(options, cluster);
  return { tasks: started.flatMap(({ taskArn = '' }) => tasks.get(taskArn) ?? []), failures: [] };
};

export const stopTask = (options: TaskOptions, input: Checked<StopTaskRequest>): StopTaskResponse => {
  const tasks = tasksOf(options, findCluster(options.state.clusters, input.cluster));
  const task = findTask(tasks, input.task);
  if (task?.taskArn === undefined) throw new AwsError(INVALID, 'The referenced task was not found.');
  const result = task.lastStatus === 'STOPPED' ? task : stopped(task, input.reason, options.clock.now());
  tasks.set(task.taskArn, result);
  return { task: result };
};

const familyOf = ({ taskDefinitionArn = '' }: Task): string | undefined => lastPart(taskDefinitionArn).split(':')[0];

/** A filter that is not given holds for everything; ECS lists running tasks unless it is told otherwise. */
const isListed = (task: Task, input: Checked<ListTasksRequest>): boolean => {
  const { serviceName, containerInstance, desiredStatus = 'RUNNING' } = input;
  const wanted: readonly (readonly [string | undefined, string | undefined])[] = [
    [desiredStatus, task.desiredStatus],
    [input.launchType, task.launchType],
    [input.family, familyOf(task)],
    [input.startedBy, task.startedBy],
    [serviceName && `service:${lastPart(serviceName)}`, task.group],
    [containerInstance && lastPart(containerInstance), lastPart(task.containerInstanceArn ?? '')],
  ];
  return wanted.every(([filter, actual]) => filter === undefined || filter === actual);
};

export const listTasks = (options: TaskOptions, input: Checked<ListTasksRequest>): ListTasksResponse => {
  const arns = [...seenTasks(options, input.cluster).values()]
    .filter((task) => isListed(task, input))
    .flatMap(({ taskArn }) => taskArn ?? []);
  const { items, nextToken } = pageOf(arns, input.maxResults ?? MAX_PAGE, input.nextToken, INVALID);
  return { taskArns: items, nextToken };
};

export const describeTasks = (options: TaskOptions, input: Checked<DescribeTasksRequest>): DescribeTasksResponse => {
  const tasks = seenTasks(options, input.cluster);
  const found = input.tasks.map((id) => findTask(tasks, id));
  return {
    tasks: found.filter((task) => task !== undefined),
    failures: input.tasks.filter((_, index) => found[index] === undefined).map(missing),
  };
};
