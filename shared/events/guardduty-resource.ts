/** Where a threat was seen: the cluster, the task or pod, and the containers that a GuardDuty finding names. */
import * as z from 'zod/mini';
import type { Threat, ThreatContainer } from '../finding/finding.ts';
import { tagsFromLists } from './resource-tags.ts';

const Text = z.nullish(z.string());
const Tags = z.optional(z.unknown());

const Container = z.object({
  name: Text,
  image: Text,
  securityContext: z.nullish(z.object({ privileged: z.nullish(z.boolean()) })),
});
const Containers = z.nullish(z.array(Container));

const Task = z.object({
  arn: Text,
  definitionArn: Text,
  group: Text,
  launchType: Text,
  tags: Tags,
  containers: Containers,
});
const KubernetesWorkload = z.object({ name: Text, type: Text, namespace: Text, containers: Containers });

/** Any of it may be null, also in real findings. */
export const GuardDutyResource = z.object({
  resourceType: Text,
  ecsClusterDetails: z.nullish(z.object({ name: Text, arn: Text, tags: Tags, taskDetails: z.nullish(Task) })),
  eksClusterDetails: z.nullish(z.object({ name: Text, arn: Text, tags: Tags })),
  kubernetesDetails: z.nullish(z.object({ kubernetesWorkloadDetails: z.nullish(KubernetesWorkload) })),
  containerDetails: z.nullish(Container),
  instanceDetails: z.nullish(z.object({ instanceId: Text, tags: Tags })),
});

export type ThreatPlace = Pick<Threat, 'cluster' | 'task' | 'workload' | 'containers' | 'instanceId' | 'resourceTags'>;

export const placeFromResource = (resource: z.output<typeof GuardDutyResource>): ThreatPlace => {
  const { ecsClusterDetails: ecs, eksClusterDetails: eks, containerDetails: container } = resource;
  const task = ecs?.taskDetails;
  const pod = resource.kubernetesDetails?.kubernetesWorkloadDetails;
  const cluster = ecs ? clusterFrom('ecs', ecs.name, ecs.arn) : clusterFrom('eks', eks?.name, eks?.arn);
  const instanceId = resource.instanceDetails?.instanceId;
  // The one container beside the cluster is the one meant; the lists hold all that share its task or pod.
  const containers = container ? [container] : (task?.containers ?? pod?.containers ?? []);
  return {
    ...cluster,
    ...(task && taskFrom(task.arn, task.definitionArn, task.launchType)),
    ...(task ? workloadFromGroup(task.group) : workloadFrom(pod?.type, pod?.name, pod?.namespace)),
    containers: containers.map(containerFrom),
    ...(instanceId && { instanceId }),
    // What is said of the task alone counts before what is said of all that run beside it.
    resourceTags: tagsFromLists(task?.tags, ecs?.tags, eks?.tags, resource.instanceDetails?.tags),
  };
};

type Given = string | null | undefined;

export const clusterFrom = (kind: 'ecs' | 'eks', name: Given, arn: Given): Pick<ThreatPlace, 'cluster'> => {
  const named = name || arn?.split('/').at(-1);
  return named ? { cluster: { kind, name: named, ...(arn && { arn }) } } : {};
};

export const taskFrom = (arn: Given, definitionArn: Given, launchType: Given): Pick<ThreatPlace, 'task'> =>
  arn ? { task: { arn, ...(definitionArn && { definitionArn }), ...(launchType && { launchType }) } } : {};

export const workloadFrom = (type: Given, name: Given, namespace: Given): Pick<ThreatPlace, 'workload'> =>
  type && name ? { workload: { type, name, ...(namespace && { namespace }) } } : {};

/** ECS writes the group as `service:web` or `family:batch`. */
const workloadFromGroup = (group: Given): Pick<ThreatPlace, 'workload'> => {
  const [type, ...name] = (group ?? '').split(':');
  return workloadFrom(type, name.join(':'), undefined);
};

const containerFrom = ({ name, image, securityContext }: z.output<typeof Container>): ThreatContainer => ({
  ...(name && { name }),
  ...(image && { image }),
  ...(typeof securityContext?.privileged === 'boolean' && { privileged: securityContext.privileged }),
});
