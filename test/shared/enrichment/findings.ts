/** Findings, images and workloads for tests; each test changes only the field that it is about. */
import { known, unknown } from '../../../shared/base/known.ts';
import type { Instruction } from '../../../shared/dockerfile/instruction.ts';
import type { ImageDossier } from '../../../shared/dossier/dossier.ts';
import type { RuntimeContext } from '../../../shared/enrichment/enriched-finding.ts';
import type { ImageIssue, Threat, UnknownImage, Vulnerability } from '../../../shared/finding/finding.ts';
import { findingKey } from '../../../shared/finding/finding-key.ts';
import type { Digest } from '../../../shared/image/digest.ts';
import type { Isolation, Workload } from '../../../shared/isolation/workload.ts';

/** `sha256:` and the digit 64 times. */
export const digest = (digit: string): Digest => `sha256:${digit.repeat(64)}` as Digest;

export const IMAGE = {
  partition: 'aws',
  account: '111122223333',
  region: 'eu-west-1',
  repository: 'shop/checkout',
  digest: digest('a'),
};

/** The same image in a finding that shortens its digest. */
export const UNKNOWN_IMAGE: UnknownImage = {
  known: false,
  reason: "the finding's image digest is no sha256 digest",
  resourceId: 'arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout/sha256:aaaEXAMPLE',
  partition: 'aws',
  account: '111122223333',
  region: 'eu-west-1',
  repository: 'shop/checkout',
};

export const BASE_COPY: Instruction = {
  position: 1,
  keyword: 'ADD',
  text: 'ADD rootfs.tar.xz /',
  origin: 'base',
  layer: { digest: digest('1'), diffId: digest('2') },
};

export const INSTALL: Instruction = {
  position: 5,
  keyword: 'RUN',
  text: 'RUN apt-get install -y openssl',
  origin: 'app',
  layer: { digest: digest('3'), diffId: digest('4') },
};

export const DOSSIER: ImageDossier = {
  kind: 'image',
  image: IMAGE,
  platform: 'linux/arm64',
  layers: [
    { digest: digest('1'), diffId: digest('2'), size: 10, mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip' },
    { digest: digest('3'), diffId: digest('4'), size: 10, mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip' },
  ],
  instructions: [BASE_COPY, INSTALL],
  attribution: { attributed: true },
  user: '',
  env: [],
  ports: [],
  entrypoint: [],
  command: [],
  labels: {},
};

export const OPENSSL = {
  name: 'openssl',
  version: '3.0.11',
  packageManager: 'OS',
  fixedInVersion: '3.0.13',
  layer: digest('3'),
};

export const VULNERABILITY: Vulnerability = {
  kind: 'vulnerability',
  key: findingKey('inspector2', ['one']),
  source: 'inspector2',
  sourceId: 'arn:aws:inspector2:eu-west-1:111122223333:finding/0123456789abcdef0123456789abcdef',
  image: known(IMAGE),
  tags: ['1.4'],
  status: 'active',
  title: 'CVE-2024-6119 - openssl',
  description: 'A possible denial of service in X.509 name checks.',
  vulnerabilityId: 'CVE-2024-6119',
  relatedIds: [],
  sourceUrl: 'https://nvd.nist.gov/vuln/detail/CVE-2024-6119',
  severity: 'HIGH',
  packages: [OPENSSL],
  cvss: [{ version: '3.1', score: 7.5, vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', source: 'NVD' }],
  exploitAvailable: false,
  epss: 0.02,
  fixAvailable: 'YES',
  resourceTags: {},
  firstObservedAt: '2026-03-01T10:00:00.000Z',
  lastObservedAt: '2026-03-02T10:00:00.000Z',
  updatedAt: '2026-03-02T10:00:00.000Z',
};

export const THREAT: Threat = {
  kind: 'threat',
  key: findingKey('guardduty', ['one']),
  source: 'guardduty',
  sourceId: 'arn:aws:guardduty:eu-west-1:111122223333:detector/d1/finding/f1',
  account: '111122223333',
  region: 'eu-west-1',
  partition: 'aws',
  status: 'active',
  type: 'PrivilegeEscalation:Runtime/RuncContainerEscape',
  title: 'A process tried to leave its container.',
  description: 'The runc binary was overwritten from a container.',
  severity: 8,
  count: 1,
  sample: false,
  resourceType: 'ECSCluster',
  cluster: { kind: 'ecs', name: 'shop', arn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop' },
  task: { arn: 'arn:aws:ecs:eu-west-1:111122223333:task/shop/0123', launchType: 'EC2' },
  containers: [{ name: 'web', image: 'shop/checkout:1.4', privileged: false }],
  resourceTags: {},
  firstObservedAt: '2026-03-01T10:00:00.000Z',
  lastObservedAt: '2026-03-02T10:00:00.000Z',
  updatedAt: '2026-03-02T10:00:00.000Z',
};

/** An image that runs as root, said by its own last instruction. */
export const IMAGE_ISSUE: ImageIssue = {
  kind: 'image-issue',
  key: findingKey('sekisho', ['one']),
  source: 'sekisho',
  sourceId: 'sekisho:111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/checkout:1.4:linux/arm64:IMG-001',
  image: { known: true, value: IMAGE },
  tags: ['1.4'],
  platform: 'linux/arm64',
  status: 'active',
  rule: 'IMG-001',
  ruleClass: 'privilege',
  severity: 'HIGH',
  confirmed: true,
  origin: 'app',
  title: 'The image runs as root',
  description: 'Whoever gets into the container is root there, and one mistake away from being root on the host.',
  remediation: 'Create a user and name it in a USER instruction at the end.',
  evidence: [{ text: 'USER root', origin: 'app', instruction: 6, layer: digest('3') }],
  evidenceLeftOut: 0,
  instruction: { position: 7, text: 'USER root', origin: 'app', line: 12 },
  nist: ['3.1.2', '4.1.2'],
  cis: ['4.1'],
  resourceTags: {},
  firstObservedAt: '2026-03-01T10:00:00.000Z',
  lastObservedAt: '2026-03-02T10:00:00.000Z',
  updatedAt: '2026-03-02T10:00:00.000Z',
};

export const CHECKOUT: Workload = {
  orchestrator: 'ecs',
  runtime: 'ecs-fargate',
  launchType: 'FARGATE',
  clusterArn: 'arn:aws:ecs:eu-west-1:111122223333:cluster/shop',
  name: 'service:checkout',
  running: 2,
  tags: known({}),
};

export const FARGATE: Isolation = {
  runtime: 'ecs-fargate',
  barriers: {
    USER: 'absent',
    NNP: 'absent',
    CAPS: 'present',
    SECCOMP: 'present',
    LSM: 'absent',
    NS: 'present',
    FS: 'present',
    ROFS: 'absent',
    HOSTOS: 'present',
    VM: 'present',
  },
  total: 8,
  class: 'moderate',
  remaining: ['CAPS', 'SECCOMP', 'NS', 'FS', 'HOSTOS', 'VM'],
  vmBoundary: true,
};

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

export const ON_FARGATE: RuntimeContext = { workloads: known([CHECKOUT]), isolation: FARGATE };
export const NOWHERE: RuntimeContext = { workloads: known([]), isolation: UNKNOWN_ISOLATION };
export const UNSEEN: RuntimeContext = { workloads: unknown('the lookup was denied'), isolation: UNKNOWN_ISOLATION };
