/** The barriers that can stand between code in a container and the host, with their weights. */

export const BARRIER_WEIGHTS = {
  USER: 1,
  NNP: 1,
  CAPS: 1,
  SECCOMP: 1,
  LSM: 1,
  NS: 1,
  FS: 1,
  ROFS: 1,
  HOSTOS: 1,
  VM: 3,
} as const;

export type Barrier = keyof typeof BARRIER_WEIGHTS;

export const isBarrier = (name: string): name is Barrier => Object.hasOwn(BARRIER_WEIGHTS, name);

export type BarrierState = 'present' | 'absent' | 'unknown';
