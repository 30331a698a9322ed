/** The isolation that counts for an image: that of the weakest place it runs in. */
import type { Known } from '../base/known.ts';
import { isolationOf, UNKNOWN_ISOLATION } from './isolation-of-runtime.ts';
import type { Isolation, Workload } from './workload.ts';

/**
 * Unknown when the workloads are not known, or when there are none. A place that is not known may be weaker than all
 * that are: it makes the whole unknown, unless one is weak already.
 */
export const weakestIsolation = (
  workloads: Known<readonly Workload[]>,
  userIsRoot: boolean | undefined,
  privileged = false,
): Isolation => {
  if (!workloads.known) return UNKNOWN_ISOLATION;
  const places = workloads.value.map(({ runtime }) => isolationOf({ runtime, userIsRoot, privileged }));
  const known = places.filter(({ class: strength }) => strength !== 'unknown');
  const [weakest = UNKNOWN_ISOLATION] = known.toSorted((one, other) => (one.total ?? 0) - (other.total ?? 0));
  return known.length === places.length || weakest.class === 'weak' ? weakest : UNKNOWN_ISOLATION;
};
