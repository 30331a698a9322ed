/** Tasks of one service are one workload: the same place, counted. */
import type { Workload } from './workload.ts';

/** One entry per orchestrator, cluster, name, runtime and task definition, in the order first seen; `running` is summed. */
export const mergeWorkloads = (workloads: readonly Workload[]): readonly Workload[] => {
  const merged = new Map<string, Workload>();
  for (const workload of workloads) {
    const { orchestrator, clusterArn, name, runtime, taskDefinitionArn } = workload;
    const place = JSON.stringify([orchestrator, clusterArn, name, runtime, taskDefinitionArn]);
    const before = merged.get(place);
    merged.set(place, before ? { ...before, running: before.running + workload.running } : workload);
  }
  return [...merged.values()];
};
