/** What each runtime puts between a container and its host when nothing in the task definition or pod spec changes it. */
import type { Barrier, BarrierState } from './barriers.ts';
import type { RuntimeId } from './workload.ts';

/** The user is the image's own and not the runtime's. */
export type RuntimeDefaults = Readonly<Record<Exclude<Barrier, 'USER'>, BarrierState>>;

/** Docker's and containerd's defaults: no_new_privs and a read-only root are opt-in, the rest is on. */
const CONTAINER = {
  NNP: 'absent',
  CAPS: 'present',
  SECCOMP: 'present',
  NS: 'present',
  FS: 'present',
  ROFS: 'absent',
  VM: 'absent',
} as const satisfies Partial<RuntimeDefaults>;

export const RUNTIME_DEFAULTS = {
  // AWS does not publish Fargate's seccomp profile; containerd's default is assumed. AppArmor and SELinux are not available.
  'ecs-fargate': { ...CONTAINER, LSM: 'absent', HOSTOS: 'present', VM: 'present' },
  // The AMI decides, and is not known here: AL2023 has neither of the two, Bottlerocket both.
  'ecs-ec2': { ...CONTAINER, LSM: 'unknown', HOSTOS: 'unknown' },
  // Always Bottlerocket: SELinux enforcing, an immutable root. Tasks share its kernel.
  'ecs-managed-instances': { ...CONTAINER, LSM: 'present', HOSTOS: 'present' },
  'ecs-anywhere': { ...CONTAINER, LSM: 'absent', HOSTOS: 'unknown' },
  // Kubernetes runs pods unconfined by seccomp unless the kubelet's seccompDefault is on; the AMI is not known here either.
  'eks-node': { ...CONTAINER, SECCOMP: 'absent', LSM: 'unknown', HOSTOS: 'unknown' },
} as const satisfies Record<Exclude<RuntimeId, 'unknown'>, RuntimeDefaults>;
