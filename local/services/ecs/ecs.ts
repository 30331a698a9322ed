/** ECS as far as findings need it: which tasks run which image, and how they are isolated. */
import * as schemas from '@aws-sdk/client-ecs';
import type { Checked, LocalService } from '../../endpoint/local-service.ts';
import { createCluster, describeClusters, listClusters } from './clusters.ts';
import { describeContainerInstances, registerContainerInstance } from './container-instances.ts';
import { ECS_CONSTRAINTS } from './ecs-constraints.ts';
import { createEcsState, INVALID } from './ecs-state.ts';
import type { TaskOptions } from './run-tasks.ts';
import { createService, listServices } from './services.ts';
import { listTagsForResource, tagResource, untagResource } from './tags.ts';
import { describeTaskDefinition, registerTaskDefinition } from './task-definitions.ts';
import { describeTasks, listTasks, runTask, stopTask } from './tasks.ts';

export interface EcsOptions extends Omit<TaskOptions, 'state'> {
  /** How long a change stays unseen by List and Describe calls; 0 or absent: not at all. */
  readonly lagMs?: number | undefined;
}

export interface Ecs extends LocalService {
  /** Every task of every cluster as it truly is, stopped ones too. */
  readonly tasks: () => readonly schemas.Task[];
}

export const createEcs = (given: EcsOptions): Ecs => {
  const state = createEcsState({ ...given, lagMs: given.lagMs ?? 0 });
  const options: TaskOptions = { ...given, state };
  const now = given.clock.now;
  return {
    name: 'ecs',
    client: { schemas, config: new schemas.ECSClient({ region: given.region }).config },
    invalidInputCode: INVALID,
    constraints: ECS_CONSTRAINTS,
    handlers: {
      CreateCluster: (input: Checked<schemas.CreateClusterRequest>) => createCluster(state, input),
      DescribeClusters: (input: Checked<schemas.DescribeClustersRequest>) => describeClusters(state, input),
      ListClusters: (input: Checked<schemas.ListClustersRequest>) => listClusters(state, input),
      RegisterTaskDefinition: (input: Checked<schemas.RegisterTaskDefinitionRequest>) =>
        registerTaskDefinition(state, input, now()),
      DescribeTaskDefinition: (input: Checked<schemas.DescribeTaskDefinitionRequest>) =>
        describeTaskDefinition(state, input),
      RunTask: (input: Checked<schemas.RunTaskRequest>) => runTask(options, input),
      StopTask: (input: Checked<schemas.StopTaskRequest>) => stopTask(options, input),
      ListTasks: (input: Checked<schemas.ListTasksRequest>) => listTasks(options, input),
      DescribeTasks: (input: Checked<schemas.DescribeTasksRequest>) => describeTasks(options, input),
      CreateService: (input: Checked<schemas.CreateServiceRequest>) => createService(options, input),
      ListServices: (input: Checked<schemas.ListServicesRequest>) => listServices(state, input),
      ListTagsForResource: (input: Checked<schemas.ListTagsForResourceRequest>) => listTagsForResource(state, input),
      TagResource: (input: Checked<schemas.TagResourceRequest>) => tagResource(state, input),
      UntagResource: (input: Checked<schemas.UntagResourceRequest>) => untagResource(state, input),
      RegisterContainerInstance: (input: Checked<schemas.RegisterContainerInstanceRequest>) =>
        registerContainerInstance(state, input, now()),
      DescribeContainerInstances: (input: Checked<schemas.DescribeContainerInstancesRequest>) =>
        describeContainerInstances(state, input),
    },
    tasks: () => [...state.clusters.values()].flatMap(({ tasks }) => [...tasks.values()]),
  };
};
