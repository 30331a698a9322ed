import { expect, it } from 'vitest';
import { resourceName } from '../../../shared/finding/resource-name.ts';
import { UNKNOWN_IMAGE } from '../enrichment/findings.ts';

const TOKEN = `ghp_${'aB3'.repeat(12)}`;

it.each([
  ['an ARN', UNKNOWN_IMAGE.resourceId, UNKNOWN_IMAGE.resourceId],
  ['several lines', 'shop\n checkout\u0000', 'shop checkout'],
  ['a hidden order of its characters', 'shop\u202Etuokcehc', 'shoptuokcehc'],
  ['a secret', `checkout/${TOKEN}`, 'checkout/[redacted]'],
  ['a secret with invisible characters in it', `ghp_\u200B${TOKEN.slice(4)}`, '[redacted]'],
])('an image that is called by %s is called "%s"', (_what, resourceId, name) => {
  expect(resourceName({ ...UNKNOWN_IMAGE, resourceId })).toBe(name);
});
