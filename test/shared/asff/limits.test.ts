import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AsffFinding } from '../../../shared/asff/asff.ts';
import { asffFromDecided } from '../../../shared/asff/asff-from-decided.ts';
import { field, nonEmpty } from '../../../shared/asff/limits.ts';
import { known, unknown } from '../../../shared/base/known.ts';
import type { EnrichedFinding } from '../../../shared/enrichment/enriched-finding.ts';
import { recommendFix } from '../../../shared/priority/recommend-fix.ts';
import type { RecommendedFix } from '../../../shared/priority/recommended-fix.ts';
import { decidedFrom } from '../../support/decided.ts';
import { enriched } from '../../support/enriched.ts';
import { hostileIssue } from '../../support/hostile-issue.ts';
import {
  CHECKOUT,
  DOSSIER,
  FARGATE,
  IMAGE,
  INSTALL,
  OPENSSL,
  THREAT,
  UNKNOWN_IMAGE,
  VULNERABILITY,
} from '../enrichment/findings.ts';

it.each([
  ['nothing', undefined],
  ['an empty text', ''],
  ['only spaces and control characters', ' \u0000\u200B\n'],
])('leaves %s out', (_case, text) => {
  expect(nonEmpty(text, 10)).toBeUndefined();
  expect(field('Name', text, 10)).toEqual({});
});

const hostileText = fc.oneof(
  fc.constantFrom(
    '',
    ' \n\t ',
    '\u0000\u001B[31m\u0007',
    'x'.repeat(100_000),
    '🐳'.repeat(3_000),
    '"\\'.repeat(3_000),
    '関'.repeat(3_000),
    '\uD83D',
    `${'a'.repeat(255)}\uD83D\uDC33`,
    '\u202Etxt.exe',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const maybe = (key: string) => hostileText.map((text) => ({ [key]: text }));

const hostilePackage = fc
  .tuple(
    maybe('name'),
    maybe('version'),
    maybe('packageManager'),
    maybe('filePath'),
    maybe('fixedInVersion'),
    maybe('remediation'),
  )
  .map((fields) => Object.assign({}, OPENSSL, ...fields) as typeof OPENSSL);

const hostileInstruction = hostileText.map((text) => ({ ...INSTALL, text }));
const context = (name: string) => ({
  workloads: known(Array.from({ length: 40 }, (_, index) => ({ ...CHECKOUT, name: `${name}${index}` }))),
  isolation: FARGATE,
});

const hostileVulnerability = fc
  .record({
    texts: fc.tuple(
      maybe('title'),
      maybe('description'),
      maybe('vulnerabilityId'),
      maybe('sourceUrl'),
      maybe('remediation'),
      maybe('sourceId'),
    ),
    packages: fc
      .tuple(hostilePackage, fc.constantFrom(0, 1, 3, 5_000))
      .map(([one, count]) => Array.from({ length: count }, () => one)),
    tags: fc.array(hostileText, { maxLength: 30 }),
    vector: hostileText,
    image: fc.option(fc.tuple(maybe('resourceId'), maybe('reason'), fc.boolean())),
    instruction: hostileInstruction,
    workload: hostileText,
  })
  .map(({ texts, packages, tags, vector, image, instruction, workload }): EnrichedFinding => {
    const cvss = Array.from({ length: 30 }, () => ({ version: vector, score: 9, vector, source: vector }));
    const finding = Object.assign({}, VULNERABILITY, ...texts, { packages, tags, cvss }) as typeof VULNERABILITY;
    if (image === null)
      return enriched(finding, {
        dossier: known({ ...DOSSIER, instructions: [instruction] }),
        context: context(workload),
      });
    const [resourceId, reason, hasRepository] = image;
    const { repository: _repository, ...nameless } = UNKNOWN_IMAGE;
    const lost = Object.assign({}, hasRepository ? UNKNOWN_IMAGE : nameless, resourceId, reason);
    return enriched({ ...finding, image: lost }, { dossier: unknown(lost.reason), context: context(workload) });
  });

const hostileThreat = fc
  .record({
    texts: fc.tuple(
      maybe('title'),
      maybe('description'),
      maybe('type'),
      maybe('sourceId'),
      maybe('resourceType'),
      maybe('instanceId'),
    ),
    name: hostileText,
    reason: hostileText,
  })
  .map(({ texts, name, reason }): EnrichedFinding => {
    const finding = Object.assign({}, THREAT, ...texts, {
      containers: [{ name, image: name }],
      task: { arn: name },
      cluster: { kind: 'eks', name },
      workload: { type: name, name, namespace: name },
    }) as typeof THREAT;
    const image = reason.length % 2 ? known(IMAGE) : unknown(reason);
    return { finding, image, repositoryTags: unknown(reason), context: context(name) };
  });

const hostileImageIssue = fc
  .record({ text: hostileText, count: fc.constantFrom(0, 1, 12, 600), workload: hostileText })
  .map(({ text, count, workload }): EnrichedFinding => hostileIssue(text, count, context(workload)));

const hostileFix: fc.Arbitrary<RecommendedFix> = hostileText.map((text) => ({
  kind: 'upgrade-packages',
  instruction: { position: 1, text, origin: 'base' },
  packages: Array.from({ length: 10 }, () => ({ name: text, installed: text, fixed: text })),
}));

/** Every member of a decision and of the policy's handling that a product field, a text or a requirement is made of. */
const hostileDecision = fc.record({ text: hostileText, fix: fc.option(hostileFix) }).map(
  ({ text, fix }) =>
    ({
      fix,
      decision: {
        outcome: 'act',
        reason: text,
        unknowns: [text, text],
        rules: [text],
        points: Array.from({ length: 30 }, () => ({ name: text, possible: [text, text], taken: text, evidence: text })),
        worst: { outcome: 'act', if: text },
        due: { on: text, because: text },
        bod2604: text,
        references: Array.from({ length: 50 }, () => ({
          standard: 'CIS Docker Benchmark' as const,
          id: text,
          title: text,
        })),
      },
      handling: { suppressed: { rule: text, reason: text, owner: text, expires: text }, destinations: [text] },
    }) as const,
);

/** Every string of the finding, with the path to it. */
const strings = (value: unknown, path = ''): readonly (readonly [string, string])[] => {
  if (typeof value === 'string') return [[path, value]];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => strings(inner, `${path}/${key}`));
};

const expectInsideLimits = (finding: AsffFinding): void => {
  expect(finding.Title.length).toBeLessThanOrEqual(256);
  expect(finding.Description.length).toBeLessThanOrEqual(1024);
  expect(finding.Id.length).toBeLessThanOrEqual(512);
  expect(finding.Remediation?.Recommendation.Text?.length ?? 1).toBeLessThanOrEqual(512);
  expect(finding.Resources.length).toBeGreaterThanOrEqual(1);
  expect(finding.Resources.length).toBeLessThanOrEqual(32);
  for (const { Id } of finding.Resources) expect(Id.length).toBeLessThanOrEqual(512);
  expect(finding.FindingProviderFields.Severity.Original?.length).toBeLessThanOrEqual(64);
  const requirements = finding.Compliance?.RelatedRequirements ?? ['one'];
  expect(requirements.length).toBeGreaterThanOrEqual(1);
  expect(requirements.length).toBeLessThanOrEqual(32);
  for (const requirement of requirements) expect(requirement.length).toBeLessThanOrEqual(64);
  const fields = Object.entries(finding.ProductFields ?? {});
  // Security Hub adds three of its own.
  expect(fields.length).toBeLessThanOrEqual(47);
  for (const [key, value] of fields) {
    expect(key.length).toBeLessThanOrEqual(128);
    expect(value.length).toBeLessThanOrEqual(2048);
  }
  for (const [path, text] of strings(finding)) {
    expect(text, path).not.toBe('');
    expect(text.isWellFormed(), path).toBe(true);
    expect(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u.test(text), path).toBe(false);
  }
  expect(Buffer.byteLength(JSON.stringify(finding))).toBeLessThanOrEqual(240 * 1024);
};

describe('a rendered finding is inside the limits', () => {
  const hub = { account: '999988887777', region: 'eu-west-1', partition: 'aws' };
  it.each([
    ['vulnerabilities', hostileVulnerability],
    ['threats', hostileThreat],
    ['rules about images', hostileImageIssue],
  ])('of hostile %s', (_kind, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, hostileDecision, (finding, { fix, decision, handling }) => {
        const decided = decidedFrom(finding, {
          decision: { ...decision, fix: fix ?? recommendFix(finding) },
          handling,
        });
        expectInsideLimits(asffFromDecided(decided, hub, '2026-03-03T00:00:00.000Z'));
      }),
      { numRuns: 60 },
    );
  });
});
