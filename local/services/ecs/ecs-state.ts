/** What runs in the local ECS: clusters, task definitions, tasks, services and container instances. */
import { randomUUID } from 'node:crypto';
import type { ContainerInstance, Failure, Service, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { AwsError } from '../../endpoint/aws-error.ts';

export interface EcsCluster {
  readonly name: string;
  readonly arn: string;
  readonly tasks: Map<string, Task>;
  readonly services: Map<string, Service>;
  readonly instances: Map<string, ContainerInstance>;
}

export interface EcsState {
  /** By name; there is no cluster `default` until somebody creates it. */
  readonly clusters: Map<string, EcsCluster>;
  /** Revisions by family, the first one at index 0. */
  readonly taskDefinitions: Map<string, TaskDefinition[]>;
  /** `arn:aws:ecs:REGION:ACCOUNT:RESOURCE` */
  readonly arn: (resource: string) => string;
}

export const createEcsState = ({
  account,
  region,
}: {
  readonly account: string;
  readonly region: string;
}): EcsState => ({
  clusters: new Map(),
  taskDefinitions: new Map(),
  arn: (resource) => `arn:aws:ecs:${region}:${account}:${resource}`,
});

/** Ids of tasks and container instances: 32 hex digits. */
export const newId = (): string => randomUUID().replaceAll('-', '');

/** `cluster/task-id` of an ARN, `task-id` of that, or the word itself. */
export const lastPart = (nameOrArn: string): string => nameOrArn.split('/').at(-1) ?? nameOrArn;

export const findCluster = (state: EcsState, nameOrArn = 'default'): EcsCluster => {
  const cluster = state.clusters.get(lastPart(nameOrArn));
  if (cluster === undefined) throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
  return cluster;
};

/** The service's code for a parameter outside its limits. */
export const INVALID = 'InvalidParameterException';
export const MAX_PAGE = 100;

/** What the describing operations say of a name or an ARN that they do not know. */
export const missing = (arn: string): Failure => ({ arn, reason: 'MISSING' });
