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
import { pageOf, pageSize } from '../page.ts';
import { type EcsState, findCluster, INVALID, lastPart, MAX_PAGE, missing } from './ecs-state.ts';
import { type ImageDigestOptions, withImageDigests } from './image-digests.ts';
import { startTasks, stopped } from './run-tasks.ts';
import { requireTaskDefinition } from './task-definitions.ts';

export interface TaskOptions extends ImageDigestOptions {
  readonly clock: Clock;
  readonly state: EcsState;
}

const MAX_DESCRIBED = 100;
const MAX_RUN = 10;

/** The tasks of a cluster by ARN; image digests that have become known since are kept with them. */
export const tasksOf = (options: TaskOptions, cluster: string | undefined): ReadonlyMap<string, Task> => {
  const { tasks } = findCluster(options.state, cluster);
  for (const [arn, task] of tasks) tasks.set(arn, withImageDigests(task, options));
  return tasks;
};

const findTask = (tasks: ReadonlyMap<string, Task>, idOrArn: string): Task | undefined =>
  [...tasks.values()].find(({ taskArn = '' }) => taskArn === idOrArn || lastPart(taskArn) === idOrArn);

export const runTask = (options: TaskOptions, input: Checked<RunTaskRequest>): RunTaskResponse => {
  const { state, clock } = options;
  const taskDefinition = requireTaskDefinition(state, input.taskDefinition);
  const count = input.count ?? 1;
  if (count < 1 || count > MAX_RUN) throw new AwsError(INVALID, `A call runs 1 to ${MAX_RUN} tasks.`);
  const order = {
    taskDefinition,
    count,
    launchType: input.launchType ?? 'EC2',
    group: input.group ?? `family:${taskDefinition.family}`,
    startedBy: input.startedBy,
    platformVersion: input.platformVersion,
    overrides: input.overrides,
  };
  const started = startTasks(state, findCluster(state, input.cluster), order, clock.now());
  const tasks = tasksOf(options, input.cluster);
  return { tasks: started.flatMap(({ taskArn = '' }) => tasks.get(taskArn) ?? []), failures: [] };
};

export const stopTask = (options: TaskOptions, input: Checked<StopTaskRequest>): StopTaskResponse => {
  const task = findTask(tasksOf(options, input.cluster), input.task);
  if (task?.taskArn === undefined) throw new AwsError(INVALID, 'The referenced task was not found.');
  const result = task.lastStatus === 'STOPPED' ? task : stopped(task, input.reason, options.clock.now());
  findCluster(options.state, input.cluster).tasks.set(task.taskArn, result);
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
  const arns = [...tasksOf(options, input.cluster).values()]
    .filter((task) => isListed(task, input))
    .flatMap(({ taskArn }) => taskArn ?? []);
  const { items, nextToken } = pageOf(arns, pageSize(input.maxResults, MAX_PAGE, INVALID), input.nextToken, INVALID);
  return { taskArns: items, nextToken };
};

export const describeTasks = (options: TaskOptions, input: Checked<DescribeTasksRequest>): DescribeTasksResponse => {
  if (input.tasks.length > MAX_DESCRIBED) throw new AwsError(INVALID, `A call describes ${MAX_DESCRIBED} tasks.`);
  const tasks = tasksOf(options, input.cluster);
  const found = input.tasks.map((id) => findTask(tasks, id));
  return {
    tasks: found.filter((task) => task !== undefined),
    failures: input.tasks.filter((_, index) => found[index] === undefined).map(missing),
  };
};
