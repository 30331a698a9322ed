import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXPLAINED_BYTES, explainedFromDecided } from '../../../shared/alerts/explained-from-decided.ts';
import { isExplainedFinding } from '../../../shared/alerts/is-explained-finding.ts';
import { known, unknown } from '../../../shared/base/known.ts';
import type { AttributedPackage, EnrichedFinding } from '../../../shared/enrichment/enriched-finding.ts';
import type { Finding } from '../../../shared/finding/finding.ts';
import type { DecidedFinding } from '../../../shared/priority/decided-finding.ts';
import type { Decision } from '../../../shared/priority/decision.ts';
import { DECISION, decided, decidedFrom, enrichedIssue, enrichedThreat, HANDLING } from '../../support/decided.ts';
import { enriched } from '../../support/enriched.ts';
import { hostileIssue } from '../../support/hostile-issue.ts';
import {
  CHECKOUT,
  DOSSIER,
  FARGATE,
  IMAGE_ISSUE,
  INSTALL,
  OPENSSL,
  THREAT,
  UNKNOWN_IMAGE,
  UNSEEN,
  VULNERABILITY,
} from '../enrichment/findings.ts';

describe('what is kept of a decided finding', () => {
  it('is all that explains an ordinary vulnerability', () => {
    expect(explainedFromDecided(decidedFrom(enriched(), { version: 'v' }))).toEqual({
      key: VULNERABILITY.key,
      version: 'v',
      decidedAt: '2026-03-02T10:05:00.000Z',
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
      sourceId: 'arn:aws:inspector2:eu-west-1:111122223333:finding/0123456789abcdef0123456789abcdef',
      kind: 'vulnerability',
      name: 'CVE-2024-6119',
      title: 'CVE-2024-6119 - openssl',
      status: 'active',
      sample: false,
      subject: {
        kind: 'image',
        name: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/checkout@sha256:${'a'.repeat(64)}`,
        tags: ['1.4'],
      },
      firstObservedAt: '2026-03-01T10:00:00.000Z',
      updatedAt: '2026-03-02T10:00:00.000Z',
      decision: DECISION,
      handling: HANDLING,
      policy: 'built-in',
      isolation: FARGATE,
      workloads: known(['service:checkout on ECS Fargate']),
      workloadsLeftOut: 0,
      packages: [
        {
          name: 'openssl',
          installed: '3.0.11',
          fixed: '3.0.13',
          instruction: known({ position: 5, text: 'RUN apt-get install -y openssl', origin: 'app' }),
        },
      ],
      packagesLeftOut: 0,
    });
  });

  it('is all that explains an ordinary threat', () => {
    const threat = enrichedThreat({ sample: true }, unknown('nothing names it'), UNSEEN);
    expect(explainedFromDecided(decidedFrom(threat))).toMatchObject({
      key: THREAT.key,
      kind: 'threat',
      name: 'PrivilegeEscalation:Runtime/RuncContainerEscape',
      title: 'A process tried to leave its container.',
      sample: true,
      subject: { kind: 'workload', name: '111122223333 eu-west-1 shop', tags: [] },
      workloads: unknown('the lookup was denied'),
      packages: [],
      packagesLeftOut: 0,
    });
  });

  it('is all that explains what a rule says of an image', () => {
    expect(explainedFromDecided(decidedFrom(enrichedIssue()))).toMatchObject({
      key: IMAGE_ISSUE.key,
      sourceId: IMAGE_ISSUE.sourceId,
      kind: 'image-issue',
      name: 'IMG-001',
      title: 'The image runs as root',
      issue: {
        ruleClass: 'privilege',
        severity: 'HIGH',
        confirmed: true,
        origin: 'app',
        platform: 'linux/arm64',
        rationale: 'Whoever gets into the container is root there, and one mistake away from being root on the host.',
        evidence: [{ text: 'USER root', origin: 'app', layer: `sha256:${'3'.repeat(64)}` }],
        evidenceLeftOut: 0,
      },
      packages: [],
      packagesLeftOut: 0,
    });
  });

  it('names an image that is not known as its source does', () => {
    const { subject } = explainedFromDecided(decided({ finding: { image: UNKNOWN_IMAGE } }));
    expect(subject).toEqual({
      kind: 'unknown-image',
      name: '111122223333 eu-west-1 arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout/sha256:aaaEXAMPLE',
      tags: ['1.4'],
    });
  });

  it('is the status at the source, with who accepted it beside', () => {
    const suppressed = { rule: 'known', reason: 'not reachable', owner: 'security', expires: '2027-01-31' };
    const handling = { suppressed, destinations: [], mention: false, route: 'quiet' };
    expect(explainedFromDecided(decided({ handling }))).toMatchObject({ status: 'active', handling });
  });

  it('is ten packages, workloads and tags, and how many packages and workloads are left out', () => {
    const names = Array.from({ length: 40 }, (_, index) => `one-${index}`);
    const found = enriched(
      { packages: names.map((name) => ({ ...OPENSSL, name })), tags: names },
      { context: { workloads: known(names.map((name) => ({ ...CHECKOUT, name }))), isolation: FARGATE } },
    );
    const { packages, packagesLeftOut, workloads, workloadsLeftOut, subject } = explainedFromDecided({
      ...decidedFrom({ ...found, packagesLeftOut: 60 }),
      workloadsLeftOut: 400,
    });
    expect(packages.map(({ name }) => name)).toEqual(names.slice(0, 10));
    expect(packagesLeftOut).toBe(90);
    expect(workloads).toEqual(known(names.slice(0, 10).map((name) => `${name} on ECS Fargate`)));
    expect(workloadsLeftOut).toBe(430);
    expect(subject.tags).toEqual(names.slice(0, 10));
  });

  it('names workloads that read the same once', () => {
    const context = { workloads: known([CHECKOUT, CHECKOUT]), isolation: FARGATE };
    const { workloads } = explainedFromDecided(decidedFrom(enriched({}, { context })));
    expect(workloads).toEqual(known(['service:checkout on ECS Fargate']));
  });

  it('holds no secret, wherever it stood', () => {
    const secret = 'curl -u admin:hunter2hunter2 https://example.com';
    const dossier = known({ ...DOSSIER, instructions: [{ ...INSTALL, text: `RUN ${secret}` }] });
    const found = enriched({ title: secret }, { dossier });
    const fix = { kind: 'none', reason: secret } as const;
    const decision = { reason: secret, unknowns: [secret], fix, due: { because: secret } };
    const text = JSON.stringify(explainedFromDecided(decidedFrom(found, { decision })));
    expect(text).toContain('[redacted]');
    expect(text).not.toContain('hunter2');
  });
});

const hostileText = fc.oneof(
  fc.constantFrom(
    '',
    '\u0000\u001B[31m\u0007',
    'x'.repeat(20_000),
    'x '.repeat(10_000),
    '🐳'.repeat(3_000),
    '"\\'.repeat(3_000),
    '関'.repeat(3_000),
    '\u202Etxt.exe\uD83D',
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
);

const many = <T>(count: number, one: (index: number) => T): readonly T[] =>
  Array.from({ length: count }, (_, at) => one(at));

/** Every text is hostile, every list is long. */
const hostile = (text: string, count: number, kind: Finding['kind']): DecidedFinding => {
  const instruction = { ...INSTALL, text };
  const found: AttributedPackage = {
    name: text,
    version: text,
    release: text,
    fixedInVersion: text,
    instruction: count % 2 ? known(instruction) : unknown(text),
  };
  const context = {
    workloads: text.length % 2 ? unknown(text) : known(many(count, (at) => ({ ...CHECKOUT, name: `${at}${text}` }))),
    isolation: FARGATE,
  };
  const texts = { title: text, description: text, sourceId: text };
  const kinds: Record<Finding['kind'], EnrichedFinding> = {
    threat: enrichedThreat({ ...texts, type: text, cluster: { kind: 'ecs', name: text } }, unknown(text), context),
    'image-issue': hostileIssue(text, count, context),
    vulnerability: {
      ...enriched(
        {
          ...texts,
          vulnerabilityId: text,
          tags: many(count, (at) => `${at}${text}`),
          ...(count % 3 === 0 && { image: { ...UNKNOWN_IMAGE, resourceId: text } }),
        },
        { context },
      ),
      packages: many(count, () => found),
    },
  };
  const fixed = many(count, () => ({ name: text, installed: text, fixed: text }));
  const decision: Partial<Decision> = {
    rules: many(count, () => text),
    factors: Object.fromEntries(many(count, (at) => [`${at}${text}`, at])),
    scheme: text,
    reason: text,
    unknowns: many(count, () => text),
    points: many(count, () => ({ name: text, possible: many(count, () => text), taken: text, evidence: text })),
    worst: { outcome: 'act', if: text },
    due: { on: text, because: text },
    bod2604: text,
    references: many(count, () => ({ standard: 'NIST SP 800-190', id: text, title: text })),
    fix:
      kind === 'image-issue'
        ? { kind: 'change-base', instruction, text }
        : { kind: 'rebuild-base', instruction, packages: fixed },
  };
  const suppressed = { rule: text, reason: text, owner: text, expires: text };
  const handling = { suppressed, destinations: many(count, () => text), mention: true, route: text };
  return decidedFrom(kinds[kind], { decision, handling, fingerprint: '0123456789abcdef' });
};

describe('whatever strangers wrote', () => {
  const anyKind = fc.constantFrom<Finding['kind']>('vulnerability', 'threat', 'image-issue');
  const finding = fc
    .record({ text: hostileText, count: fc.constantFrom(0, 1, 3, 10, 500), kind: anyKind })
    .map(({ text, count, kind }) => hostile(text, count, kind));

  it('what is kept has less than 64 KB, and reads as what it is', () => {
    expect(EXPLAINED_BYTES).toBeLessThan(64 * 1024);
    fc.assert(
      fc.property(finding, (one) => {
        const explained = explainedFromDecided(one);
        const text = JSON.stringify(explained);
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(EXPLAINED_BYTES);
        expect(isExplainedFinding(JSON.parse(text))).toBe(true);
      }),
      {
        numRuns: 30,
        examples: [
          [hostile('関'.repeat(3_000), 500, 'vulnerability')],
          [hostile('"'.repeat(3_000), 500, 'threat')],
          [hostile('関'.repeat(3_000), 500, 'image-issue')],
        ],
      },
    );
  });

  it('no control or invisible character and no half of one is kept', () => {
    fc.assert(
      fc.property(finding, (one) => {
        const text = JSON.stringify(explainedFromDecided(one));
        expect(text).not.toMatch(/\\u[0-9a-f]{4}|[\p{Cc}\u200B-\u200F\u202A-\u202E]/u);
      }),
      { numRuns: 25 },
    );
  });

  it('the first of the lists stay as long as there is room', () => {
    const explained = explainedFromDecided(hostile('関'.repeat(3_000), 10, 'vulnerability'));
    expect(explained.packages.length).toBeGreaterThanOrEqual(1);
    expect(explained.decision.points).toHaveLength(10);
  });
});
