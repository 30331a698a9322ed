/** Tasks of one service are one workload: the same place, counted. */
import { type Known, known } from '../base/known.ts';
import type { Tags } from '../base/tags.ts';
import { tagsFromPairs } from '../base/tags-from-pairs.ts';
import type { Workload } from './workload.ts';

/**
 * One entry per orchestrator, cluster, name, runtime and task definition, in the order first seen; `running` is summed.
 * Tags tell no places apart, because some give each task a tag of its own: the workload has those of all its tasks, and
 * where they do not agree the first counts. They are not known where those of one task are not.
 */
export const mergeWorkloads = (workloads: readonly Workload[]): readonly Workload[] => {
  const places = new Map<string, [Workload, ...Workload[]]>();
  for (const workload of workloads) {
    const { orchestrator, clusterArn, name, runtime, taskDefinitionArn } = workload;
    const place = JSON.stringify([orchestrator, clusterArn, name, runtime, taskDefinitionArn]);
    const there = places.get(place);
    if (there) there.push(workload);
    else places.set(place, [workload]);
  }
  return [...places.values()].map((there) => ({
    ...there[0],
    running: there.reduce((sum, { running }) => sum + running, 0),
    tags: together(there.map(({ tags }) => tags)),
  }));
};

const together = (all: readonly Known<Tags>[]): Known<Tags> =>
  all.find((tags) => !tags.known) ??
  known(tagsFromPairs(all.flatMap((tags) => (tags.known ? Object.entries(tags.value) : []))));
