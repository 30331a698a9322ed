/** A grouped finding for tests; each test changes only the field that it is about. */
import type { GroupedFinding } from '../../../shared/alerts/alert-group.ts';
import { findingKey } from '../../../shared/finding/finding-key.ts';
import { IMAGE } from '../enrichment/findings.ts';

export const FINDING: GroupedFinding = {
  group: 'arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout/sha256:aaaa',
  subject: { kind: 'image', image: IMAGE, tags: ['1.4'] },
  key: findingKey('inspector2', ['one']),
  version: 'v1',
  status: 'active',
  kind: 'vulnerability',
  name: 'CVE-2024-6119',
  title: 'CVE-2024-6119 - openssl',
  outcome: 'attend',
  score: 80,
  reason:
    'Attend: a public exploit exists, it can be automated and gives total control; runs on ECS Fargate (VM boundary)',
  unknowns: [],
  dueInDays: 14,
  packages: ['openssl 3.0.11 → 3.0.13'],
  instruction: { position: 5, text: 'RUN apt-get install -y openssl', origin: 'app' },
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
