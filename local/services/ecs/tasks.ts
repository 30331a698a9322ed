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
import { AwsError } from '../../endpoint/aws-error.ts';
import type { Checked } from '../../endpoint/local-service.ts';
import { pageOf } from '../page.ts';
import { findCluster, INVALID, lastPart, MAX_PAGE, missing, requireIds } from './ecs-state.ts';
import { startTasks, type TaskOptions } from './run-tasks.ts';
import { stopped } from './stopped-tasks.ts';
import { mergedTags } from './tags.ts';
import { requireTaskDefinition } from './task-definitions.ts';

const seenTasks = ({ state }: TaskOptions, cluster: string | undefined): ReadonlyMap<string, Task> =>
  findCluster(state.clusters.seen(), cluster).tasks.seen();

const findTask = (tasks: ReadonlyMap<string, Task>, idOrArn: string): Task | undefined =>
  [...tasks.values()].find(({ taskArn = '' }) => taskArn === idOrArn || lastPart(taskArn) === idOrArn);

export const runTask = (options: TaskOptions, input: Checked<RunTaskRequest>): RunTaskResponse => {
  const { clusters, taskDefinitions } = options.state;
  const taskDefinition = requireTaskDefinition(taskDefinitions, input.taskDefinition);
  const { taskDefinitionArn = '' } = taskDefinition;
  // The task's own tags win over those of its definition.
  const inherited = input.propagateTags === 'TASK_DEFINITION' ? options.state.tags.get(taskDefinitionArn) : undefined;
  const tags = mergedTags(inherited, input.tags);
  const tasks = startTasks(options, findCluster(clusters, input.cluster), {
    taskDefinition,
    count: input.count ?? 1,
    launchType: input.launchType ?? 'EC2',
    networkConfiguration: input.networkConfiguration,
    group: input.group ?? `family:${taskDefinition.family}`,
    startedBy: input.startedBy,
    platformVersion: input.platformVersion,
    overrides: input.overrides,
    tags,
  });
  return { tasks: tasks.map((task) => (tags.length > 0 ? { ...task, tags: [...tags] } : task)), failures: [] };
};

export const stopTask = (options: TaskOptions, input: Checked<StopTaskRequest>): StopTaskResponse => {
  const { tasks } = findCluster(options.state.clusters, input.cluster);
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
  requireIds('taskId', input.tasks);
  const tasks = seenTasks(options, input.cluster);
  const found = input.tasks.map((id) => findTask(tasks, id));
  const tags = input.include?.includes('TAGS') ? options.state.tags.seen() : undefined;
  return {
    tasks: found
      .filter((task) => task !== undefined)
      .map((task) => (tags ? { ...task, tags: [...(tags.get(task.taskArn ?? '') ?? [])] } : task)),
    failures: input.tasks.filter((_, index) => found[index] === undefined).map(missing),
  };
};
