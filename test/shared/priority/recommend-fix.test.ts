import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { known } from '../../../shared/base/known.ts';
import type { Vulnerability, VulnerablePackage } from '../../../shared/finding/finding.ts';
import { fixGroup, reachesAll, recommendFix, upgrades } from '../../../shared/priority/recommend-fix.ts';
import type { RecommendedFix } from '../../../shared/priority/recommended-fix.ts';
import { enrichedIssue, enrichedThreat } from '../../support/decided.ts';
import { enriched } from '../../support/enriched.ts';
import { BASE_COPY, DOSSIER, digest, INSTALL, OPENSSL } from '../enrichment/findings.ts';

const { fixedInVersion: _fixed, ...UNFIXED } = OPENSSL;
const TAR = { ...OPENSSL, name: 'tar', version: '1.34', fixedInVersion: '1.35' };
const APP = digest('3');
const BASE = digest('1');
/** No layer of the image. */
const LOST = digest('9');
const from = (layer: typeof APP, found: VulnerablePackage = OPENSSL): VulnerablePackage => ({ ...found, layer });

const of = (packages: readonly VulnerablePackage[], finding: Partial<Vulnerability> = {}) =>
  enriched({ packages, ...finding });

const INSTALLED = { position: INSTALL.position, text: INSTALL.text, origin: 'app' } as const;
const COPIED = { position: BASE_COPY.position, text: BASE_COPY.text, origin: 'base' } as const;
const OPENSSL_FIX = { name: 'openssl', installed: '3.0.11', fixed: '3.0.13' };
const OPENSSL_STAYS = { name: 'openssl', installed: '3.0.11' };
const TAR_FIX = { name: 'tar', installed: '1.34', fixed: '1.35' };

/** The packages; the change; the group of findings that share it; whether it reaches all packages. */
it.each<[string, readonly VulnerablePackage[], RecommendedFix, string | undefined, boolean]>([
  [
    'a newer base image for what the base image brought',
    [from(BASE), from(BASE, TAR)],
    { kind: 'rebuild-base', instruction: COPIED, packages: [OPENSSL_FIX, TAR_FIX] },
    'base',
    true,
  ],
  [
    'newer packages where an instruction of the user brought them',
    [from(APP), from(APP)],
    { kind: 'upgrade-packages', instruction: INSTALLED, packages: [OPENSSL_FIX] },
    'instruction:5',
    true,
  ],
  [
    'newer packages where it is not known which instruction brought them',
    [from(LOST)],
    { kind: 'upgrade-packages', packages: [OPENSSL_FIX] },
    'packages',
    true,
  ],
  [
    'the user’s own part, where the base image brought another',
    [from(BASE), from(BASE, TAR), from(APP)],
    { kind: 'upgrade-packages', instruction: INSTALLED, packages: [OPENSSL_FIX] },
    'instruction:5',
    false,
  ],
  [
    'a newer base image, which may not reach what came from nobody knows where',
    [from(LOST, TAR), from(BASE)],
    { kind: 'rebuild-base', instruction: COPIED, packages: [OPENSSL_FIX] },
    'base',
    false,
  ],
  [
    'what has a fix, and what has none beside it',
    [from(APP, UNFIXED), from(APP, TAR)],
    { kind: 'upgrade-packages', instruction: INSTALLED, packages: [TAR_FIX, OPENSSL_STAYS] },
    undefined,
    true,
  ],
  [
    'the instruction of what has a fix, not of what has none',
    [from(APP, UNFIXED), from(BASE, TAR)],
    { kind: 'rebuild-base', instruction: COPIED, packages: [TAR_FIX, OPENSSL_STAYS] },
    undefined,
    false,
  ],
  [
    'nothing where nothing has a fix, and the instruction all the same',
    [from(APP, UNFIXED)],
    { kind: 'none', reason: 'no fixed version is known yet', instruction: INSTALLED },
    undefined,
    false,
  ],
  [
    'nothing where neither a fix nor the instruction is known',
    [from(LOST, UNFIXED)],
    { kind: 'none', reason: 'no fixed version is known yet' },
    undefined,
    false,
  ],
  [
    'nothing where the scanner names no package',
    [],
    { kind: 'none', reason: 'the scanner names no package to upgrade' },
    undefined,
    false,
  ],
  [
    'nothing where a fixed version is no printable text',
    [from(APP, { ...OPENSSL, fixedInVersion: '\u0000' })],
    { kind: 'none', reason: 'no fixed version is known yet', instruction: INSTALLED },
    undefined,
    false,
  ],
])('recommends %s', (_case, packages, fix, group, all) => {
  const vulnerability = of(packages, { fixAvailable: 'NO' });
  expect(recommendFix(vulnerability)).toEqual(fix);
  expect(fixGroup(fix)).toBe(group);
  expect(reachesAll(vulnerability, fix)).toBe(all);
});

it('says where the scanner knows of a fix and names no version', () => {
  expect(recommendFix(of([from(APP, UNFIXED)], { fixAvailable: 'YES' }))).toMatchObject({
    reason: 'the scanner knows of a fix, but not in which version',
  });
});

it('recommends no upgrade against a threat', () => {
  expect(recommendFix(enrichedThreat())).toEqual({
    kind: 'none',
    reason: 'no upgrade undoes what was seen at run time',
  });
});

it.each<[string, Parameters<typeof enrichedIssue>[0], string]>([
  ['to change the image where the user’s own instruction is at fault', {}, 'change-image'],
  ['to change the image where nobody knows whose it is', { origin: 'unknown' }, 'change-image'],
  ['to change the base image where it brought it', { origin: 'base' }, 'change-base'],
])('recommends %s, as the rule says', (_case, change, kind) => {
  const fix = recommendFix(enrichedIssue(change));
  expect(fix).toEqual({
    kind,
    text: 'Create a user and name it in a USER instruction at the end.',
    instruction: { position: 7, text: 'USER root', origin: 'app', line: 12 },
  });
  expect([upgrades(fix), fixGroup(fix)]).toEqual([false, undefined]);
});

it('names the line of the instruction, where that is known', () => {
  const dossier = known({ ...DOSSIER, instructions: [{ ...INSTALL, line: 9 }] });
  expect(recommendFix(enriched({}, { dossier })).instruction).toEqual({ ...INSTALLED, line: 9 });
});

it('reaches not all where packages were left out', () => {
  const vulnerability = of(Array.from({ length: 101 }, () => from(APP)));
  expect(reachesAll(vulnerability, recommendFix(vulnerability))).toBe(false);
});

describe('whatever a scanner writes', () => {
  const text = fc.oneof(
    fc.constantFrom('', '\u0000', 'x'.repeat(9_000), '🐳'.repeat(900)),
    fc.string({ unit: 'binary' }),
  );
  const anyPackage = fc
    .record({
      name: text,
      version: text,
      fixedInVersion: fc.option(text, { nil: undefined }),
      layer: fc.constantFrom(APP, BASE, LOST),
    })
    .map(({ fixedInVersion, ...found }) => ({ ...UNFIXED, ...found, ...(fixedInVersion && { fixedInVersion }) }));

  it('the fix is short, and a change that removes the finding leaves no package without a fix', () => {
    fc.assert(
      fc.property(fc.array(anyPackage, { maxLength: 120 }), (packages) => {
        const vulnerability = of(packages);
        const fix = recommendFix(vulnerability);
        if (!upgrades(fix)) return;
        expect(fix.packages.length).toBeLessThanOrEqual(10);
        for (const { name, installed, fixed = '-' } of fix.packages) {
          expect(name.length).toBeLessThanOrEqual(100);
          expect(installed.length).toBeLessThanOrEqual(60);
          expect(fixed.length).toBeGreaterThan(0);
          expect(fixed.length).toBeLessThanOrEqual(60);
        }
        if (fixGroup(fix) !== undefined && packages.length <= 100)
          expect(vulnerability.packages.filter(({ fixedInVersion }) => fixedInVersion === undefined)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});
