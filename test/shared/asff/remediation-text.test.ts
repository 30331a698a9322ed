import { expect, it } from 'vitest';
import { threatRemediation, vulnerabilityRemediation } from '../../../shared/asff/remediation-text.ts';
import { known, unknown } from '../../../shared/base/known.ts';
import { enrichThreat } from '../../../shared/enrichment/enrich-threat.ts';
import type { AttributedPackage } from '../../../shared/enrichment/enriched-finding.ts';
import { BASE_COPY, IMAGE, INSTALL, ON_FARGATE, OPENSSL, THREAT, VULNERABILITY } from '../enrichment/findings.ts';

const FROM_APP: AttributedPackage = { ...OPENSSL, instruction: known(INSTALL) };
const NOT_FOUND: AttributedPackage = {
  ...OPENSSL,
  instruction: unknown('There is no such image in shop/checkout.'),
};
const { fixedInVersion: _fixed, ...WITHOUT_FIX } = FROM_APP;

it.each<[string, readonly AttributedPackage[], string]>([
  [
    'the instruction of the Dockerfile',
    [FROM_APP],
    'Instruction 5 of the Dockerfile brought openssl 3.0.11: `RUN apt-get install -y openssl`. Update to 3.0.13 there and rebuild.',
  ],
  [
    'the other packages of the same instruction',
    [FROM_APP, FROM_APP, { ...OPENSSL, instruction: known(BASE_COPY) }],
    'Instruction 5 of the Dockerfile brought openssl 3.0.11 (and one more package): `RUN apt-get install -y openssl`. Update to 3.0.13 there and rebuild.',
  ],
  [
    'the base image',
    [{ ...OPENSSL, instruction: known(BASE_COPY) }],
    'openssl 3.0.11 comes with the base image (instruction 1: `ADD rootfs.tar.xz /`). Rebuild on a newer base image that has 3.0.13.',
  ],
  [
    'an instruction that may be either',
    [{ ...OPENSSL, instruction: known({ ...INSTALL, origin: 'unknown' as const }) }],
    'Instruction 5 (of the Dockerfile or of its base image) brought openssl 3.0.11: `RUN apt-get install -y openssl`. Update to 3.0.13 there and rebuild.',
  ],
  [
    'that there is no fix',
    [WITHOUT_FIX],
    'Instruction 5 of the Dockerfile brought openssl 3.0.11: `RUN apt-get install -y openssl`. No fixed version is known: remove the package there if it is not needed.',
  ],
  [
    'why the instruction is not known',
    [{ ...OPENSSL, instruction: unknown('the scanner names no layer') }],
    'Update openssl 3.0.11 to 3.0.13. Which instruction brought it is not known: the scanner names no layer.',
  ],
  [
    'why the instruction is not known, with one full stop',
    [NOT_FOUND, NOT_FOUND],
    'Update openssl 3.0.11 to 3.0.13. Which instruction brought it (and one more package) is not known: There is no such image in shop/checkout.',
  ],
  [
    'that neither a fix nor the instruction is known',
    [{ ...WITHOUT_FIX, instruction: unknown('the scanner names no layer') }],
    'No fixed version of openssl 3.0.11 is known: remove the package if it is not needed. Which instruction brought it is not known: the scanner names no layer.',
  ],
  ['that the scanner names nothing', [], 'The scanner names no package to update.'],
])('names %s', (_case, packages, text) => {
  expect(
    vulnerabilityRemediation({
      finding: VULNERABILITY,
      platform: known('linux/amd64'),
      packages,
      packagesLeftOut: 0,
      context: ON_FARGATE,
    }),
  ).toBe(text);
});

it('keeps the advice behind a long instruction inside the limit', () => {
  const long = { ...INSTALL, text: `RUN ${'apt-get install -y openssl && '.repeat(100)}true` };
  const packages = [{ ...OPENSSL, instruction: known(long) }];
  const text = vulnerabilityRemediation({
    finding: VULNERABILITY,
    platform: known('linux/amd64'),
    packages,
    packagesLeftOut: 0,
    context: ON_FARGATE,
  });
  expect(text.length).toBeLessThanOrEqual(512);
  expect(text.endsWith('…`. Update to 3.0.13 there and rebuild.')).toBe(true);
});

it.each([
  ['DefenseEvasion:Runtime/KernelModuleLoaded', 'Treat the host'],
  ['PrivilegeEscalation:Runtime/RuncContainerEscape', 'Isolate the host'],
  ['PrivilegeEscalation:Kubernetes/PrivilegedContainer', 'Find out who started this'],
  ['Execution:Runtime/ReverseShell', 'Find out whether this is meant'],
])('advises on %s', (type, start) => {
  const text = threatRemediation(enrichThreat({ ...THREAT, type }, known(IMAGE), ON_FARGATE));
  expect(text.startsWith(start)).toBe(true);
  expect(text.length).toBeLessThanOrEqual(512);
});
