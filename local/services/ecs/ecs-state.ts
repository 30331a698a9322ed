/** What runs in the local ECS: clusters, task definitions, tasks, services and container instances. */
import { randomUUID } from 'node:crypto';
import type { ContainerInstance, Failure, Service, Tag, Task, TaskDefinition } from '@aws-sdk/client-ecs';
import { AwsError } from '../../endpoint/aws-error.ts';
import { EventualMap, type EventualMapOptions } from '../../eventual/eventual-map.ts';

export interface EcsCluster {
  readonly name: string;
  readonly arn: string;
  readonly tasks: EventualMap<string, Task>;
  readonly services: EventualMap<string, Service>;
  readonly instances: EventualMap<string, ContainerInstance>;
}

/** ECS is eventually consistent: what a call changed may be missing in what List and Describe calls answer next. */
export interface EcsState {
  /** By name; there is no cluster `default` until somebody creates it. */
  readonly clusters: EventualMap<string, EcsCluster>;
  /** Revisions by family, the first one at index 0. */
  readonly taskDefinitions: EventualMap<string, readonly TaskDefinition[]>;
  /** Of task definitions, services and tasks, by ARN. */
  readonly tags: EventualMap<string, readonly Tag[]>;
  readonly newCluster: (name: string) => EcsCluster;
  /** `arn:aws:ecs:REGION:ACCOUNT:RESOURCE` */
  readonly arn: (resource: string) => string;
}

export interface EcsStateOptions extends EventualMapOptions {
  readonly account: string;
  readonly region: string;
}

export const createEcsState = ({ account, region, ...consistency }: EcsStateOptions): EcsState => {
  const arn = (resource: string): string => `arn:aws:ecs:${region}:${account}:${resource}`;
  return {
    clusters: new EventualMap(consistency),
    taskDefinitions: new EventualMap(consistency),
    tags: new EventualMap(consistency),
    newCluster: (name) => ({
      name,
      arn: arn(`cluster/${name}`),
      tasks: new EventualMap(consistency),
      services: new EventualMap(consistency),
      instances: new EventualMap(consistency),
    }),
    arn,
  };
};

/** The service's code for a parameter outside its limits. */
export const INVALID = 'InvalidParameterException';

/** Ids of tasks and container instances: 32 hex digits. */
export const newId = (): string => randomUUID().replaceAll('-', '');

/** `cluster/task-id` of an ARN, `task-id` of that, or the word itself. */
export const lastPart = (nameOrArn: string): string => nameOrArn.split('/').at(-1) ?? nameOrArn;

/** 32 hex digits, or the older form of 36 characters. */
const ID = /^(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Throws InvalidParameterException for what is neither an ARN nor an id. `kind` is ECS's own word: `taskId`. */
export const requireIds = (kind: 'taskId' | 'instanceId', idsOrArns: readonly string[]): void => {
  if (idsOrArns.every((word) => word.startsWith('arn:') || ID.test(word))) return;
  throw new AwsError(INVALID, `${kind} length should be one of [32,36]`);
};

/** Among the clusters themselves for a call that changes something, among those that are seen for one that reads. */
export const findCluster = (clusters: ReadonlyMap<string, EcsCluster>, nameOrArn = 'default'): EcsCluster => {
  const cluster = clusters.get(lastPart(nameOrArn));
  if (cluster === undefined) throw new AwsError('ClusterNotFoundException', 'Cluster not found.');
  return cluster;
};

export const MAX_PAGE = 100;

/** What the describing operations say of a name or an ARN that they do not know. */
export const missing = (arn: string): Failure => ({ arn, reason: 'MISSING' });
