import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupedFinding } from '../../../shared/alerts/grouped-finding.ts';
import { known, unknown } from '../../../shared/base/known.ts';
import { enrichThreat } from '../../../shared/enrichment/enrich-threat.ts';
import { enrichVulnerability } from '../../../shared/enrichment/enrich-vulnerability.ts';
import type { EnrichedFinding } from '../../../shared/enrichment/enriched-finding.ts';
import type { Threat } from '../../../shared/finding/finding.ts';
import { decide } from '../../../shared/priority/decide.ts';
import {
  BASE_COPY,
  DOSSIER,
  digest,
  IMAGE,
  ON_FARGATE,
  OPENSSL,
  THREAT,
  UNSEEN,
  VULNERABILITY,
} from '../enrichment/findings.ts';

const grouped = (enriched: EnrichedFinding) =>
  groupedFinding({ enriched, decision: decide(enriched), version: 'v1', message: 1 });
const IMAGE_ARN = `arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout/sha256:${'a'.repeat(64)}`;

describe('groupedFinding', () => {
  it('groups a vulnerability by its image', () => {
    expect(grouped(enrichVulnerability(VULNERABILITY, known(DOSSIER), ON_FARGATE))).toEqual({
      group: IMAGE_ARN,
      subject: { kind: 'image', image: IMAGE, tags: ['1.4'] },
      key: VULNERABILITY.key,
      version: 'v1',
      status: 'active',
      kind: 'vulnerability',
      name: 'CVE-2024-6119',
      title: 'CVE-2024-6119 - openssl',
      outcome: 'track',
      score: 17,
      reason:
        'Track: no exploit is known, it can be automated but gives only partial control; runs on ECS Fargate (VM boundary)',
      packages: ['openssl 3.0.11 → 3.0.13'],
      instruction: { position: 5, text: 'RUN apt-get install -y openssl', origin: 'app' },
      runsIn: ['service:checkout on ECS Fargate'],
      remainingBarriers: ['CAPS', 'SECCOMP', 'NS', 'FS', 'HOSTOS', 'VM'],
      observedAt: '2026-03-02T10:00:00.000Z',
      sample: false,
    });
  });

  it('names no place where the lookup failed, and no instruction where none is known', () => {
    const finding = grouped(enrichVulnerability(VULNERABILITY, unknown('not read'), UNSEEN));
    expect(finding).not.toHaveProperty('runsIn');
    expect(finding).not.toHaveProperty('instruction');
  });

  it('takes the instruction of the first package that has one', () => {
    const packages = [
      { ...OPENSSL, layer: digest('9') },
      { ...OPENSSL, layer: digest('1') },
    ];
    const finding = grouped(enrichVulnerability({ ...VULNERABILITY, packages }, known(DOSSIER), ON_FARGATE));
    expect(finding.instruction).toEqual({ position: 1, text: BASE_COPY.text, origin: 'base' });
  });

  it('groups a threat by its image when that is known', () => {
    const finding = grouped(enrichThreat({ ...THREAT, sample: true }, known(IMAGE), ON_FARGATE));
    expect([finding.group, finding.kind, finding.name, finding.packages, finding.sample]).toEqual([
      IMAGE_ARN,
      'threat',
      'PrivilegeEscalation:Runtime/RuncContainerEscape',
      [],
      true,
    ]);
  });

  const { cluster: _cluster, task: _task, ...ALONE } = THREAT;
  const TASK = { arn: 'arn:aws:ecs:eu-west-1:111122223333:task/0123' };
  it.each<[string, Threat, string]>([
    ['the cluster', THREAT, 'workload:111122223333:eu-west-1:shop'],
    ['the instance', { ...ALONE, instanceId: 'i-0abc' }, 'workload:111122223333:eu-west-1:i-0abc'],
    [
      'the family of the task definition',
      {
        ...ALONE,
        task: { ...TASK, definitionArn: 'arn:aws:ecs:eu-west-1:111122223333:task-definition/batch:7' },
      },
      'workload:111122223333:eu-west-1:batch',
    ],
    ['the kind of resource', ALONE, 'workload:111122223333:eu-west-1:ECSCluster'],
    ['nothing at all', { ...ALONE, resourceType: '' }, 'workload:111122223333:eu-west-1:unknown'],
  ])('groups a threat without an image by %s', (_case, finding, group) => {
    expect(grouped(enrichThreat(finding, unknown('the finding names no task'), UNSEEN)).group).toBe(group);
  });

  it('stays small whatever the source writes', () => {
    fc.assert(
      fc.property(fc.constantFrom('x'.repeat(100_000), '🐳'.repeat(9_000), '\uD800'), (text) => {
        const packages = Array.from({ length: 5_000 }, (_, index) => ({ ...OPENSSL, name: `${index}${text}` }));
        const hostile = { ...VULNERABILITY, title: text, vulnerabilityId: text, packages, tags: [text] };
        const finding = grouped(enrichVulnerability(hostile, known(DOSSIER), ON_FARGATE));
        expect(Buffer.byteLength(JSON.stringify(finding))).toBeLessThan(16 * 1024);
      }),
      { numRuns: 3 },
    );
  });
});
