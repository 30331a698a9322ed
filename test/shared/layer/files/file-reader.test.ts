import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFileReader, FILE_LIMITS } from '../../../../shared/layer/files/file-reader.ts';
import type { TarEntry } from '../../../../shared/layer/layer-reader.ts';
import type { NotableFile } from '../../../../shared/layer/layer-report.ts';

const entryOf = (path: string, other: Partial<TarEntry> = {}): TarEntry => ({
  path,
  rawName: path,
  type: 'file',
  mode: 0o644,
  uid: 0,
  gid: 0,
  size: 10,
  ...other,
});

const notableAmong = (...entries: readonly TarEntry[]): readonly NotableFile[] => {
  const reader = createFileReader();
  for (const entry of entries) reader.entry(entry)?.end(false);
  return reader.facts().notable;
};

/** `kind detail`, as one line each. */
const seen = (path: string, other?: Partial<TarEntry>): readonly string[] =>
  notableAmong(entryOf(path, other)).map(({ kind, detail }) => (detail === undefined ? kind : `${kind}: ${detail}`));

const NET_RAW = Buffer.from('0100000200200000000000000000000000000000', 'hex');

describe('createFileReader, one entry', () => {
  it.each<[string, string, Partial<TarEntry>, readonly string[]]>([
    ['a setuid file', 'usr/bin/passwd', { mode: 0o4755 }, ['setuid: setuid']],
    ['a setgid file', 'usr/bin/wall', { mode: 0o2755 }, ['setuid: setgid']],
    ['both bits', 'usr/bin/both', { mode: 0o6755 }, ['setuid: setuid, setgid']],
    [
      'a hard link to a setuid file',
      'opt/su',
      { mode: 0o4755, type: 'hardlink', linkName: 'bin/su' },
      ['setuid: setuid'],
    ],
    ['no setgid directory', 'var/mail', { mode: 0o2775, type: 'directory' }, []],
    ['file capabilities', 'usr/bin/ping', { mode: 0o755, capability: NET_RAW }, ['capabilities: cap_net_raw']],
    ['capabilities that do not read', 'usr/bin/x', { capability: Buffer.alloc(3) }, ['capabilities: unreadable']],
    ['a directory for everybody', 'srv/data', { mode: 0o777, type: 'directory' }, ['world-writable']],
    ['no sticky directory', 'tmp', { mode: 0o1777, type: 'directory' }, []],
    ['a program that everybody may change', 'srv/run', { mode: 0o777 }, ['world-writable']],
    ['no data that everybody may change', 'srv/data.txt', { mode: 0o666 }, []],
    ['no symbolic link, whose bits mean nothing', 'lib', { mode: 0o777, type: 'symlink', linkName: 'usr/lib' }, []],
    ['a passwd for others to write', 'etc/passwd', { mode: 0o664 }, ['writable-system-file']],
    ['no passwd as it should be', 'etc/passwd', { mode: 0o644 }, []],
    ['a private key by its name', 'root/.ssh/id_rsa', { mode: 0o600 }, ['secret-name: an SSH private key']],
    ['credentials by name and directory', 'home/a/.aws/credentials', {}, ['secret-name: access keys of AWS']],
    ['no file that is only called credentials', 'srv/credentials', {}, []],
    ['a key store by its extension', 'srv/tls/server.p12', {}, ['secret-name: a key store']],
    ['no name alone as an extension', 'srv/jks', {}, []],
    ['no empty file with a telling name', 'srv/.npmrc', { size: 0 }, []],
    ['no test data of a Python package', 'usr/local/lib/python3.13/site-packages/test/keys/id_rsa', {}, []],
    ['no file of a Node package', 'srv/node_modules/left-pad/.npmrc', {}, []],
    [
      'variables, which are of the build as well',
      'srv/.env',
      {},
      ['secret-name: variables of the environment', 'build-context'],
    ],
    ['a Dockerfile', 'srv/Dockerfile', {}, ['build-context']],
    ['no Dockerfile of a package', 'srv/node_modules/x/Dockerfile', {}, []],
    ['a Git folder', 'srv/.git/HEAD', {}, ['build-context: 1 file']],
    ['no Git folder of a vendored module', 'srv/vendor/x/.git/HEAD', {}, []],
    ['a shell', 'bin/bash', { mode: 0o755 }, ['tool: shell']],
    ["BusyBox's links", 'bin/wget', { type: 'symlink', linkName: '/bin/busybox' }, ['tool: download']],
    ['a package manager', 'usr/bin/apt-get', { mode: 0o755 }, ['tool: package manager']],
    ['a compiler', 'usr/local/bin/cargo', { mode: 0o755 }, ['tool: compiler']],
    ['a network tool', 'usr/bin/socat', { mode: 0o755 }, ['tool: network']],
    ['an interpreter', 'usr/bin/perl', { mode: 0o755 }, ['tool: interpreter']],
    ['no completion for a tool', 'usr/share/bash-completion/completions/curl', {}, []],
    ['an SSH server', 'usr/sbin/sshd', { mode: 0o755 }, ['remote-admin']],
    ["no SSH server's configuration", 'etc/pam.d/sshd', {}, []],
    ['sudo', 'usr/bin/sudo', { mode: 0o4755 }, ['setuid: setuid', 'sudo']],
    ['a miner, wherever it lies', 'var/tmp/.x/xmrig', { mode: 0o755 }, ['malicious-name']],
    ['no directory with its name', 'srv/xmrig', { type: 'directory' }, []],
    ['lists of apt', 'var/lib/apt/lists/deb.debian.org_Packages', {}, ['package-cache: 1 file']],
    ['no lock that stays there', 'var/lib/apt/lists/lock', { size: 0 }, []],
    ["pip's cache in any home", 'home/app/.cache/pip/http/a/b', {}, ['package-cache: 1 file']],
    ["a desktop's file", 'srv/.DS_Store', {}, ['clutter']],
    ["an editor's copy", 'srv/main.py~', {}, ['clutter']],
    ['proc as a link', 'proc', { type: 'symlink', linkName: '/etc' }, ['linked-mount-point: /etc']],
    ['no link of another name', 'lib', { type: 'symlink', linkName: 'usr/lib' }, []],
    ['a device', 'dev/sda', { type: 'block-device' }, ['device: block device']],
    ['a FIFO', 'run/pipe', { type: 'fifo' }, ['device: FIFO']],
    [
      'a deletion the way overlayfs writes it',
      'etc/secret',
      { type: 'character-device', device: { major: 0, minor: 0 } },
      ['device: overlayfs whiteout'],
    ],
    [
      'a usual device',
      'dev/null',
      { type: 'character-device', device: { major: 1, minor: 3 } },
      ['device: character device'],
    ],
    ['a name that climbs', 'etc/cron.d/x', { rawName: '../../etc/cron.d/x' }, ['escaping-name: ..']],
    ['a name that climbs from the root', 'etc/x', { rawName: '/../etc/x' }, ['escaping-name: ..']],
    ['no name with two dots in it', 'srv/a..b', {}, []],
    ['the usual dot at the beginning', 'srv/app', { rawName: './srv/app' }, []],
    ['an absolute name', 'srv/app', { rawName: '/srv/app' }, ['escaping-name: absolute name']],
    ['no root as kaniko writes it', '', { rawName: '/', type: 'directory', mode: 0o755 }, []],
    [
      'a hard link that climbs',
      'srv/app',
      { type: 'hardlink', linkName: '../../etc/shadow' },
      ['escaping-name: hardlink target'],
    ],
    ['no hard link from the root, as kaniko writes them', 'srv/app', { type: 'hardlink', linkName: '/srv/other' }, []],
    ['no whiteout', 'srv/.wh.x', { mode: 0o4777 }, []],
    ['no ordinary file', 'srv/app.js', {}, []],
  ])('sees %s', (_, path, other, expected) => {
    expect(seen(path, other)).toEqual(expected);
  });

  it('makes the target of a link printable', () => {
    expect(seen('dev', { type: 'symlink', linkName: '/a\u001b[31m\nb' })).toEqual(['linked-mount-point: /a b']);
  });
});

describe('createFileReader, a layer', () => {
  it('says what it knows of a file', () => {
    expect(notableAmong(entryOf('usr/bin/x', { mode: 0o4711, uid: 1, gid: 2, size: 3 }))).toEqual([
      { kind: 'setuid', path: 'usr/bin/x', mode: 0o4711, uid: 1, gid: 2, size: 3, detail: 'setuid' },
    ]);
  });

  it('counts the files of a cache and their bytes', () => {
    const list = (name: string): TarEntry => entryOf(`var/lib/apt/lists/${name}`, { size: 1_000 });
    expect(notableAmong(list('a'), list('partial/b'), list('lock'), entryOf('var/cache/apk/c', { size: 5 }))).toEqual([
      { kind: 'package-cache', path: 'var/lib/apt/lists', mode: 0o644, uid: 0, gid: 0, size: 2_000, detail: '2 files' },
      { kind: 'package-cache', path: 'var/cache/apk', mode: 0o644, uid: 0, gid: 0, size: 5, detail: '1 file' },
    ]);
  });

  it('reports a folder of the build once, with all that is in it', () => {
    const found = notableAmong(entryOf('srv/.git/HEAD'), entryOf('srv/.git/objects/ab/cd'), entryOf('.github/x.yml'));
    expect(found.map(({ path, detail }) => `${path}: ${detail}`)).toEqual(['srv/.git: 2 files', '.github: 1 file']);
  });

  it('says once that names are absolute', () => {
    const found = notableAmong(entryOf('a', { rawName: '/a' }), entryOf('b', { rawName: '/b' }));
    expect(found.map(({ path }) => path)).toEqual(['a']);
  });

  it('takes the later of two entries with one name', () => {
    const found = notableAmong(entryOf('x', { mode: 0o4755 }), entryOf('x', { mode: 0o2755 }));
    expect(found.map(({ detail }) => detail)).toEqual(['setgid']);
  });

  it('keeps so many of a kind, and says that there are more', () => {
    const reader = createFileReader({ ...FILE_LIMITS, found: 2 });
    for (const name of ['a', 'b', 'c']) reader.entry(entryOf(name, { mode: 0o4755 }));
    reader.entry(entryOf('Dockerfile'));
    const { notable, truncated } = reader.facts();
    expect(notable.map(({ path }) => path)).toEqual(['a', 'b', 'Dockerfile']);
    expect(truncated).toEqual([{ by: 'findings', text: 'Only the first 2 files of the kind "setuid" are listed.' }]);
  });

  it('takes a million ordinary entries in a moment', () => {
    const reader = createFileReader();
    const started = performance.now();
    for (let index = 0; index < 1_000_000; index += 1) reader.entry(entryOf(`srv/app/node_modules/p${index}/index.js`));
    expect(reader.facts().notable).toEqual([]);
    expect(performance.now() - started).toBeLessThan(8_000);
  });

  it('never fails, whatever an entry says', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('etc/passwd', '/..', '.git/config', 'dev', ''),
    );
    const entry = fc.record({
      path: text,
      rawName: text,
      linkName: text,
      type: fc.constantFrom('file', 'directory', 'symlink', 'hardlink', 'character-device', 'fifo', 'other'),
      mode: fc.nat(0o7777),
      uid: fc.nat(),
      gid: fc.nat(),
      size: fc.nat(),
      capability: fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes)),
    });
    fc.assert(
      fc.property(fc.array(entry), fc.string({ unit: 'binary' }), (entries, content) => {
        const reader = createFileReader();
        for (const each of entries) {
          const sink = reader.entry(each as TarEntry);
          sink?.write(Buffer.from(content));
          sink?.end(true);
        }
        expect(() => reader.facts()).not.toThrow();
      }),
    );
  });
});

describe('createFileReader, two entries of one path', () => {
  it('notes nothing of the earlier one, but that its name climbs', () => {
    const first = entryOf('usr/bin/su', { mode: 0o4755, rawName: '../usr/bin/su' });
    expect(notableAmong(first, entryOf('usr/bin/su')).map(({ kind }) => kind)).toEqual(['escaping-name']);
  });

  it('notes the later one as it is', () => {
    const notable = notableAmong(entryOf('srv/x', { mode: 0o4755 }), entryOf('srv/x', { mode: 0o2755 }));
    expect(notable).toMatchObject([{ kind: 'setuid', detail: 'setgid' }]);
  });
});
