import { describe, expect, it } from 'vitest';
import { unreadableReason } from '../../../cli/inspect/unreadable-reason.ts';
import { SekishoError } from '../../../shared/base/errors.ts';

describe('why an image cannot be read', () => {
  it.each<[string, unknown, string]>([
    [
      'a coded error',
      new SekishoError('TOO_LARGE', 'The document has 5 bytes.'),
      'The document has 5 bytes. (TOO_LARGE)',
    ],
    ['a source that is none', new TypeError('there is no file ./x'), 'there is no file ./x'],
    ['the file system', Object.assign(new Error('EACCES: …'), { code: 'EACCES' }), 'you have no right to read it'],
    ['anything else', new RangeError('odd'), 'it cannot be read (RangeError: odd)'],
  ])('is said for %s', (_title, thrown, reason) => {
    expect(unreadableReason(thrown)).toBe(reason);
  });
});
