import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderExplained } from '../../../cli/explain/render-explained.ts';
import type { ExplainedFinding } from '../../../shared/alerts/explained-finding.ts';
import { known } from '../../../shared/base/known.ts';
import type { Decision } from '../../../shared/priority/decision.ts';
import { EXPLAINED, EXPLAINED_ISSUE, EXPLAINED_THREAT } from '../../shared/alerts/explained.ts';

const golden = (name: string): string =>
  readFileSync(path.join(import.meta.dirname, '../../fixtures/explain', name), 'utf8');

it.each([
  ['a vulnerability', EXPLAINED, 'vulnerability.txt'],
  ['a threat', EXPLAINED_THREAT, 'threat.txt'],
  ['a rule about an image', EXPLAINED_ISSUE, 'image-issue.txt'],
])('%s reads as written by hand', (_, explained, file) => {
  expect(renderExplained(explained)).toBe(golden(file));
});

it('what an older version kept reads without the policy, the time of the decision and how many workloads more', () => {
  const { policy: _policy, decidedAt: _at, fingerprint: _mark, workloadsLeftOut: _left, ...older } = EXPLAINED;
  const text = renderExplained(older);
  expect(text).toContain('  runs in       service:ci on ECS on EC2, family:batch on ECS on EC2\n');
  expect(text).toContain('\nPolicy\n  told ');
  expect(text.endsWith(', by its source\n')).toBe(true);
});

const withDecision = (change: Partial<Decision>): string =>
  renderExplained({ ...EXPLAINED, decision: { ...EXPLAINED.decision, ...change } });

describe('a decision', () => {
  it.each<[string, Partial<Decision>, string]>([
    [
      'whose unknown facts change nothing',
      { outcome: 'attend', score: 82 },
      '\n  Whatever it is, it would not be worse than Attend.\n',
    ],
    ['without anything unknown', { unknowns: [] }, '\nNot known\n  nothing that counts\n\n'],
    [
      'that a newer base image mends',
      {
        fix: {
          kind: 'rebuild-base',
          instruction: { position: 1, text: 'ADD rootfs.tar.xz /', origin: 'base' },
          packages: [{ name: 'libc6', installed: '2.36-9', fixed: '2.36-10' }],
        },
      },
      '  rebuild on a newer base image, for libc6 2.36-9 → 2.36-10; instruction 1 of the base image:\n  ADD rootfs.tar.xz /\n',
    ],
    [
      'that a change of the image mends',
      {
        fix: {
          kind: 'change-image',
          text: 'Name a user.',
          instruction: { position: 5, text: 'USER root', origin: 'app', line: 12 },
        },
      },
      '\nFix\n  Name a user. In instruction 5 (line 12) of the Dockerfile: USER root\n',
    ],
    [
      'that a change somewhere in the image mends',
      { fix: { kind: 'change-image', text: 'Name a user.' } },
      '\nFix\n  Name a user.\n',
    ],
    [
      'whose instruction is not known',
      { fix: { kind: 'upgrade-packages', packages: [{ name: 'runc', installed: '1.1.5', fixed: '1.1.12' }] } },
      '\nFix\n  upgrade runc 1.1.5 → 1.1.12\n',
    ],
    [
      'without a fix',
      {
        fix: {
          kind: 'none',
          reason: 'no fixed version is known yet',
          instruction: { position: 5, text: 'RUN make', origin: 'unknown' },
        },
      },
      '  none: no fixed version is known yet; instruction 5 of the Dockerfile or of its base image: RUN\n  make\n',
    ],
    ['of a rule that came later', { rules: ['U9'] }, '  U9            a rule that this release does not know\n'],
  ])('%s says so', (_, change, line) => {
    expect(withDecision(change)).toContain(line);
  });
});

describe('whatever strangers wrote', () => {
  const text = fc.oneof(
    fc.constantFrom('\u001B[31mred\u001B[0m', 'a\nb\r\tc', '\u202Eexe.txt', '関 '.repeat(300), '🐳 '.repeat(300), ''),
    fc.string({ unit: 'binary', maxLength: 60 }),
  );
  const hostile = text.map(
    (one): ExplainedFinding => ({
      ...EXPLAINED,
      name: one,
      title: one,
      sourceId: one,
      subject: { kind: 'unknown-image', name: one, tags: [one, one] },
      firstObservedAt: one,
      updatedAt: one,
      decidedAt: one,
      policy: one,
      handling: { destinations: [one], mention: true, route: one },
      workloads: known([one, one]),
      issue: {
        ruleClass: 'secret',
        severity: 'HIGH',
        confirmed: true,
        origin: 'app',
        platform: one,
        rationale: one,
        evidence: [{ text: one, origin: 'app', layer: one }],
        evidenceLeftOut: 2,
      },
      packages: [{ name: one, installed: one, fixed: one, instruction: { known: false, reason: one } }],
      decision: {
        ...EXPLAINED.decision,
        reason: one,
        rules: [one],
        factors: { [one]: 3 },
        scheme: one,
        unknowns: [one, one],
        points: [{ name: one, possible: [one, one], taken: one, evidence: one }],
        worst: { outcome: 'act', if: one },
        due: { on: one, because: one },
        bod2604: one,
        references: [{ standard: 'NIST SP 800-190', id: one, title: one }],
        fix: { kind: 'none', reason: one, instruction: { position: 1, text: one, origin: 'app' } },
      },
    }),
  );

  it('no control or invisible character reaches the terminal', () => {
    fc.assert(
      fc.property(hostile, (explained) => {
        expect(renderExplained(explained).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u200B-\u200F\u202A-\u202E]/u);
      }),
    );
  });

  it('a line has at most 96 columns, or is one long word', () => {
    fc.assert(
      fc.property(hostile, (explained) => {
        const long = renderExplained(explained)
          .split('\n')
          .filter((line) => line.length > 96 && line.trim().split(/ {2,}| (?=\S+$)/).length > 2);
        expect(long).toEqual([]);
      }),
    );
  });
});
