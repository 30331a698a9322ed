import { describe, expect, it } from 'vitest';
import { createWhiteoutList, whiteoutFrom } from '../../../shared/layer/whiteouts.ts';

describe('a whiteout', () => {
  it.each([
    ['root/.wh..netrc', { kind: 'file', path: 'root/.netrc' }],
    ['.wh.app', { kind: 'file', path: 'app' }],
    ['var/cache/.wh..wh..opq', { kind: 'opaque', path: 'var/cache' }],
    ['.wh..wh..opq', { kind: 'opaque', path: '' }],
    ['a/.wh.', { kind: 'invalid' }],
    ['a/.wh..', { kind: 'invalid' }],
    ['a/.wh...', { kind: 'invalid' }],
    ['a/.wh.b/c', undefined],
    ['a/x.wh.b', undefined],
    ['etc/passwd', undefined],
  ] as const)('%s', (path, expected) => {
    expect(whiteoutFrom(path)).toEqual(expected);
  });
});

it('lists whiteouts up to a length of all together, and says so', () => {
  const list = createWhiteoutList(10);
  list.add({ kind: 'file', path: '12345' });
  list.add({ kind: 'opaque', path: '12345' });
  expect([list.files(), list.opaque(), list.isFull()]).toEqual([['12345'], ['12345'], false]);
  list.add({ kind: 'file', path: '1' });
  expect([list.files(), list.isFull(), list.hasInvalid()]).toEqual([['12345'], true, false]);
});
