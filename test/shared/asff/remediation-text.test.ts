import { expect, it } from 'vitest';
import { remediationText } from '../../../shared/asff/remediation-text.ts';
import { unknown } from '../../../shared/base/known.ts';
import type { Vulnerability } from '../../../shared/finding/finding.ts';
import type { RecommendedFix } from '../../../shared/priority/recommended-fix.ts';
import { decidedFrom, enrichedThreat } from '../../support/decided.ts';
import { enriched } from '../../support/enriched.ts';
import { digest, OPENSSL } from '../enrichment/findings.ts';

const INSTALLED = { position: 5, text: 'RUN apt-get install -y openssl', origin: 'app' } as const;
const COPIED = { position: 1, text: 'ADD rootfs.tar.xz /', origin: 'base' } as const;
const OPENSSL_FIX = { name: 'openssl', installed: '3.0.11', fixed: '3.0.13' };
const TAR_FIX = { name: 'tar', installed: '1.34', fixed: '1.35' };
const CURL_STAYS = { name: 'curl', installed: '7.88' };
const fromBase: Partial<Vulnerability> = { packages: [{ ...OPENSSL, layer: digest('1') }] };
const fromBoth: Partial<Vulnerability> = { packages: [OPENSSL, { ...OPENSSL, layer: digest('1') }] };
const noDossier = { dossier: unknown('There is no such image in shop/checkout.') };

const text = (finding: Partial<Vulnerability>, fix: RecommendedFix, around = {}) =>
  remediationText(decidedFrom(enriched(finding, around), { decision: { fix } }));

it.each<[string, Partial<Vulnerability>, RecommendedFix, string]>([
  [
    'the instruction of the Dockerfile',
    {},
    { kind: 'upgrade-packages', instruction: INSTALLED, packages: [OPENSSL_FIX] },
    'In instruction 5 of the Dockerfile (`RUN apt-get install -y openssl`): upgrade openssl 3.0.11 → 3.0.13, and rebuild.',
  ],
  [
    'how many more packages there are',
    {},
    { kind: 'upgrade-packages', instruction: INSTALLED, packages: [OPENSSL_FIX, TAR_FIX, TAR_FIX] },
    'In instruction 5 of the Dockerfile (`RUN apt-get install -y openssl`): upgrade openssl 3.0.11 → 3.0.13 (and 2 more packages), and rebuild.',
  ],
  [
    'a newer base image',
    fromBase,
    { kind: 'rebuild-base', instruction: COPIED, packages: [OPENSSL_FIX, TAR_FIX] },
    'Rebuild on a newer base image, for openssl 3.0.11 → 3.0.13 (and one more package) from instruction 1 of the base image (`ADD rootfs.tar.xz /`).',
  ],
  [
    'an instruction that may be either',
    {},
    { kind: 'upgrade-packages', instruction: { ...INSTALLED, origin: 'unknown' }, packages: [OPENSSL_FIX] },
    'In instruction 5 of the Dockerfile or of its base image (`RUN apt-get install -y openssl`): upgrade openssl 3.0.11 → 3.0.13, and rebuild.',
  ],
  [
    'what has no fix beside what has one',
    {},
    { kind: 'upgrade-packages', instruction: INSTALLED, packages: [OPENSSL_FIX, CURL_STAYS] },
    'In instruction 5 of the Dockerfile (`RUN apt-get install -y openssl`): upgrade openssl 3.0.11 → 3.0.13, and rebuild. No fixed version of curl 7.88 is known yet.',
  ],
  [
    'that other packages came another way',
    fromBoth,
    { kind: 'upgrade-packages', instruction: INSTALLED, packages: [OPENSSL_FIX] },
    'In instruction 5 of the Dockerfile (`RUN apt-get install -y openssl`): upgrade openssl 3.0.11 → 3.0.13, and rebuild. Not all of its packages are known to have come this way.',
  ],
  [
    'that there is no fix',
    {},
    { kind: 'none', reason: 'no fixed version is known yet', instruction: INSTALLED },
    'No fixed version is known yet. If it is not needed, remove openssl 3.0.11 from instruction 5 of the Dockerfile (`RUN apt-get install -y openssl`).',
  ],
  [
    'only the packages of the instruction that it is about',
    fromBoth,
    { kind: 'none', reason: 'no fixed version is known yet', instruction: INSTALLED },
    'No fixed version is known yet. If it is not needed, remove openssl 3.0.11 from instruction 5 of the Dockerfile (`RUN apt-get install -y openssl`).',
  ],
  [
    'that the scanner names nothing',
    { packages: [] },
    { kind: 'none', reason: 'the scanner names no package to upgrade' },
    'The scanner names no package to upgrade.',
  ],
  [
    'what the scanner says where it names no package',
    { packages: [], remediation: 'Apply the patch.' },
    { kind: 'none', reason: 'the scanner names no package to upgrade' },
    'Apply the patch.',
  ],
])('names %s', (_case, finding, fix, expected) => {
  expect(text(finding, fix)).toBe(expected);
});

it('says why the instruction is not known, with one full stop', () => {
  expect(text({}, { kind: 'upgrade-packages', packages: [OPENSSL_FIX] }, noDossier)).toBe(
    'Upgrade openssl 3.0.11 → 3.0.13 and rebuild. Which instruction brought it is not known: there is no dossier of the image: There is no such image in shop/checkout.',
  );
});

it('says that neither a fix nor the instruction is known', () => {
  expect(text({}, { kind: 'none', reason: 'no fixed version is known yet' }, noDossier)).toBe(
    'No fixed version is known yet. If it is not needed, remove openssl 3.0.11. Which instruction brought it is not known: there is no dossier of the image: There is no such image in shop/checkout.',
  );
});

it('keeps the advice behind a long instruction inside the limit', () => {
  const long = { ...INSTALLED, text: `RUN ${'apt-get install -y openssl && '.repeat(30)}true` };
  const packages = [
    { ...OPENSSL_FIX, name: 'x'.repeat(100) },
    { ...CURL_STAYS, installed: 'y'.repeat(60) },
  ];
  const found = text(fromBoth, { kind: 'upgrade-packages', instruction: long, packages });
  expect(found.length).toBeLessThanOrEqual(512);
  expect(found.endsWith('Not all of its packages are known to have come this way.')).toBe(true);
});

it.each([
  ['DefenseEvasion:Runtime/KernelModuleLoaded', 'Treat the host'],
  ['PrivilegeEscalation:Runtime/RuncContainerEscape', 'Isolate the host'],
  ['PrivilegeEscalation:Kubernetes/PrivilegedContainer', 'Find out who started this'],
  ['Execution:Runtime/ReverseShell', 'Find out whether this is meant'],
])('advises on %s', (type, start) => {
  const advice = remediationText(decidedFrom(enrichedThreat({ type })));
  expect(advice.startsWith(start)).toBe(true);
  expect(advice.length).toBeLessThanOrEqual(512);
});
