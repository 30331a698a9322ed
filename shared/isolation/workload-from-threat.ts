/** The workload that a threat names, where the orchestrator can no longer be asked. */
import { unknown } from '../base/known.ts';
import type { Threat } from '../finding/finding.ts';
import type { RuntimeId, Workload } from './workload.ts';
import { isLaunchType, runtimeOfLaunchType } from './workload-from-ecs.ts';

/** The finding has tags too, of task, cluster and instance without saying whose: none may speak for the workload. */
const TAGS_NOT_READ = unknown('the orchestrator could not be asked for them');

/** Undefined when the finding names no cluster by its ARN, or nothing that runs in it. */
export const workloadFromThreat = (threat: Threat): Workload | undefined => {
  const { cluster, task, workload } = threat;
  if (cluster?.arn === undefined) return undefined;
  if (cluster.kind === 'eks')
    return (
      workload && {
        orchestrator: 'eks',
        runtime: eksRuntimeOf(threat),
        clusterArn: cluster.arn,
        name: [workload.namespace, workload.type, workload.name].filter((part) => part !== undefined).join('/'),
        running: 1,
        tags: TAGS_NOT_READ,
      }
    );
  const name = workload ? `${workload.type}:${workload.name}` : task?.arn;
  if (name === undefined) return undefined;
  const launchType = task?.launchType;
  return {
    orchestrator: 'ecs',
    runtime: runtimeOfLaunchType(launchType),
    ...(isLaunchType(launchType) && { launchType }),
    clusterArn: cluster.arn,
    name,
    ...(task?.definitionArn && { taskDefinitionArn: task.definitionArn }),
    running: 1,
    tags: TAGS_NOT_READ,
  };
};

/**
 * The audit log tells of pods on nodes and on Fargate alike. Runtime Monitoring does not see Fargate pods, an instance
 * is no Fargate, and Fargate runs nothing privileged: each of these makes it a node.
 */
const eksRuntimeOf = ({ type, instanceId, containers }: Threat): RuntimeId =>
  type.includes(':Runtime/') || instanceId !== undefined || containers.some(({ privileged }) => privileged === true)
    ? 'eks-node'
    : 'unknown';
