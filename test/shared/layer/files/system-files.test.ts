import { describe, expect, it } from 'vitest';
import { createFileReader, FILE_LIMITS, type FileLimits } from '../../../../shared/layer/files/file-reader.ts';
import type { EntryType, TarEntry } from '../../../../shared/layer/layer-reader.ts';

/** What a layer with these files says of them; `cut`: the scan ended inside the last one. */
const read = (files: readonly (readonly [string, string])[], limits: FileLimits = FILE_LIMITS, cut = false) => {
  const reader = createFileReader(limits);
  files.forEach(([path, text], index) => {
    const content = Buffer.from(text);
    const entry = { path, rawName: path, mode: 0o644, uid: 0, gid: 0, size: content.length };
    const sink = reader.entry({ ...entry, type: 'file' });
    // As a stream gives it: in pieces, in a buffer that is used again.
    for (let at = 0; at < content.length; at += 7) {
      const piece = Buffer.from(content.subarray(at, at + 7));
      sink?.write(piece);
      piece.fill(0);
    }
    sink?.end(!(cut && index === files.length - 1));
  });
  return reader.facts();
};
const entryOf = (other: Pick<TarEntry, 'path'> & Partial<TarEntry>): TarEntry => ({
  ...{ rawName: other.path, type: 'file', mode: 0o644, uid: 0, gid: 0, size: 0 },
  ...other,
});
/** What a layer with these files and then this entry says of them. */
const readLinks = (
  files: readonly (readonly [string, string])[],
  last: Pick<TarEntry, 'path'> & Partial<TarEntry>,
): ReturnType<typeof read> => {
  const reader = createFileReader();
  for (const [path, text] of files) {
    const sink = reader.entry(entryOf({ path, size: text.length }));
    sink?.write(Buffer.from(text));
    sink?.end(true);
  }
  reader.entry(entryOf(last));
  return reader.facts();
};
const system = (...files: readonly (readonly [string, string])[]) => read(files).system;

describe('system files of a layer', () => {
  it('are absent where the layer has none', () => {
    expect(system(['srv/etc/passwd', 'root:x:0:0::/:/bin/sh\n'])).toEqual({});
  });

  it('holds the accounts of passwd, and counts the lines that are none', () => {
    const passwd = 'root:x:0:0:root:/root:/bin/bash\n\nbroken\napp:x:10001:10001::/srv:/sbin/nologin\n+::::::\n';
    expect(system(['etc/passwd', passwd]).passwd).toEqual({
      size: 86,
      accounts: [
        { name: 'root', uid: 0, gid: 0, shell: '/bin/bash' },
        { name: 'app', uid: 10001, gid: 10001, shell: '/sbin/nologin' },
      ],
      malformed: 2,
      misread: [
        { name: 'broken', uid: 0, gid: 0, shell: '' },
        { name: '+', uid: 0, gid: 0, shell: '' },
      ],
    });
  });

  it('names the accounts of passwd that have no password there', () => {
    expect(system(['etc/passwd', 'root::0:0:root:/root:/bin/sh\n']).passwd).toMatchObject({ emptyPasswords: ['root'] });
  });

  it('is of the later of two entries of one path', () => {
    const later = system(['etc/passwd', 'a:x:1:1::/:/a\n'], ['etc/passwd', 'b:x:2:2::/:/b\n']);
    expect(later.passwd?.accounts).toMatchObject([{ name: 'b' }]);
  });

  it.each<EntryType>(['symlink', 'hardlink', 'directory'])('is gone where a %s takes its place', (type) => {
    const { system: left } = readLinks([['etc/shadow', 'root:::0:::::\n']], {
      path: 'etc/shadow',
      type,
      linkName: 'x',
    });
    expect(left).toEqual({});
  });

  it.each<[EntryType, string, string]>([
    ['hardlink', 'etc/shadow', 'tmp/s'],
    ['symlink', 'etc/shadow', '../tmp/s'],
    ['symlink', 'etc/passwd', '/tmp/p'],
    ['symlink', 'etc/group', 'group-'],
    ['symlink', 'etc/os-release', '/opt/os-release'],
    ['hardlink', 'etc/os-release', 'opt/os-release'],
    ['hardlink', 'etc/sudoers.d/app', 'tmp/s'],
    ['hardlink', 'srv/.env', 'srv/settings.txt'],
    ['hardlink', 'srv/.git/config', 'srv/x'],
    ['hardlink', 'root/.netrc', 'tmp/x'],
  ])('a %s %s to %s is said to be unread, once', (type, path, linkName) => {
    expect(readLinks([], { path, type, linkName }).truncated).toEqual([
      { by: 'unreadable-archive', text: `${path} is a link; its content was not read under this name.` },
    ]);
  });

  it.each<[EntryType, string, string]>([
    ['symlink', 'etc/os-release', '../usr/lib/os-release'],
    ['symlink', 'etc/os-release', '/usr/lib/os-release'],
    ['hardlink', 'srv/.env', 'opt/.env'],
    ['symlink', 'srv/.env', 'env'],
    ['hardlink', 'srv/node_modules/x/.env', 'srv/y'],
    ['hardlink', 'usr/bin/x', 'usr/bin/y'],
  ])('a %s %s to %s is nothing to say', (type, path, linkName) => {
    expect(readLinks([], { path, type, linkName }).truncated).toEqual([]);
  });

  it('says nothing of a link whose place a file takes', () => {
    const reader = createFileReader();
    for (const path of ['srv/.env', 'etc/shadow']) {
      reader.entry(entryOf({ path, type: 'hardlink', linkName: 'x' }));
      reader.entry(entryOf({ path }))?.end(true);
    }
    expect(reader.facts().truncated).toEqual([]);
  });

  it('reads a hard link to a file of its sort as that file', () => {
    const { system: files, truncated } = readLinks([['usr/lib/os-release', 'ID=debian\n']], {
      ...{ path: 'etc/os-release', type: 'hardlink', linkName: 'usr/lib/os-release' },
    });
    expect(files.osRelease).toEqual({ path: 'etc/os-release', fields: { ID: 'debian' } });
    expect(truncated).toEqual([]);
  });

  it('holds the groups, also those without a field for members', () => {
    expect(system(['etc/group', 'root:x:0:root\nwheel:x:10\nbroken:x\n']).group).toEqual({
      size: 34,
      groups: [
        { name: 'root', gid: 0 },
        { name: 'wheel', gid: 10 },
      ],
      malformed: 1,
    });
  });

  it('names the accounts of shadow that have no password, and keeps no hash', () => {
    const { shadow } = system(['etc/shadow', 'root:::0:::::\nbin:!::0:::::\napp:$6$salt$hash:19000::::::\nx\n']);
    expect(shadow).toEqual({ emptyPasswords: ['root'] });
  });

  it('reads the files of sudo that sudo reads', () => {
    const files = system(
      ['etc/sudoers', 'root ALL=(ALL:ALL) ALL\n'],
      ['etc/sudoers.d/app', 'app ALL=(ALL) NOPASSWD: ALL\n'],
      ['etc/sudoers.d/README.md', 'app ALL=(ALL) NOPASSWD: ALL\n'],
    );
    expect(files.sudoers).toEqual([
      { path: 'etc/sudoers', withoutPassword: false, all: false },
      { path: 'etc/sudoers.d/app', withoutPassword: true, all: true },
    ]);
  });

  it('prefers os-release in etc', () => {
    const files = system(['etc/os-release', 'ID=debian\n'], ['usr/lib/os-release', 'ID=other\n']);
    expect(files.osRelease).toEqual({ path: 'etc/os-release', fields: { ID: 'debian' } });
  });

  it('takes os-release from usr/lib where etc has none', () => {
    expect(system(['usr/lib/os-release', 'ID=wolfi\n']).osRelease?.path).toBe('usr/lib/os-release');
  });

  it('lists what the dynamic linker loads everywhere', () => {
    expect(system(['etc/ld.so.preload', '# none\n\n/usr/local/lib/libhide.so\n']).ldSoPreload).toEqual([
      '/usr/local/lib/libhide.so',
    ]);
  });

  it("looks into every clone's configuration and keeps nothing of it", () => {
    const files = system(
      ['.git/config', '[remote "origin"]\n\turl = git@github.com:shop/checkout.git\n'],
      ['srv/.git/config', '[remote "origin"]\n\turl = https://ci:not-a-password@git.example.com/shop.git\n'],
    );
    expect(files.gitConfigs).toEqual([
      { path: '.git/config', urlWithCredentials: false },
      { path: 'srv/.git/config', urlWithCredentials: true },
    ]);
    expect(JSON.stringify(files)).not.toContain('not-a-password');
  });

  it('reads the beginning of a file that is too long, up to its last whole line, and says so', () => {
    const { system: files, truncated } = read([['etc/passwd', 'a:x:1:1::/:/a\nb:x:2:2::/:/b\n']], {
      ...FILE_LIMITS,
      systemFileBytes: 20,
    });
    expect(files.passwd).toEqual({ size: 28, accounts: [{ name: 'a', uid: 1, gid: 1, shell: '/a' }], malformed: 0 });
    expect(truncated).toEqual([{ by: 'file-size', text: 'Only the first 20 bytes of etc/passwd were read.' }]);
  });

  it('keeps so many accounts and no more', () => {
    const { system: files, truncated } = read([['etc/group', 'a:x:1:\nb:x:2:\n']], { ...FILE_LIMITS, found: 1 });
    expect(files.group?.groups).toEqual([{ name: 'a', gid: 1 }]);
    expect(truncated).toEqual([{ by: 'findings', text: 'Only the first 1 entries of etc/group are kept.' }]);
  });

  it('keeps so many files of sudo and no more', () => {
    const sudoers = ['a', 'b', 'c'].map((name) => [`etc/sudoers.d/${name}`, ''] as const);
    const { system: files, truncated } = read(sudoers, { ...FILE_LIMITS, found: 2 });
    expect(files.sudoers).toHaveLength(2);
    expect(truncated).toEqual([{ by: 'findings', text: 'Only the first 2 files of sudo are kept.' }]);
  });

  it('says nothing of a file that the scan did not read to its end', () => {
    expect(read([['etc/passwd', 'root:x:0:0::/:/bin/sh\n']], FILE_LIMITS, true).system).toEqual({});
  });
});
