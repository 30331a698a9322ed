import { describe, expect, it } from 'vitest';
import { holdsCredentials } from '../../../../shared/layer/files/git-config.ts';

describe('holdsCredentials', () => {
  it.each([
    ['a password in a URL', 'url = https://ci:secret@git.example.com/shop.git', true],
    ['a password without a user', 'url = https://:secret@git.example.com/shop.git', true],
    ['a token alone', `url = https://${'t'.repeat(40)}@github.com/shop.git`, true],
    ['a URL that replaces others', '[url "https://ci:secret@git.example.com/"]', true],
    ['the header that a checkout action leaves', '\textraheader = AUTHORIZATION: basic c2VjcmV0', true],
    ['a user alone', 'url = https://shop@dev.azure.com/shop.git', false],
    ['a URL without a user', 'url = https://github.com/shop/checkout.git', false],
    ['a port', 'url = https://git.example.com:8443/a@b', false],
    ['SSH', 'url = ssh://git@github.com:22/shop.git', false],
  ])('judges %s', (_, line, expected) => {
    expect(holdsCredentials(`[core]\n${line}\n`)).toBe(expected);
  });

  it.each([' ', '\t', 'extraheader= ', 'https://', 'https://a:', 'a:'])(
    'reads a megabyte of %j in a time that is linear in it',
    (unit) => {
      const start = process.cpuUsage();
      expect(holdsCredentials(`extraheader=${unit.repeat(1_000_000 / unit.length)}`)).toBe(false);
      expect(process.cpuUsage(start).user / 1_000).toBeLessThan(500);
    },
  );
});
