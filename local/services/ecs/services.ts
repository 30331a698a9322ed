/** ECS services: a number of tasks of one task definition, in the group `service:NAME`. */
import type {
  CreateServiceRequest,
  CreateServiceResponse,
  ListServicesRequest,
  ListServicesResponse,
  Service,
  Tag,
  TaskDefinition,
} from '@aws-sdk/client-ecs';
import { AwsError } from '../../endpoint/aws-error.ts';
import type { Checked } from '../../endpoint/local-service.ts';
import { pageOf } from '../page.ts';
import { type EcsState, findCluster, INVALID, MAX_PAGE, newId } from './ecs-state.ts';
import { startTasks, type TaskOptions } from './run-tasks.ts';
import { requireTaskDefinition } from './task-definitions.ts';

/** The tasks are started once; nothing replaces one that is stopped. */
export const createService = (options: TaskOptions, input: Checked<CreateServiceRequest>): CreateServiceResponse => {
  const { state, clock } = options;
  const cluster = findCluster(state.clusters, input.cluster);
  const taskDefinition = requireTaskDefinition(state.taskDefinitions, input.taskDefinition ?? '');
  if (cluster.services.has(input.serviceName)) {
    throw new AwsError(INVALID, 'Creation of service was not idempotent.');
  }
  const count = input.desiredCount ?? 1;
  const launchType = input.launchType ?? 'EC2';
  const tasks = startTasks(options, cluster, {
    taskDefinition,
    count,
    launchType,
    networkConfiguration: input.networkConfiguration,
    group: `service:${input.serviceName}`,
    startedBy: `ecs-svc/${newId().slice(0, 19)}`,
    platformVersion: input.platformVersion,
    overrides: undefined,
    tags: propagatedTags(state, taskDefinition, input),
  });
  const serviceArn = state.arn(`service/${cluster.name}/${input.serviceName}`);
  state.tags.set(serviceArn, input.tags ?? []);
  const service: Service = {
    serviceArn,
    serviceName: input.serviceName,
    clusterArn: cluster.arn,
    taskDefinition: taskDefinition.taskDefinitionArn,
    launchType,
    status: 'ACTIVE',
    desiredCount: count,
    runningCount: tasks.filter(({ lastStatus }) => lastStatus === 'RUNNING').length,
    pendingCount: 0,
    networkConfiguration: input.networkConfiguration,
    propagateTags: input.propagateTags ?? 'NONE',
    createdAt: clock.now(),
  };
  cluster.services.set(input.serviceName, service);
  return { service: { ...service, tags: input.tags } };
};

/** Tasks get tags when they are started, and not when those of the service or the definition change. */
const propagatedTags = (
  state: EcsState,
  { taskDefinitionArn = '' }: TaskDefinition,
  { propagateTags, tags = [] }: Checked<CreateServiceRequest>,
): readonly Tag[] => {
  if (propagateTags === 'SERVICE') return tags;
  return propagateTags === 'TASK_DEFINITION' ? (state.tags.get(taskDefinitionArn) ?? []) : [];
};

export const listServices = (state: EcsState, input: Checked<ListServicesRequest>): ListServicesResponse => {
  const arns = [...findCluster(state.clusters.seen(), input.cluster).services.seen().values()]
    .filter(({ launchType }) => input.launchType === undefined || input.launchType === launchType)
    .flatMap(({ serviceArn }) => serviceArn ?? []);
  const { items, nextToken } = pageOf(arns, input.maxResults ?? MAX_PAGE, input.nextToken, INVALID);
  return { serviceArns: items, nextToken };
};
