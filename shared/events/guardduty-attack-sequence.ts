/** The resources of an attack sequence: GuardDuty lists all that took part, instead of naming one. */
import * as z from 'zod/mini';
import { clusterFrom, type ThreatPlace, taskFrom, workloadFrom } from './guardduty-resource.ts';
import { tagsFromLists } from './resource-tags.ts';

const Text = z.nullish(z.string());

const SequenceResource = z.object({
  uid: Text,
  name: Text,
  resourceType: Text,
  tags: z.optional(z.unknown()),
  data: z.nullish(
    z.object({
      container: z.nullish(z.object({ image: Text })),
      ecsTask: z.nullish(z.object({ taskDefinitionArn: Text, launchType: Text })),
      kubernetesWorkload: z.nullish(z.object({ type: Text, namespace: Text })),
    }),
  ),
});

export const AttackSequence = z.object({ resources: z.nullish(z.array(SequenceResource)) });

type SequenceResource = z.output<typeof SequenceResource>;

/** A cluster, task or workload is given only where the sequence has one: of several, none is the place. */
export const placeFromSequence = ({ resources }: z.output<typeof AttackSequence>): ThreatPlace => {
  const all = resources ?? [];
  const ecs = onlyOf(all, 'ECS_CLUSTER');
  const eks = onlyOf(all, 'EKS_CLUSTER');
  const task = onlyOf(all, 'ECS_TASK');
  const workload = onlyOf(all, 'KUBERNETES_WORKLOAD');
  const instance = onlyOf(all, 'EC2_INSTANCE');
  const instanceId = instance?.uid?.split('/').at(-1);
  return {
    ...(ecs ? clusterFrom('ecs', ecs.name, ecs.uid) : clusterFrom('eks', eks?.name, eks?.uid)),
    ...taskFrom(task?.uid, task?.data?.ecsTask?.taskDefinitionArn, task?.data?.ecsTask?.launchType),
    ...workloadFrom(
      workload?.data?.kubernetesWorkload?.type,
      workload?.name,
      workload?.data?.kubernetesWorkload?.namespace,
    ),
    containers: all
      .filter(({ resourceType }) => resourceType === 'CONTAINER')
      .map(({ name, data }) => ({
        ...(name && { name }),
        ...(data?.container?.image && { image: data.container.image }),
      })),
    ...(instanceId && { instanceId }),
    resourceTags: tagsFromLists(task?.tags, ecs?.tags, eks?.tags, instance?.tags),
  };
};

const onlyOf = (resources: readonly SequenceResource[], type: string): SequenceResource | undefined => {
  const [first, ...others] = resources.filter(({ resourceType }) => resourceType === type);
  return others.length === 0 ? first : undefined;
};
