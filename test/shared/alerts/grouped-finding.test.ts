import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupedFinding } from '../../../shared/alerts/grouped-finding.ts';
import { known, unknown } from '../../../shared/base/known.ts';
import type { EnrichedFinding } from '../../../shared/enrichment/enriched-finding.ts';
import type { FindingStatus, Threat, Vulnerability } from '../../../shared/finding/finding.ts';
import type { Suppression } from '../../../shared/priority/handling.ts';
import { recommendFix } from '../../../shared/priority/recommend-fix.ts';
import {
  DECISION,
  type DecisionChange,
  decided,
  decidedFrom,
  enrichedIssue,
  enrichedThreat,
} from '../../support/decided.ts';
import { enriched } from '../../support/enriched.ts';
import { hostileIssue } from '../../support/hostile-issue.ts';
import {
  BASE_COPY,
  CHECKOUT,
  digest,
  IMAGE,
  INSTALL,
  ON_FARGATE,
  OPENSSL,
  THREAT,
  UNKNOWN_IMAGE,
  UNSEEN,
  VULNERABILITY,
} from '../enrichment/findings.ts';

/** With the fix that the finding itself asks for. */
const grouped = (finding: EnrichedFinding, { decision, ...change }: DecisionChange = {}) =>
  groupedFinding(decidedFrom(finding, { ...change, decision: { fix: recommendFix(finding), ...decision } }));
const INSTALLED = { position: INSTALL.position, text: INSTALL.text, origin: 'app' };
const IMAGE_ARN = `arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout/sha256:${'a'.repeat(64)}`;
const SUPPRESSION: Suppression = {
  rule: 'no-x509',
  reason: 'The name checks are not used.',
  owner: 'shop',
  expires: '2027-01-31',
};

describe('groupedFinding', () => {
  it('groups a vulnerability by its image', () => {
    const due = { on: '2026-03-15', because: '14 days by the policy, from 2026-03-01, when it was first observed' };
    expect(groupedFinding(decided({ version: 'v1', decision: { due }, handling: { mention: true } }))).toEqual({
      group: IMAGE_ARN,
      subject: { kind: 'image', image: IMAGE, tags: ['1.4'] },
      key: decided().enriched.finding.key,
      version: 'v1',
      decidedAt: '2026-03-02T10:05:00.000Z',
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
      status: 'active',
      destinations: ['slack'],
      mention: true,
      kind: 'vulnerability',
      name: 'CVE-2024-6119',
      title: 'CVE-2024-6119 - openssl',
      outcome: 'track',
      score: 17,
      reason: DECISION.reason,
      unknowns: ['exposure is not known', 'CISA’s list of known exploited vulnerabilities was never loaded'],
      worst: { outcome: 'attend', if: 'it is exploited in the wild' },
      dueOn: '2026-03-15',
      packages: ['openssl 3.0.11 → 3.0.13'],
      fix: {
        kind: 'upgrade-packages',
        instruction: INSTALLED,
        packages: [{ name: 'openssl', installed: '3.0.11', fixed: '3.0.13' }],
      },
      fixReachesAll: true,
      runsIn: ['service:checkout on ECS Fargate'],
      remainingBarriers: ['CAPS', 'SECCOMP', 'NS', 'FS', 'HOSTOS', 'VM'],
      observedAt: '2026-03-02T10:00:00.000Z',
      sample: false,
    });
  });

  it('names no due date where it is due with the next rebuild, and nothing worse where nothing worse is possible', () => {
    const { worst: _worst, ...decision } = DECISION;
    const finding = groupedFinding({ ...decided(), decision });
    expect(finding).not.toHaveProperty('dueOn');
    expect(finding).not.toHaveProperty('worst');
  });

  it.each<[FindingStatus, Suppression | undefined, FindingStatus]>([
    ['active', SUPPRESSION, 'suppressed'],
    ['closed', SUPPRESSION, 'closed'],
    ['suppressed', undefined, 'suppressed'],
    ['active', undefined, 'active'],
  ])('is, when %s at its source and the policy says %j, %s', (status, suppressed, expected) => {
    const handling = { ...(suppressed && { suppressed }), destinations: [] };
    expect(groupedFinding(decided({ finding: { status }, handling })).status).toBe(expected);
  });

  it('names no place where the lookup failed, and no instruction where none is known', () => {
    const finding = grouped(enriched({}, { dossier: unknown('not read'), context: UNSEEN }));
    expect(finding).not.toHaveProperty('runsIn');
    expect(finding.fix).not.toHaveProperty('instruction');
  });

  it('keeps the first three unknowns', () => {
    const unknowns = ['a', 'b', 'c', 'd'];
    expect(groupedFinding(decided({ decision: { unknowns } })).unknowns).toEqual(['a', 'b', 'c']);
  });

  it('names the first ten places that differ, and how many workloads there are beside them', () => {
    const names = Array.from({ length: 15 }, (_, index) => `service:${index}`);
    const workloads = known([...names, ...names].map((name) => ({ ...CHECKOUT, name })));
    const finding = decidedFrom(enriched({}, { context: { ...ON_FARGATE, workloads } }));
    const { runsIn, runsInMore } = groupedFinding({ ...finding, workloadsLeftOut: 400 });
    expect(runsIn).toEqual(names.slice(0, 10).map((name) => `${name} on ECS Fargate`));
    expect(runsInMore).toBe(405);
  });

  it('keeps each instruction once', () => {
    const text = JSON.stringify(groupedFinding(decided()));
    expect(text.split('RUN apt-get install')).toHaveLength(2);
  });

  it('takes the instruction that the fix is about', () => {
    const packages = [
      { ...OPENSSL, layer: digest('9') },
      { ...OPENSSL, layer: digest('1') },
    ];
    const finding = grouped(enriched({ packages }));
    expect([finding.fix?.instruction, finding.fixReachesAll]).toEqual([
      { position: 1, text: BASE_COPY.text, origin: 'base' },
      false,
    ]);
  });

  it('groups a threat by its image when that is known', () => {
    const finding = grouped(enrichedThreat({ sample: true }));
    expect([finding.group, finding.kind, finding.name, finding.packages, finding.sample, finding.fix?.kind]).toEqual([
      IMAGE_ARN,
      'threat',
      'PrivilegeEscalation:Runtime/RuncContainerEscape',
      [],
      true,
      'none',
    ]);
    expect(finding).not.toHaveProperty('images');
  });

  it('groups what a rule says of an image by that image, by the name of the rule', () => {
    const { fix, ...finding } = grouped(enrichedIssue());
    expect(finding).toMatchObject({
      group: IMAGE_ARN,
      subject: { kind: 'image', image: IMAGE, tags: ['1.4'] },
      kind: 'image-issue',
      name: 'IMG-001',
      title: 'The image runs as root',
      ruleSeverity: 'HIGH',
      seen: 'USER root',
      platform: 'linux/arm64',
      packages: [],
      fixReachesAll: false,
      sample: false,
    });
    expect(fix).toMatchObject({ kind: 'change-image', instruction: { position: 7, line: 12 } });
  });

  it.each([
    ['without the secrets in it', 'ENV DB_PASSWORD=hunter2-of-the-shop', 'ENV DB_PASSWORD=[redacted]'],
    ['cut', 'x'.repeat(400), `${'x'.repeat(299)}…`],
    ['not at all where nothing of it can be printed', '\u200B', undefined],
  ])('says what a rule saw first: %s', (_case, text, seen) => {
    const evidence = [
      { text, origin: 'app' },
      { text: 'another', origin: 'app' },
    ] as const;
    expect(grouped(enrichedIssue({ evidence })).seen).toBe(seen);
  });

  it.each<[string, Threat['containers'], readonly string[] | undefined]>([
    ['one container', THREAT.containers, ['shop/checkout:1.4']],
    ['two of the same image', [...THREAT.containers, ...THREAT.containers], ['shop/checkout:1.4']],
    ['two images', [...THREAT.containers, { image: 'sidecar' }], ['shop/checkout:1.4', 'sidecar']],
    ['a container without an image', [{ name: 'web' }], undefined],
    ['no container', [], undefined],
  ])('names images as the workload wrote them, where none is known: %s', (_case, containers, images) => {
    const finding = grouped(enrichedThreat({ containers }, unknown('the finding names no task'), UNSEEN));
    expect(finding.images).toEqual(images);
  });

  it.each([
    ['arn:aws:ecs:eu-west-1:111122223333:task/shop/0123abcd', '0123abcd on ECS Fargate'],
    ['arn:aws:ecs:eu-west-1:111122223333:task/shop/', 'arn:aws:ecs:eu-west-1:111122223333:task/shop/ on ECS Fargate'],
    ['shop/deployment/checkout', 'shop/deployment/checkout on ECS Fargate'],
  ])('calls the workload %s by a short name', (name, place) => {
    const context = { ...ON_FARGATE, workloads: known([{ ...CHECKOUT, name }]) };
    expect(grouped(enrichedThreat({}, known(IMAGE), context)).runsIn).toEqual([place]);
  });

  const { cluster: _cluster, task: _task, ...ALONE } = THREAT;
  const NAMELESS_TASK = unknown('the finding names no task');
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
    expect(grouped({ finding, image: NAMELESS_TASK, repositoryTags: NAMELESS_TASK, context: UNSEEN }).group).toBe(
      group,
    );
  });

  const { repository: _repository, ...NAMELESS } = UNKNOWN_IMAGE;
  const lost = (image: Vulnerability['image'] = UNKNOWN_IMAGE, change: Partial<Vulnerability> = {}) =>
    groupedFinding(
      decidedFrom(enriched({ image, ...change }, { dossier: unknown(UNKNOWN_IMAGE.reason), context: UNSEEN })),
    );
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
        const finding = grouped(enriched(hostile), { decision: { worst: { outcome: 'act', if: text } } });
        expect(Buffer.byteLength(JSON.stringify(finding))).toBeLessThan(16 * 1024);
        const unnamed = { ...UNKNOWN_IMAGE, reason: text, resourceId: text };
        expect(Buffer.byteLength(JSON.stringify(lost(unnamed, hostile)))).toBeLessThan(16 * 1024);
        const containers = Array.from({ length: 5_000 }, (_, index) => ({ image: `${index}${text}` }));
        const threat = grouped(enrichedThreat({ title: text, containers }, unknown(text), UNSEEN));
        expect(Buffer.byteLength(JSON.stringify(threat))).toBeLessThan(16 * 1024);
        const issue = grouped(hostileIssue(text, 600, UNSEEN));
        expect(Buffer.byteLength(JSON.stringify(issue))).toBeLessThan(16 * 1024);
      }),
      { numRuns: 3 },
    );
  });
});
