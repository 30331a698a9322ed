/** Whether a vulnerability lets code out of its container: only that of a container runtime or a kernel can. */
import type { YesNo } from './decision-points.ts';
import { type Selection, selected } from './selection.ts';

/** What stands between a container and its host, by the names that packages have. */
const HOST_SOFTWARE = [
  'runc',
  'crun',
  'containerd',
  'docker',
  'moby',
  'podman',
  'cri-o',
  'buildkit',
  'buildah',
  'kernel',
  'linux-image',
  'nvidia-container',
  'libnvidia-container',
] as const;

/** No catalogue of escapes is consulted: of a runtime's or kernel's package it is not known, and taken as no. */
export const escapePoint = (packages: readonly { readonly name: string }[]): Selection<YesNo> =>
  packages.some(({ name }) => isHostSoftware(name))
    ? {
        possible: ['no', 'yes'],
        taken: 'no',
        evidence: 'a package of a container runtime or kernel; escapes are not looked up',
      }
    : selected('no', 'no package of a container runtime or kernel');

/** Any part of the name: `github.com/opencontainers/runc`, `github.com/containerd/containerd/v2`. */
const isHostSoftware = (name: string): boolean =>
  name
    .toLowerCase()
    .split('/')
    .some((part) => HOST_SOFTWARE.some((software) => part.startsWith(software)));
