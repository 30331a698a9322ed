/** Explained findings for tests, written by hand; each test changes only the field that it is about. */
import type { ExplainedFinding } from '../../../shared/alerts/explained-finding.ts';
import { known } from '../../../shared/base/known.ts';
import { findingKey } from '../../../shared/finding/finding-key.ts';
import { FARGATE } from '../enrichment/findings.ts';

/** A vulnerability with a public exploit, raised by a rule, on a node that others share. */
export const EXPLAINED: ExplainedFinding = {
  key: findingKey('inspector2', ['explained']),
  version: '2026-03-02T10:00:00.000Z|0|a',
  decidedAt: '2026-03-02T10:05:00.000Z',
  fingerprint: '0123456789abcdef',
  sourceId: 'arn:aws:inspector2:eu-west-1:111122223333:finding/0123456789abcdef0123456789abcdef',
  kind: 'vulnerability',
  name: 'CVE-2024-21626',
  title: 'CVE-2024-21626 - runc',
  status: 'active',
  sample: false,
  subject: {
    kind: 'image',
    name: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/ci@sha256:aaaa',
    tags: ['1.4', 'latest'],
  },
  firstObservedAt: '2026-03-01T10:00:00.000Z',
  updatedAt: '2026-03-02T10:00:00.000Z',
  decision: {
    outcome: 'act',
    score: 97,
    label: 'CRITICAL',
    base: 'attend',
    rules: ['U2'],
    factors: { severity: 22, exploitation: 12, epss: 2, exposure: 10, isolation: 13, asset: 6 },
    raw: 65,
    scheme: 'vulnerability-v1+cisa-coordinator-2.0.3',
    reason:
      'Act: a public exploit exists (Inspector knows an exploit, of 2026-02-01), it can be automated and gives total control; runs on ECS on EC2 (weak isolation); raised because little stands between the container and its host',
    unknowns: ['exposure is not known', 'whether it is a container escape is not known'],
    points: [
      {
        name: 'Exploitation',
        possible: ['public poc', 'active'],
        taken: 'public poc',
        evidence: 'Inspector knows an exploit, of 2026-02-01',
      },
      { name: 'Automatable', possible: ['yes'], taken: 'yes', evidence: 'its CVSS 4.0 vector' },
      {
        name: 'System Exposure',
        possible: ['small', 'controlled', 'open'],
        evidence: 'load balancers and public addresses are not read',
      },
    ],
    remainingBarriers: ['NS', 'FS'],
    due: { on: '2026-03-04', because: '3 days by the policy, from 2026-03-01, when it was first observed' },
    bod2604: '14 days',
    references: [
      { standard: 'NIST SP 800-190', id: '3.1.1', title: 'Image vulnerabilities' },
      {
        standard: 'CIS Docker Benchmark',
        id: '4.4',
        title: 'Ensure images are scanned and rebuilt to include security patches',
      },
    ],
    fix: {
      kind: 'upgrade-packages',
      instruction: { position: 5, text: 'RUN apt-get install -y runc', origin: 'app' },
      packages: [{ name: 'runc', installed: '1.1.5', fixed: '1.1.12' }],
    },
  },
  handling: { destinations: ['chat'], mention: true, route: 'payments' },
  policy: 'policy@1a2b3c4d5e6f',
  isolation: {
    runtime: 'ecs-ec2',
    barriers: {
      USER: 'absent',
      NNP: 'absent',
      CAPS: 'unknown',
      SECCOMP: 'absent',
      LSM: 'absent',
      NS: 'present',
      FS: 'present',
      ROFS: 'absent',
      HOSTOS: 'absent',
      VM: 'absent',
    },
    total: 2,
    class: 'weak',
    remaining: ['NS', 'FS'],
    vmBoundary: false,
  },
  workloads: known(['service:ci on ECS on EC2', 'family:batch on ECS on EC2']),
  workloadsLeftOut: 412,
  packages: [
    {
      name: 'runc',
      installed: '1.1.5',
      fixed: '1.1.12',
      instruction: known({ position: 5, text: 'RUN apt-get install -y runc', origin: 'app' }),
    },
    {
      name: 'libseccomp2',
      installed: '2.5.4',
      instruction: { known: false, reason: 'the scanner names no layer' },
    },
  ],
  packagesLeftOut: 3,
};

/** A sample threat whose image nobody names, accepted by the policy. */
export const EXPLAINED_THREAT: ExplainedFinding = {
  key: findingKey('guardduty', ['explained']),
  version: '2026-03-02T10:00:00.000Z|0|a',
  decidedAt: '2026-03-02T10:05:00.000Z',
  fingerprint: '0123456789abcdef',
  sourceId: 'arn:aws:guardduty:eu-west-1:111122223333:detector/d1/finding/f1',
  kind: 'threat',
  name: 'Execution:Runtime/ReverseShell',
  title: 'A process in the container checkout started a reverse shell.',
  status: 'closed',
  sample: true,
  subject: { kind: 'workload', name: '111122223333 eu-west-1 shop', tags: [] },
  firstObservedAt: '2026-03-01T10:00:00.000Z',
  updatedAt: '2026-03-02T10:00:00.000Z',
  decision: {
    outcome: 'attend',
    score: 77,
    label: 'HIGH',
    base: 'attend',
    rules: [],
    factors: { severity: 28, breakout: 0, isolation: 5, asset: 6, recurrence: 0, correlation: 0 },
    raw: 39,
    scheme: 'threat-v1',
    reason:
      'Attend: GuardDuty rates it 8.0 of 10 and no way out of the container is seen; runs on ECS Fargate (VM boundary)',
    unknowns: ['other findings of the same image were not consulted'],
    points: [
      { name: 'Severity', possible: ['8'], taken: '8', evidence: 'GuardDuty' },
      {
        name: 'Correlation',
        possible: ['none', 'other-finding', 'kev-image'],
        taken: 'none',
        evidence: 'other findings of the same image were not consulted',
      },
    ],
    worst: { outcome: 'act', if: 'nothing isolates it' },
    remainingBarriers: ['CAPS', 'SECCOMP', 'NS', 'FS', 'HOSTOS', 'VM'],
    due: { because: 'with the next rebuild, by the policy' },
    references: [],
    fix: { kind: 'none', reason: 'no upgrade undoes what was seen at run time' },
  },
  handling: {
    suppressed: { rule: 'drill', reason: 'the yearly exercise', owner: 'security@example.com', expires: '2026-12-31' },
    destinations: [],
    mention: false,
  },
  policy: 'policy@1a2b3c4d5e6f',
  isolation: FARGATE,
  workloads: { known: false, reason: 'the lookup was denied' },
  workloadsLeftOut: 0,
  packages: [],
  packagesLeftOut: 0,
};
