/** Container instances: the EC2 hosts of a cluster, with the attributes that tell their operating system. */
import { randomBytes } from 'node:crypto';
import type {
  ContainerInstance,
  DescribeContainerInstancesRequest,
  DescribeContainerInstancesResponse,
  RegisterContainerInstanceRequest,
  RegisterContainerInstanceResponse,
} from '@aws-sdk/client-ecs';
import type { Checked } from '../../endpoint/local-service.ts';
import { type EcsState, findCluster, lastPart, missing, newId, requireIds } from './ecs-state.ts';

export const registerContainerInstance = (
  state: EcsState,
  input: Checked<RegisterContainerInstanceRequest>,
  now: Date,
): RegisterContainerInstanceResponse => {
  const cluster = findCluster(state.clusters, input.cluster);
  const containerInstanceArn = state.arn(`container-instance/${cluster.name}/${newId()}`);
  const containerInstance: ContainerInstance = {
    containerInstanceArn,
    ec2InstanceId: `i-0${randomBytes(8).toString('hex')}`,
    status: 'ACTIVE',
    agentConnected: true,
    attributes: input.attributes,
    registeredResources: input.totalResources,
    remainingResources: input.totalResources,
    versionInfo: input.versionInfo,
    registeredAt: now,
    tags: input.tags,
    version: 1,
  };
  cluster.instances.set(containerInstanceArn, containerInstance);
  return { containerInstance };
};

export const describeContainerInstances = (
  state: EcsState,
  input: Checked<DescribeContainerInstancesRequest>,
): DescribeContainerInstancesResponse => {
  requireIds('instanceId', input.containerInstances);
  const cluster = findCluster(state.clusters.seen(), input.cluster);
  const [instances, tasks] = [cluster.instances.seen(), cluster.tasks.seen()];
  const found = input.containerInstances.map((id) =>
    [...instances.values()].find(({ containerInstanceArn = '' }) => lastPart(containerInstanceArn) === lastPart(id)),
  );
  const running = (arn: string | undefined): number =>
    [...tasks.values()].filter(
      ({ containerInstanceArn, lastStatus }) => containerInstanceArn === arn && lastStatus === 'RUNNING',
    ).length;
  return {
    containerInstances: found
      .filter((instance) => instance !== undefined)
      .map((instance) => ({
        ...instance,
        runningTasksCount: running(instance.containerInstanceArn),
        pendingTasksCount: 0,
      })),
    failures: input.containerInstances.filter((_, index) => found[index] === undefined).map(missing),
  };
};
