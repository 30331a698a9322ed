/** Where something runs, as a list of names that stays short however many workloads there are. */
import type { Workload } from '../isolation/workload.ts';

export interface NamedWorkloads {
  /** Each once. */
  readonly names: readonly string[];
  /** How many there are beside them. */
  readonly more: number;
}

/** The first names that differ, `most` of them. `leftOut`: workloads that are not in the list, of any name. */
export const namedWorkloads = (
  workloads: readonly Workload[],
  leftOut: number,
  most: number,
  nameOf: (workload: Workload) => string,
): NamedWorkloads => {
  const names = [...new Set(workloads.map(nameOf))];
  return { names: names.slice(0, most), more: Math.max(0, names.length - most) + leftOut };
};
