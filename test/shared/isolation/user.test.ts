import { describe, expect, it } from 'vitest';
import { userIsRoot } from '../../../shared/isolation/user.ts';

describe('userIsRoot', () => {
  it.each([
    ['', true],
    ['root', true],
    ['0', true],
    ['00', true],
    ['root:root', true],
    ['0:0', true],
    ['root:1000', true],
    [':1000', true],
    ['1000', false],
    ['1000:0', false],
    ['10001:10001', false],
    ['2147483647', false],
    ['app', false],
    ['app:app', false],
    ['www-data', false],
    ['_apt', false],
    ['0day', false],
    ['ContainerUser', false],
  ])('of %j is %s', (user, expected) => {
    expect(userIsRoot(user)).toBe(expected);
  });

  it.each([
    ['a uid that overflows', '2147483648'],
    ['a uid that overflows far', '4294967296:0'],
    ['a signed uid', '+0'],
    ['a negative uid', '-1'],
    ['space', ' root'],
    ['a line break', 'app\n'],
    ['a second colon', '0:0:0'],
    ['a control character', 'app\u0000'],
  ])('is not known for %s', (_what, user) => {
    expect(userIsRoot(user)).toBeUndefined();
  });
});
