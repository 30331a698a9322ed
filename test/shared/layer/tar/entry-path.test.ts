import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryPath, nameText } from '../../../../shared/layer/tar/entry-path.ts';

const PATHS: readonly (readonly [string, string])[] = [
  ['etc/passwd', 'etc/passwd'],
  ['/etc/passwd', 'etc/passwd'],
  ['./etc/passwd', 'etc/passwd'],
  ['etc//passwd/', 'etc/passwd'],
  ['./', ''],
  ['/', ''],
  ['', ''],
  ['../../etc/passwd', 'etc/passwd'],
  ['a/../../b', 'b'],
  ['a/./b/../c', 'a/c'],
  ['..a/b..', '..a/b..'],
  ['.wh..wh..opq', '.wh..wh..opq'],
  ['home/.ssh/id', 'home/.ssh/id'],
  ['with space/ü', 'with space/ü'],
  ['system-systemd\\x2dcryptsetup.slice', 'system-systemd\\x2dcryptsetup.slice'],
  ['a\x1b[31mb', 'a\\u{1b}[31mb'],
  ['a\nb', 'a\\u{a}b'],
  ['txt\u202eexe', 'txt\\u{202e}exe'],
  ['zero\u200bwidth', 'zero\\u{200b}width'],
  ['line\u2028', 'line\\u{2028}'],
];

describe('where an entry lands', () => {
  it.each(PATHS)('%j lands at %j', (name, path) => {
    expect(entryPath(name)).toBe(path);
  });

  it('is never outside the root, never empty in a part, and its own path', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('..', '.', '', 'a', '/', '...', '\0', 'b\u202e')), (parts) => {
        const path = entryPath(parts.join('/'));
        expect(path.split('/').filter((part) => ['..', '.', ''].includes(part))).toEqual(path === '' ? [''] : []);
        expect(entryPath(path)).toBe(path);
      }),
    );
  });

  it('is cut where no system can have it, and still told from another', () => {
    const [one, two] = [entryPath(`${'a'.repeat(5000)}1`), entryPath(`${'a'.repeat(5000)}2`)];
    expect(one).toHaveLength(4096);
    expect(one).not.toBe(two);
  });

  it('takes time in proportion to the name', () => {
    expect(entryPath('/'.repeat(1024 * 1024))).toBe('');
    expect(entryPath('../'.repeat(300_000))).toBe('');
  });
});

it('reads a name that is no UTF-8 as Latin-1, and tells it from another', () => {
  expect(nameText(Buffer.from([0x61, 0xff]))).toBe('aÿ');
  expect(nameText(Buffer.from([0x61, 0xfe]))).toBe('aþ');
  expect(nameText(Buffer.from('aÿ'))).toBe('aÿ');
});
