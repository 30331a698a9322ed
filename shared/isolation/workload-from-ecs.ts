/** A task as ECS describes it, as a workload and the images that it runs. */
import { known } from '../base/known.ts';
import { tagsFromPairs } from '../base/tags-from-pairs.ts';
import { parseDigest } from '../image/digest.ts';
import type { ImageReference } from '../image/image-reference.ts';
import { parseImageUri } from '../image/parse-image-arn.ts';
import type { LaunchType, RuntimeId, TaskContext } from './workload.ts';

/** What is read of DescribeTasks' `tasks[]`; the ECS Task State Change event writes the same names. */
export interface EcsTask {
  readonly clusterArn?: string | undefined;
  readonly taskDefinitionArn?: string | undefined;
  readonly group?: string | undefined;
  readonly launchType?: string | undefined;
  readonly capacityProviderName?: string | undefined;
  readonly containerInstanceArn?: string | undefined;
  readonly lastStatus?: string | undefined;
  /** The task’s own: its service’s too where the service propagates them. Absent unless they were asked for. */
  readonly tags?: readonly { readonly key?: string | undefined; readonly value?: string | undefined }[] | undefined;
  readonly containers?: readonly EcsContainer[] | undefined;
}

export interface EcsContainer {
  readonly name?: string | undefined;
  /** As the task definition writes it, mostly with a tag. */
  readonly image?: string | undefined;
  /** What was pulled; absent until then, and on old agents. */
  readonly imageDigest?: string | undefined;
}

const RUNTIMES = {
  FARGATE: 'ecs-fargate',
  EC2: 'ecs-ec2',
  EXTERNAL: 'ecs-anywhere',
  MANAGED_INSTANCES: 'ecs-managed-instances',
} as const satisfies Record<LaunchType, RuntimeId>;

export const isLaunchType = (text: string | undefined): text is LaunchType =>
  text !== undefined && Object.hasOwn(RUNTIMES, text);

export const runtimeOfLaunchType = (launchType: string | undefined): RuntimeId =>
  isLaunchType(launchType) ? RUNTIMES[launchType] : 'unknown';

/** Undefined for a task without a cluster, or without a group and a definition to name it by. */
export const taskContextFromEcs = (task: EcsTask): TaskContext | undefined => {
  const { clusterArn, taskDefinitionArn } = task;
  const name = task.group || familyOf(taskDefinitionArn);
  if (!clusterArn || !name) return undefined;
  const launchType = launchTypeOf(task);
  return {
    workload: {
      orchestrator: 'ecs',
      runtime: runtimeOfLaunchType(launchType),
      ...(launchType && { launchType }),
      clusterArn,
      name,
      ...(taskDefinitionArn && { taskDefinitionArn }),
      // ECS still describes a task for an hour after its end.
      running: task.lastStatus === 'STOPPED' ? 0 : 1,
      tags: known(tagsFromPairs((task.tags ?? []).map(({ key, value }) => [key, value]))),
    },
    containers: (task.containers ?? []).map((container) => {
      const image = imageOf(container);
      return { name: container.name ?? '', ...(image && { image }) };
    }),
  };
};

/** Before there were launch types ECS told of none: then only a container instance tells, and it was EC2. */
const launchTypeOf = (task: EcsTask): LaunchType | undefined => {
  if (task.launchType) return isLaunchType(task.launchType) ? task.launchType : undefined;
  if (task.capacityProviderName === 'FARGATE' || task.capacityProviderName === 'FARGATE_SPOT') return 'FARGATE';
  return task.containerInstanceArn ? 'EC2' : undefined;
};

/** `arn:aws:ecs:REGION:ACCOUNT:task-definition/web:12` is of the family `web`, which ECS writes as the group of a lone task. */
const familyOf = (taskDefinitionArn: string | undefined): string | undefined => {
  const family = taskDefinitionArn?.split('/').at(-1)?.split(':')[0];
  return family && `family:${family}`;
};

/** Undefined for images of other registries, and where no digest tells which of the tag's images it was. */
const imageOf = ({ image, imageDigest }: EcsContainer): ImageReference | undefined => {
  const uri = parseImageUri(image ?? '');
  const digest = parseDigest(imageDigest) ?? uri?.digest;
  if (uri === undefined || digest === undefined) return undefined;
  const { partition, account, region, repository } = uri;
  return { partition, account, region, repository, digest };
};
