/** The isolation that counts for an image: that of the weakest place it runs in. */
import { isolationOf, UNKNOWN_ISOLATION } from './isolation-of-runtime.ts';
import type { Isolation, Workloads } from './workload.ts';

/**
 * Unknown when the workloads are not known, or when there are none. A place that is not known, also that of a workload
 * that is missing in the list, may be weaker than all that are: it makes the whole unknown, unless one is weak already.
 */
export const weakestIsolation = (
  workloads: Workloads,
  userIsRoot: boolean | undefined,
  privileged = false,
): Isolation => {
  if (!workloads.known) return UNKNOWN_ISOLATION;
  const places = workloads.value.map(({ runtime }) => isolationOf({ runtime, userIsRoot, privileged }));
  const known = places.filter(({ class: strength }) => strength !== 'unknown');
  const [weakest = UNKNOWN_ISOLATION] = known.toSorted((one, other) => (one.total ?? 0) - (other.total ?? 0));
  const isAll = known.length === places.length && workloads.incomplete === undefined;
  return isAll || weakest.class === 'weak' ? weakest : UNKNOWN_ISOLATION;
};
