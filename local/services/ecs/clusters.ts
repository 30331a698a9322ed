/** ECS clusters, and what is counted in them. */
import type {
  Cluster,
  CreateClusterRequest,
  CreateClusterResponse,
  DescribeClustersRequest,
  DescribeClustersResponse,
  ListClustersRequest,
  ListClustersResponse,
} from '@aws-sdk/client-ecs';
import type { Checked } from '../../endpoint/local-service.ts';
import { pageOf } from '../page.ts';
import { type EcsCluster, type EcsState, INVALID, lastPart, MAX_PAGE, missing } from './ecs-state.ts';

const clusterFrom = ({ name, arn, tasks, services, instances }: EcsCluster): Cluster => ({
  clusterArn: arn,
  clusterName: name,
  status: 'ACTIVE',
  runningTasksCount: [...tasks.seen().values()].filter(({ lastStatus }) => lastStatus === 'RUNNING').length,
  pendingTasksCount: 0,
  activeServicesCount: services.seen().size,
  registeredContainerInstancesCount: instances.seen().size,
});

/** Creating a cluster that exists gives that cluster. */
export const createCluster = (
  state: EcsState,
  { clusterName: name = 'default' }: Checked<CreateClusterRequest>,
): CreateClusterResponse => {
  const cluster = state.clusters.get(name) ?? state.newCluster(name);
  state.clusters.set(name, cluster);
  return { cluster: clusterFrom(cluster) };
};

export const describeClusters = (
  state: EcsState,
  { clusters = ['default'] }: Checked<DescribeClustersRequest>,
): DescribeClustersResponse => {
  const seen = state.clusters.seen();
  const found = clusters.map((name) => seen.get(lastPart(name)));
  return {
    clusters: found.filter((cluster) => cluster !== undefined).map(clusterFrom),
    failures: clusters.filter((_, index) => found[index] === undefined).map(missing),
  };
};

export const listClusters = (state: EcsState, input: Checked<ListClustersRequest>): ListClustersResponse => {
  const arns = [...state.clusters.seen().values()].map(({ arn }) => arn);
  const { items, nextToken } = pageOf(arns, input.maxResults ?? MAX_PAGE, input.nextToken, INVALID);
  return { clusterArns: items, nextToken };
};
