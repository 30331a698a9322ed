import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compilePattern } from '../../../local/event-bus/pattern.ts';
import { imagePushedFromEvent, imagePushedPattern } from '../../../shared/events/ecr.ts';
import { type EventEnvelope, parseEnvelope } from '../../../shared/events/envelope.ts';
import { guardDutyPattern, threatFromEvent } from '../../../shared/events/guardduty.ts';
import { inspectorFindingPattern, vulnerabilityFromEvent } from '../../../shared/events/inspector.ts';

const FIXTURES = new URL('../../../../shared/fixtures/', import.meta.url);
const isThere = existsSync(FIXTURES);
if (!isThere) console.warn('the recorded events are not here: their tests are skipped');

/**
 * What a recording comes to: key facts of the conversion (and a property that it must be `without`), or that no rule
 * takes it.
 */
type Expected = typeof NOT_TAKEN | (Readonly<Record<string, unknown>> & { readonly without?: string });
const NOT_TAKEN = 'not taken';

const ecr: Readonly<Record<string, Expected>> = {
  'given/ecr/describe-image-scan-findings-enhanced-moto': NOT_TAKEN,
  'given/ecr/describe-images-custodian': NOT_TAKEN,
  'given/ecr/image-action-archive': NOT_TAKEN,
  'given/ecr/image-action-delete': NOT_TAKEN,
  'given/ecr/image-action-push-mediatype-empty-tag': {
    image: {
      known: true,
      value: {
        partition: 'aws',
        account: '123456789012',
        region: 'us-east-1',
        repository: 'nudgebee_runbook_sidecar_agent',
        digest: 'sha256:778645862e8bba7ad64eabc8f6b51158e47124c12864ed42d7baf744b6329542',
      },
    },
    without: 'tag',
    manifestMediaType: 'application/vnd.oci.image.manifest.v1+json',
    pushedAt: '2025-06-11T06:43:44.000Z',
  },
  // The documentation shortened the digest.
  'given/ecr/image-action-push-tag': {
    image: { known: false, reason: 'the push to my-repository-name names no usable digest' },
    tag: 'latest',
  },
  'given/ecr/image-scan-basic-five-severities': NOT_TAKEN,
  'given/ecr/image-scan-basic-untagged': NOT_TAKEN,
  'given/ecr/pull-through-cache-success': NOT_TAKEN,
  'given/ecr/referrer-action-restore': NOT_TAKEN,
  'given/ecr/replication-success': NOT_TAKEN,
  'given/ecr/scan-resource-change': NOT_TAKEN,
  'synthetic/ecr-delete-untagged': NOT_TAKEN,
  'synthetic/ecr-image-scan-failed': NOT_TAKEN,
  'synthetic/ecr-pull-through-cache-failed': NOT_TAKEN,
  'synthetic/ecr-push-untagged-no-tag-key': {
    image: { known: true, value: { repository: 'team/app' } },
    without: 'tag',
    manifestMediaType: 'application/vnd.oci.image.index.v1+json',
  },
};

const inspector: Readonly<Record<string, Expected>> = {
  'given/inspector2/api-finding-custodian-0': NOT_TAKEN,
  'given/inspector2/api-finding-ec2_instance-active-cve-2015-8035': NOT_TAKEN,
  'given/inspector2/api-finding-ecr_container_image-active-cve-2022-29824': {
    vulnerabilityId: 'CVE-2022-29824',
    status: 'active',
    severity: 'MEDIUM',
    image: {
      known: true,
      value: { account: '012345678901', region: 'us-east-1', repository: 'my-awesome-docker-image' },
    },
    tags: ['2.3.0'],
    epss: 0.0015,
    exploitAvailable: false,
    fixAvailable: 'YES',
    without: 'remediation',
    packages: [
      { name: 'libxml2', fixedInVersion: '0:2.9.4+dfsg1-7+deb10u4' },
      { name: 'libxml2', fixedInVersion: '0:2.9.4+dfsg1-7+deb10u4' },
    ],
    cvss: [
      { version: '3.1', score: 6.5 },
      { version: '3.1', score: 6.5 },
    ],
    updatedAt: '2024-02-02T15:30:33.045Z',
  },
  'given/inspector2/api-finding-ecr_container_image-active-cve-2024-37021': {
    vulnerabilityId: 'CVE-2024-37021',
    severity: 'UNTRIAGED',
    cvss: [],
    fixAvailable: 'NO',
    packages: [
      {
        name: 'linux',
        layer: 'sha256:11a88e76431345b48525c4e4d58d497810019f4bafdb5e2bd56dc34a05e09cc3',
      },
    ],
    updatedAt: '2024-06-26T22:56:32.023Z',
  },
  'given/inspector2/api-finding-ecr_container_image-closed-cve-2021-3744': {
    status: 'closed',
    firstObservedAt: '2024-02-02T15:30:33.045Z',
    lastObservedAt: '2024-06-14T02:03:53.051Z',
  },
  'given/inspector2/api-finding-lambda-0-cve-2025-58187': NOT_TAKEN,
  'given/inspector2/api-finding-lambda-7-cve-2025-58188': NOT_TAKEN,
  'given/inspector2/coverage-ec2-2023': NOT_TAKEN,
  'given/inspector2/export-finding-ec2-exploit-epss-epoch': NOT_TAKEN,
  'given/inspector2/finding-ec2-closed-2024': NOT_TAKEN,
  // The documentation shortened every digest in it.
  'given/inspector2/finding-ecr-active-2021-inuse': {
    vulnerabilityId: 'CVE-2019-17498',
    status: 'active',
    image: {
      known: false,
      reason: "the finding's image digest is no sha256 digest",
      resourceId:
        'arn:aws:ecr:us-east-2:123456789012:repository/amazon/amazon-ecs-sample/sha256:36c7b282abd0186e01419f2e58743e1bf635808231049bbc9d77EXAMPLE',
      partition: 'aws',
      account: '123456789012',
      region: 'us-east-2',
      repository: 'amazon/amazon-ecs-sample',
    },
    tags: ['latest'],
    packages: [{ name: 'libssh2', version: '1.4.3' }],
  },
  'given/inspector2/finding-lambda-package-exploit-2024': NOT_TAKEN,
  'given/inspector2/scan-ec2-initial-2023': NOT_TAKEN,
  'given/inspector2/scan-ecr-initial-2021': NOT_TAKEN,
  'given/inspector2/scan-machine-image-2026': NOT_TAKEN,
  'synthetic/inspector2-batchgetfindingdetails-kev': NOT_TAKEN,
  'synthetic/inspector2-coverage-ecr': NOT_TAKEN,
  'synthetic/inspector2-finding-ecr-closed': {
    key: 'inspector2-88e909afc4c7fc14c31cfc8a3d93c61cbda72bce',
    status: 'closed',
    inUseCount: 3,
    cvss: [],
    firstObservedAt: '2024-09-04T16:55:38.411Z',
    updatedAt: '2024-09-05T16:55:38.411Z',
  },
  'synthetic/inspector2-finding-ecr-suppressed': {
    key: 'inspector2-88e909afc4c7fc14c31cfc8a3d93c61cbda72bce',
    status: 'suppressed',
  },
  'synthetic/inspector2-getclustersforimage-ecs-eks': NOT_TAKEN,
};

const EKS_POD = {
  resourceType: 'EKSCluster',
  status: 'active',
  sample: false,
  cluster: { kind: 'eks', name: 'k1' },
  workload: { type: 'pods', name: 'cart-6c9', namespace: 'shop' },
  containers: [{ name: 'cart', privileged: true }],
  instanceId: 'i-0123456789abcdef0',
  resourceTags: { 'eks:nodegroup-name': 'ng1' },
  count: 2,
};

const guardDuty: Readonly<Record<string, Expected>> = {
  'given/guardduty/event-ec2-c2-sample': NOT_TAKEN,
  'given/guardduty/event-ec2-portprobe-real': NOT_TAKEN,
  'given/guardduty/finding-attacksequence-iam': NOT_TAKEN,
  'given/guardduty/finding-container-suspicious-file': {
    type: 'Execution:Container/SuspiciousFile',
    resourceType: 'Container',
    sample: true,
    severity: 6,
    containers: [{ name: 'GeneratedFindingContainerName', image: 'GeneratedFindingContainerImage' }],
    without: 'cluster',
    firstObservedAt: '2023-03-20T15:33:12.000Z',
    updatedAt: '2023-03-20T15:33:12.398Z',
  },
  'given/guardduty/finding-ec2-network': NOT_TAKEN,
  'given/guardduty/finding-eks-policy-admin-default-sa': {
    type: 'Policy:Kubernetes/AdminAccessToDefaultServiceAccount',
    sample: true,
    cluster: { kind: 'eks', name: 'GeneratedFindingEKSClusterName' },
    resourceTags: { GeneratedFindingEKSClusterTag1: 'GeneratedFindingEKSClusterTagValue1' },
    without: 'workload',
    containers: [],
  },
  'given/guardduty/finding-iam-accesskey-apicall': NOT_TAKEN,
  'given/guardduty/finding-iam-privesc': NOT_TAKEN,
  // The API's own casing, which no event has.
  'given/guardduty/getfindings-eks-privileged-container-real': NOT_TAKEN,
  'given/guardduty/getfindings-part-ebs-l1024': NOT_TAKEN,
  'given/guardduty/getfindings-part-runtime-l869': NOT_TAKEN,
  'synthetic/guardduty-attacksequence-ecs': {
    type: 'AttackSequence:ECS/CompromisedCluster',
    cluster: { kind: 'ecs', name: 'prod' },
    task: {
      arn: 'arn:aws:ecs:us-east-1:123456789012:task/prod/0123456789abcdef0123456789abcdef',
      launchType: 'FARGATE',
    },
    containers: [{ name: 'web' }],
    firstObservedAt: '2026-01-15T08:00:00.000Z',
  },
  'synthetic/guardduty-attacksequence-eks': {
    type: 'AttackSequence:EKS/CompromisedCluster',
    cluster: { kind: 'eks', name: 'k1', arn: 'arn:aws:eks:us-east-1:123456789012:cluster/k1' },
    containers: [{ name: 'cart', image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/shop/cart:v1' }],
  },
  'synthetic/guardduty-runtime-ecs-fargate-cryptominer': {
    type: 'Impact:Runtime/CryptoMinerExecuted',
    cluster: { kind: 'ecs', name: 'prod' },
    task: { launchType: 'FARGATE' },
    workload: { type: 'service', name: 'web' },
    containers: [{ name: 'web', privileged: false }],
    updatedAt: '2026-01-15T09:58:00.000Z',
  },
  'synthetic/guardduty-runtime-eks-cgroups-release-agent': EKS_POD,
  'synthetic/guardduty-runtime-eks-mounts-host-dir': EKS_POD,
  'synthetic/guardduty-runtime-eks-runc-escape': EKS_POD,
};

/** A recording of a whole event as it is; a finding or an answer of an API in an envelope of ours. */
const bodyOf = (file: string, source: string, detailType: string): string => {
  const recorded: unknown = JSON.parse(readFileSync(new URL(`${file}.json`, FIXTURES), 'utf8'));
  const envelope = { source, 'detail-type': detailType, account: '123456789012', time: '2026-01-15T10:00:00Z' };
  return JSON.stringify(
    'detail-type' in (recorded as object) ? recorded : { ...envelope, region: 'eu-west-1', detail: recorded },
  );
};

const recordingsOf = (name: string): readonly string[] => [
  ...readdirSync(new URL(`given/${name}/`, FIXTURES)).map((file) => `given/${name}/${file}`),
  ...readdirSync(new URL('synthetic/', FIXTURES))
    .filter((file) => file.startsWith(`${name}-`))
    .map((file) => `synthetic/${file}`),
];

describe.skipIf(!isThere).each([
  ['ecr', ecr, imagePushedPattern, imagePushedFromEvent],
  ['inspector2', inspector, inspectorFindingPattern, vulnerabilityFromEvent],
  ['guardduty', guardDuty, guardDutyPattern, threatFromEvent],
] as const)('the recordings of %s', (name, table, pattern, convert: (event: EventEnvelope) => unknown) => {
  const isTaken = compilePattern(pattern);

  it('are all in the table', () => {
    expect(Object.keys(table).map((file) => `${file}.json`)).toEqual(recordingsOf(name).toSorted());
  });

  it.each(Object.entries(table))('%s', (file, expected) => {
    const body = bodyOf(file, pattern.source[0], pattern['detail-type'][0]);
    expect(isTaken(JSON.parse(body))).toBe(expected !== NOT_TAKEN);
    if (expected === NOT_TAKEN) return;
    const { without, ...facts } = expected;
    const converted = convert(parseEnvelope(body));
    expect(converted).toMatchObject(facts);
    if (without !== undefined) expect(converted).not.toHaveProperty(without);
  });
});
