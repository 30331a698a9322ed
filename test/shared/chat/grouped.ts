/** A grouped finding for tests; each test changes only the field that it is about. */
import type { GroupedFinding } from '../../../shared/alerts/alert-group.ts';
import { findingKey } from '../../../shared/finding/finding-key.ts';
import type { RecommendedFix } from '../../../shared/priority/recommended-fix.ts';
import { IMAGE } from '../enrichment/findings.ts';

const INSTRUCTION = { position: 5, text: 'RUN apt-get install -y openssl', origin: 'app' } as const;

export const FINDING: GroupedFinding = {
  group: 'arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout/sha256:aaaa',
  subject: { kind: 'image', image: IMAGE, tags: ['1.4'] },
  key: findingKey('inspector2', ['one']),
  version: 'v1',
  decidedAt: '2026-03-02T10:05:00.000Z',
  fingerprint: '0123456789abcdef',
  status: 'active',
  destinations: ['slack'],
  mention: false,
  kind: 'vulnerability',
  name: 'CVE-2024-6119',
  title: 'CVE-2024-6119 - openssl',
  outcome: 'attend',
  score: 80,
  reason:
    'Attend: a public exploit exists, it can be automated and gives total control; runs on ECS Fargate (VM boundary)',
  unknowns: [],
  dueOn: '2026-03-15',
  packages: ['openssl 3.0.11 → 3.0.13'],
  fix: {
    kind: 'upgrade-packages',
    instruction: INSTRUCTION,
    packages: [{ name: 'openssl', installed: '3.0.11', fixed: '3.0.13' }],
  },
  fixReachesAll: true,
  runsIn: ['service:checkout on ECS Fargate'],
  remainingBarriers: ['NS', 'VM'],
  observedAt: '2026-03-02T10:00:00.000Z',
  sample: false,
};

export const keyed = (name: string, change: Partial<GroupedFinding> = {}): GroupedFinding => ({
  ...FINDING,
  ...change,
  name,
  key: findingKey('inspector2', [name]),
});

/** What a rule says of the image itself, told to nobody as the built-in policy has it. */
export const failed = (rule: string, change: Partial<GroupedFinding> = {}): GroupedFinding => ({
  ...FINDING,
  kind: 'image-issue',
  title: `What ${rule} says`,
  ruleSeverity: 'LOW',
  outcome: 'track',
  score: 20,
  destinations: [],
  reason: `Track: rule ${rule} rates it LOW; runs on ECS Fargate (VM boundary)`,
  packages: [],
  fix: { kind: 'change-image', text: 'Change it.', instruction: { position: 7, text: 'USER root', origin: 'app' } },
  fixReachesAll: false,
  ...change,
  name: rule,
  key: findingKey('sekisho', [rule, JSON.stringify(change)]),
});

/** As one that somebody is told of. */
export const TOLD = { outcome: 'attend', score: 85, ruleSeverity: 'CRITICAL', destinations: ['slack'] } as const;

const COPIED = { position: 1, text: 'ADD rootfs.tar.xz /', origin: 'base' } as const;

/** What a newer base image fixes. */
export const inBase = (packages = [{ name: 'tar', installed: '1.34', fixed: '1.35' }]) =>
  ({
    packages: packages.map(({ name, installed, fixed }) => `${name} ${installed} → ${fixed}`),
    fix: { kind: 'rebuild-base', instruction: COPIED, packages } satisfies RecommendedFix,
  }) as const;

/** What nothing fixes yet. */
export const WITHOUT_FIX = {
  packages: ['openssl 3.0.11'],
  fix: { kind: 'none', reason: 'no fixed version is known yet', instruction: INSTRUCTION } satisfies RecommendedFix,
  fixReachesAll: false,
} as const;

/** As a version kept it that knew of no destinations, due dates and fixes, but of the instruction. */
export const older = (finding: GroupedFinding): GroupedFinding => {
  const { destinations: _d, mention: _m, dueOn: _o, worst: _w, fix, fixReachesAll: _r, ...kept } = finding;
  const { decidedAt: _at, fingerprint: _mark, ...oldest } = kept;
  return { ...oldest, ...(fix?.instruction && { instruction: fix.instruction }) };
};
