import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupedFinding } from '../../../shared/alerts/grouped-finding.ts';
import { known, unknown } from '../../../shared/base/known.ts';
import { enrichThreat } from '../../../shared/enrichment/enrich-threat.ts';
import { enrichVulnerability } from '../../../shared/enrichment/enrich-vulnerability.ts';
import type { EnrichedFinding } from '../../../shared/enrichment/enriched-finding.ts';
import type { Threat, Vulnerability } from '../../../shared/finding/finding.ts';
import { decide } from '../../../shared/priority/decide.ts';
import {
  BASE_COPY,
  CHECKOUT,
  DOSSIER,
  digest,
  IMAGE,
  ON_FARGATE,
  OPENSSL,
  THREAT,
  UNKNOWN_IMAGE,
  UNSEEN,
  VULNERABILITY,
} from '../enrichment/findings.ts';

const grouped = (enriched: EnrichedFinding) =>
  groupedFinding({ enriched, decision: decide(enriched), version: 'v1', message: 2 });
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
        'Track: no exploit is known, it gives only partial control; by its CVSS vector it could be automated, which by itself counts only once an exploit is known; runs on ECS Fargate (VM boundary)',
      unknowns: [
        'exposure is not known',
        "CISA's catalogue of known exploited vulnerabilities was not consulted (would be Attend if it is listed)",
      ],
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

  it('keeps the first three unknowns', () => {
    const { epss: _epss, ...finding } = VULNERABILITY;
    expect(grouped(enrichVulnerability(finding, unknown('not read'), UNSEEN)).unknowns).toEqual([
      'exposure is not known',
      'isolation is not known',
      "CISA's catalogue of known exploited vulnerabilities was not consulted (would be Attend if it is listed)",
    ]);
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
    expect([finding.group, finding.kind, finding.name, finding.packages, finding.sample, finding.dueInDays]).toEqual([
      IMAGE_ARN,
      'threat',
      'PrivilegeEscalation:Runtime/RuncContainerEscape',
      [],
      true,
      14,
    ]);
    expect(finding).not.toHaveProperty('images');
  });

  it.each<[string, Threat['containers'], readonly string[] | undefined]>([
    ['one container', THREAT.containers, ['shop/checkout:1.4']],
    ['two of the same image', [...THREAT.containers, ...THREAT.containers], ['shop/checkout:1.4']],
    ['two images', [...THREAT.containers, { image: 'sidecar' }], ['shop/checkout:1.4', 'sidecar']],
    ['a container without an image', [{ name: 'web' }], undefined],
    ['no container', [], undefined],
  ])('names images as the workload wrote them, where none is known: %s', (_case, containers, images) => {
    const finding = grouped(enrichThreat({ ...THREAT, containers }, unknown('the finding names no task'), UNSEEN));
    expect(finding.images).toEqual(images);
  });

  it.each([
    ['arn:aws:ecs:eu-west-1:111122223333:task/shop/0123abcd', '0123abcd on ECS Fargate'],
    ['arn:aws:ecs:eu-west-1:111122223333:task/shop/', 'arn:aws:ecs:eu-west-1:111122223333:task/shop/ on ECS Fargate'],
    ['shop/deployment/checkout', 'shop/deployment/checkout on ECS Fargate'],
  ])('calls the workload %s by a short name', (name, place) => {
    const context = { ...ON_FARGATE, workloads: known([{ ...CHECKOUT, name }]) };
    expect(grouped(enrichThreat(THREAT, known(IMAGE), context)).runsIn).toEqual([place]);
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

  const { repository: _repository, ...NAMELESS } = UNKNOWN_IMAGE;
  const lost = (image: Vulnerability['image'] = UNKNOWN_IMAGE, change: Partial<Vulnerability> = {}) =>
    grouped(enrichVulnerability({ ...VULNERABILITY, image, ...change }, unknown(UNKNOWN_IMAGE.reason), UNSEEN));
  const LOST_GROUP = `unknown-image:111122223333:eu-west-1:${UNKNOWN_IMAGE.resourceId}`;

  it('groups a vulnerability of an image that is not known by what the source calls it', () => {
    const finding = lost();
    expect([finding.group, finding.subject]).toEqual([
      LOST_GROUP,
      {
        kind: 'unknown-image',
        account: '111122223333',
        region: 'eu-west-1',
        name: UNKNOWN_IMAGE.resourceId,
        repository: 'shop/checkout',
        tags: ['1.4'],
      },
    ]);
    expect(finding.unknowns?.[0]).toBe("the image is not known: the finding's image digest is no sha256 digest");
  });

  it.each<[string, Vulnerability['image'], Partial<Vulnerability>]>([
    ['another vulnerability', UNKNOWN_IMAGE, { vulnerabilityId: 'CVE-2024-0001' }],
    ['a closed one', UNKNOWN_IMAGE, { status: 'closed' }],
    ['one that says other tags', UNKNOWN_IMAGE, { tags: [] }],
    ['one that is not known for another reason', { ...UNKNOWN_IMAGE, reason: 'it names no repository' }, {}],
    ['one that names no repository', NAMELESS, {}],
  ])('tells with it %s of the same image', (_case, image, change) => {
    expect(lost(image, change).group).toBe(LOST_GROUP);
  });

  it.each<[string, Partial<typeof UNKNOWN_IMAGE>]>([
    ['image', { resourceId: `${UNKNOWN_IMAGE.resourceId}2` }],
    ['account', { account: '444455556666' }],
    ['Region', { region: 'eu-central-1' }],
  ])('tells apart from it one of another %s', (_what, other) => {
    expect(lost({ ...UNKNOWN_IMAGE, ...other }).group).not.toBe(LOST_GROUP);
  });

  it.each([
    ['10 kB', '関'.repeat(10_000), `${'関'.repeat(511)}…`],
    ['control characters', 'a\u0000b\u202Ec', 'a bc'],
    ['a secret', `ghp_${'aB3'.repeat(12)}`, '[redacted]'],
  ])('keeps the group a short printable key when the source calls an image by %s', (_case, resourceId, name) => {
    const { group, subject } = lost({ ...NAMELESS, resourceId });
    expect(group).toBe(`unknown-image:111122223333:eu-west-1:${name}`);
    expect(Buffer.byteLength(group)).toBeLessThan(1_900);
    expect(subject).toMatchObject({ name });
  });

  it('stays small whatever the source writes', () => {
    fc.assert(
      fc.property(fc.constantFrom('x'.repeat(100_000), '🐳'.repeat(9_000), '\uD800'), (text) => {
        const packages = Array.from({ length: 5_000 }, (_, index) => ({ ...OPENSSL, name: `${index}${text}` }));
        const hostile = { ...VULNERABILITY, title: text, vulnerabilityId: text, packages, tags: [text] };
        const finding = grouped(enrichVulnerability(hostile, known(DOSSIER), ON_FARGATE));
        expect(Buffer.byteLength(JSON.stringify(finding))).toBeLessThan(16 * 1024);
        const unnamed = { ...UNKNOWN_IMAGE, reason: text, resourceId: text };
        expect(Buffer.byteLength(JSON.stringify(lost(unnamed, hostile)))).toBeLessThan(16 * 1024);
        const containers = Array.from({ length: 5_000 }, (_, index) => ({ image: `${index}${text}` }));
        const threat = grouped(enrichThreat({ ...THREAT, title: text, containers }, unknown(text), UNSEEN));
        expect(Buffer.byteLength(JSON.stringify(threat))).toBeLessThan(16 * 1024);
      }),
      { numRuns: 3 },
    );
  });
});
