/** How many barriers stand between a container and its host, by the runtime's defaults and what is known to change them. */
import { BARRIER_WEIGHTS, type Barrier, type BarrierState } from './barriers.ts';
import { RUNTIME_DEFAULTS } from './runtime-defaults.ts';
import type { Isolation, RuntimeId } from './workload.ts';

const BARRIERS = [
  'USER',
  'NNP',
  'CAPS',
  'SECCOMP',
  'LSM',
  'NS',
  'FS',
  'ROFS',
  'HOSTOS',
  'VM',
] as const satisfies readonly Barrier[];

const STRONG_FROM = 9;
const WEAK_TO = 2.5;
/** What is not known counts half. */
const SHARE = { present: 1, unknown: 0.5, absent: 0 } as const satisfies Record<BarrierState, number>;

/** `--privileged` takes all of these away together: every capability, every device, no filter and no confinement. */
const PRIVILEGED = { CAPS: 'absent', SECCOMP: 'absent', LSM: 'absent', FS: 'absent' } as const;

export const isolationOf = (place: {
  readonly runtime: RuntimeId;
  /** Undefined where the image's user is not known. */
  readonly userIsRoot: boolean | undefined;
  readonly privileged?: boolean;
}): Isolation => {
  const { runtime, userIsRoot, privileged = false } = place;
  if (runtime === 'unknown') return UNKNOWN_ISOLATION;
  const barriers: Isolation['barriers'] = {
    USER: userState(userIsRoot),
    ...RUNTIME_DEFAULTS[runtime],
    ...(privileged && PRIVILEGED),
  };
  const total = BARRIERS.reduce((sum, barrier) => sum + BARRIER_WEIGHTS[barrier] * SHARE[barriers[barrier]], 0);
  return {
    runtime,
    barriers,
    total,
    class: classOf(total),
    remaining: BARRIERS.filter((barrier) => barriers[barrier] === 'present'),
    vmBoundary: barriers.VM === 'present',
  };
};

const userState = (userIsRoot: boolean | undefined): BarrierState => {
  if (userIsRoot === undefined) return 'unknown';
  return userIsRoot ? 'absent' : 'present';
};

const classOf = (total: number): Isolation['class'] => {
  if (total >= STRONG_FROM) return 'strong';
  return total <= WEAK_TO ? 'weak' : 'moderate';
};

/** Of a place that nobody can name: no isolation data is not "no isolation". */
export const UNKNOWN_ISOLATION: Isolation = {
  runtime: 'unknown',
  barriers: {
    USER: 'unknown',
    NNP: 'unknown',
    CAPS: 'unknown',
    SECCOMP: 'unknown',
    LSM: 'unknown',
    NS: 'unknown',
    FS: 'unknown',
    ROFS: 'unknown',
    HOSTOS: 'unknown',
    VM: 'unknown',
  },
  class: 'unknown',
  remaining: [],
  vmBoundary: false,
};
