/** What ECS calls need: many act inside of a cluster, which conditions may name. */
import { textsAt } from '../../services/values-at.ts';
import { arnOf, isArn, type OperationTable, type Place, type RequiredBy, sameFor, textAt } from './required.ts';

const clusterArn = (nameOrArn: string, place: Place): string =>
  isArn(nameOrArn) ? nameOrArn : arnOf('ecs', place, `cluster/${nameOrArn}`);

/** Without one, the cluster with the name `default` is meant. */
const clusterOf = (input: object | undefined, place: Place): string =>
  clusterArn(textAt(input, 'cluster') ?? 'default', place);

/** `arn:aws:ecs:R:A:cluster/NAME` and a task's id give `arn:aws:ecs:R:A:task/NAME/ID`. */
const arnInCluster = (type: string, idOrArn: string, cluster: string): string =>
  isArn(idOrArn) ? idOrArn : `${cluster.replace(':cluster/', `:${type}/`)}/${idOrArn}`;

/** `path` is where the input names the resources by id or ARN. */
const inCluster =
  (action: string, type: string, path: string): RequiredBy =>
  (input, place) => {
    const cluster = clusterOf(input, place);
    return textsAt(input, path).map((id) => ({
      action: `ecs:${action}`,
      resource: arnInCluster(type, id, cluster),
      context: { 'ecs:cluster': [cluster] },
    }));
  };

const onCluster =
  (action: string): RequiredBy =>
  (input, place) => [{ action: `ecs:${action}`, resource: clusterOf(input, place) }];

const anywhereInCluster =
  (action: string): RequiredBy =>
  (input, place) => [{ action: `ecs:${action}`, resource: '*', context: { 'ecs:cluster': [clusterOf(input, place)] } }];

// The reference names container instances only; ECS asks for `*` where the request names none.
const listTasks: RequiredBy = (input, place) =>
  textAt(input, 'containerInstance') === undefined
    ? anywhereInCluster('ListTasks')(input, place)
    : inCluster('ListTasks', 'container-instance', 'containerInstance')(input, place);

const describeClusters: RequiredBy = (input, place) => {
  const named = textsAt(input, 'clusters');
  return (named.length === 0 ? ['default'] : named).map((cluster) => ({
    action: 'ecs:DescribeClusters',
    resource: clusterArn(cluster, place),
  }));
};

export const ECS: OperationTable = {
  DescribeTasks: inCluster('DescribeTasks', 'task', 'tasks'),
  StopTask: inCluster('StopTask', 'task', 'task'),
  DescribeContainerInstances: inCluster('DescribeContainerInstances', 'container-instance', 'containerInstances'),
  DescribeServices: inCluster('DescribeServices', 'service', 'services'),
  UpdateService: inCluster('UpdateService', 'service', 'service'),
  ListContainerInstances: onCluster('ListContainerInstances'),
  ListServices: anywhereInCluster('ListServices'),
  ListTasks: listTasks,
  DescribeClusters: describeClusters,
  ...sameFor('ecs', ['ListTagsForResource', 'TagResource', 'UntagResource'], (input) => [
    textAt(input, 'resourceArn') ?? '*',
  ]),
};
