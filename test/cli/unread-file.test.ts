import { expect, it } from 'vitest';
import { unreadReason } from '../../cli/unread-file.ts';

it.each<[string, unknown, string]>([
  ['there is none', coded('ENOENT'), 'there is no such file'],
  ['it is a directory', coded('EISDIR'), 'it is a directory'],
  ['it is not allowed', coded('EACCES'), 'you have no right to read it'],
  ['something else is the matter', coded('EBUSY'), 'it cannot be read (EBUSY)'],
  ['the code is a part of every object', coded('constructor'), 'it cannot be read (constructor)'],
  ['there is no code', new Error('broken'), 'it cannot be read (Error: broken)'],
])('says in words that %s', (_title, thrown, reason) => {
  expect(unreadReason(thrown)).toBe(reason);
});

function coded(code: string): Error {
  return Object.assign(new Error(`${code}: no such thing, open 'x'`), { code });
}
