/** Whether anything runs an image. */
import { type Known, known, unknown } from '../base/known.ts';
import type { Workloads } from './workload.ts';

/** Never known to be false: a function, a build or a machine may run it, and nobody lists those. */
export const isInUse = (workloads: Workloads): Known<boolean> => {
  if (!workloads.known) return workloads;
  if (workloads.value.length > 0) return known(true);
  return unknown(workloads.incomplete ?? 'only ECS tasks and what Inspector knows were listed');
};
