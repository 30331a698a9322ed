import { expect, it } from 'vitest';
import { firstSecrets } from '../../../shared/dossier/first-secrets.ts';
import { digest } from '../enrichment/findings.ts';

const secrets = ['a', 'b', 'c'].map((path) => ({
  kind: 'jwt' as const,
  path,
  fingerprint: 'f',
  layer: digest('1'),
  origin: 'unknown' as const,
}));

it.each([
  ['all of them', { secrets }, 3, 3, undefined],
  ['the first', { secrets }, 2, 2, 1],
  ['the first of those that are left', { secrets, secretsLeftOut: 40 }, 1, 1, 42],
  ['those that are left', { secrets, secretsLeftOut: 40 }, 3, 3, 40],
])('the first secrets are %s', (_, listed, most, length, leftOut) => {
  const first = firstSecrets(listed, most);
  expect(first.secrets).toHaveLength(length);
  expect(first.secretsLeftOut).toBe(leftOut);
});
