/** The barriers between a container and its host, in words for people. */
import type { Barrier } from '../isolation/barriers.ts';

const BARRIER_TEXT = {
  USER: 'non-root user',
  NNP: 'no new privileges',
  CAPS: 'default capabilities',
  SECCOMP: 'syscall filter',
  LSM: 'AppArmor or SELinux',
  NS: 'own namespaces',
  FS: 'no dangerous mounts',
  ROFS: 'read-only root filesystem',
  HOSTOS: 'purpose-built host',
  VM: 'VM boundary',
} as const satisfies Record<Barrier, string>;

export const barriersText = (barriers: readonly Barrier[]): string =>
  barriers.length === 0 ? 'no barrier is known to stand' : barriers.map((barrier) => BARRIER_TEXT[barrier]).join(', ');
