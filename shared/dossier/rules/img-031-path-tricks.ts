/** IMG-031: paths that lead a runtime out of the container. */
import path from 'node:path';
import type { Evidence, Severity } from '../../rules/rule.ts';
import type { InspectedImage } from '../inspected-image.ts';
import { appStep, exampleImage, IN_APP } from './example-image.ts';
import {
  configEvidence,
  failOrPassByFiles,
  fileEvidence,
  type ImageRule,
  isPresent,
  systemEvidence,
} from './image-rule.ts';

/** A thousand accounts take 60 KB. */
const MAX_ACCOUNTS_SIZE = 1_048_576;

export const pathTricks: ImageRule = {
  id: 'IMG-031',
  title: 'Paths in the image are made to lead the runtime astray',
  rationale:
    'Runtimes set up a container with the host’s rights and have followed such paths to the host: to an open descriptor of its root directory, past the directory of a volume, through a link where /proc is mounted.',
  severity: 'HIGH',
  class: 'runtime-attack',
  confirmed: true,
  references: {
    nist: ['3.1.3', '3.4.1', '4.1.3', '4.4.1'],
    cis: [],
    others: [
      'CVE-2024-21626',
      'CVE-2022-23648',
      'CVE-2026-41579',
      'CVE-2026-47262',
      'CVE-2023-27561',
      'CVE-2023-28642',
      'CVE-2019-19921',
      'trivy DS-0030',
    ],
  },
  remediation:
    'Do not run this image unless you know why it is so; find out who built it. Update runc and containerd on every node.',
  examples: {
    good: [
      { title: 'ordinary paths', subject: exampleImage({ config: { Volumes: ['/data'] } }) },
      { title: 'a name that only begins alike', subject: exampleImage({ config: { WorkingDir: '/process/self/fd' } }) },
      { title: 'dots in a name', subject: exampleImage({ config: { Volumes: ['/data/..cache'] } }) },
    ],
    bad: [
      {
        title: 'the working directory is a descriptor of the runtime',
        subject: exampleImage({
          config: { WorkingDir: '/proc/self/fd/8' },
          steps: [appStep('WORKDIR /proc/self/fd/8')],
        }),
        severity: 'CRITICAL',
      },
      {
        title: 'a volume that climbs out',
        subject: exampleImage({ config: { Volumes: ['/data/../../../etc'] } }),
        severity: 'CRITICAL',
      },
      { title: 'the working directory is the kernel’s', subject: exampleImage({ config: { WorkingDir: '/sys/fs' } }) },
      {
        title: 'a link where /proc is mounted',
        subject: exampleImage({
          tree: {
            notable: [
              {
                ...IN_APP,
                kind: 'linked-mount-point',
                path: 'proc',
                mode: 0o777,
                uid: 0,
                gid: 0,
                size: 0,
                detail: 'tmp/proc',
              },
            ],
          },
        }),
      },
      {
        title: 'an enormous etc/group',
        subject: exampleImage({
          tree: { system: { group: { size: 5_000_000, groups: [], malformed: 0 } }, systemPlaces: { group: IN_APP } },
        }),
      },
    ],
  },
  check: (image) => {
    const [critical, high] = [criticalIn(image), highIn(image)];
    const severity: Severity = critical.length > 0 ? 'CRITICAL' : 'HIGH';
    return failOrPassByFiles(image, [...critical, ...high], { severity });
  },
};

/** Of the runtime itself, as it starts the container: `/proc/self/fd/8`, and what links there. */
const DESCRIPTOR = /^\/(?:proc\/(?:self|thread-self|\d+)(?:\/task\/\d+)?\/fd|dev\/fd)(?:\/|$)/;
const KERNELS = /^\/(?:proc|sys|dev|boot)(?:\/|$)/;

/** As it is written but for doubled slashes and single dots, and as the runtime shortens it. */
const waysToRead = (directory: string): readonly string[] => {
  const segments = directory.split('/').filter((segment) => segment !== '' && segment !== '.');
  const written = `/${segments.join('/')}`;
  return [written, path.posix.normalize(written)];
};

const workdir = ({ config, steps }: InspectedImage, text: string): Evidence =>
  configEvidence(
    `WORKDIR ${config.config.WorkingDir} ${text}`,
    steps.findLast(({ keyword }) => keyword === 'WORKDIR'),
  );

const isDescriptor = ({ config }: InspectedImage): boolean =>
  waysToRead(config.config.WorkingDir).some((way) => DESCRIPTOR.test(way));

const criticalIn = (image: InspectedImage): readonly Evidence[] => [
  ...(isDescriptor(image) ? [workdir(image, 'is an open file of the runtime')] : []),
  ...image.config.config.Volumes.filter((volume) => volume.split('/').includes('..')).map((volume) =>
    configEvidence(`VOLUME ${volume} climbs out of the image`),
  ),
];

const highIn = (image: InspectedImage): readonly Evidence[] => {
  const { tree, config } = image;
  const isKernels = waysToRead(config.config.WorkingDir).some((way) => KERNELS.test(way));
  return [
    ...(isKernels && !isDescriptor(image) ? [workdir(image, 'is not a directory of the image')] : []),
    ...tree.notable
      .filter((file) => file.kind === 'linked-mount-point' && isPresent(file))
      .map((file) => fileEvidence(file, file.path, `${file.path} is a symbolic link to ${file.detail ?? 'elsewhere'}`)),
    ...(['passwd', 'group'] as const)
      .filter((name) => (tree.system[name]?.size ?? 0) > MAX_ACCOUNTS_SIZE)
      .map((name) => systemEvidence(image, name, `etc/${name}`, `etc/${name} is larger than 1 MiB`)),
  ];
};
