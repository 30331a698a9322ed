import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesOf, readFile, readFiles } from './read-files.ts';

const STATUS = 'var/lib/dpkg/status';

const LIBC = `Package: libc6
Status: install ok installed
Priority: optional
Section: libs
Maintainer: Someone <someone@example.org>
Architecture: amd64
Multi-Arch: same
Source: glibc
Version: 2.36-9+deb12u10
Depends: libgcc-s1, libcrypt1 (>= 1:4.4.10-10~)
Conffiles:
 /etc/ld.so.conf.d/x86_64-linux-gnu.conf d4e7a7b88a71b5ffd9e2644e71a0cfab
Description: GNU C Library
 Version: 1 of this sentence is no field.
 .
 Package: neither.
`;

const stanza = (name: string, status: string): string =>
  `Package: ${name}\nStatus: ${status}\nArchitecture: all\nVersion: 1.0-1\n`;

describe('packages of dpkg', () => {
  it('have the name, version and architecture of their stanza', () => {
    expect(readFile(STATUS, LIBC)).toEqual({
      components: [{ name: 'libc6', version: '2.36-9+deb12u10', type: 'deb', architecture: 'amd64', path: STATUS }],
      databases: [STATUS],
      truncated: [],
    });
  });

  it('keep epoch and revision in their version', () => {
    const passwd = 'Package: passwd\nStatus: hold ok installed\nArchitecture: arm64\nVersion: 1:4.13+dfsg1-1+b1\n';
    expect(namesOf(readFile(STATUS, passwd))).toEqual(['passwd 1:4.13+dfsg1-1+b1 arm64']);
  });

  it.each([
    ['install ok installed', true],
    ['hold ok installed', true],
    ['deinstall ok config-files', false],
    ['purge ok not-installed', false],
    ['install ok unpacked', false],
    ['install ok half-configured', false],
    ['install reinstreq half-installed', false],
    ['', false],
  ])('with status "%s" count: %s', (status, counts) => {
    expect(namesOf(readFile(STATUS, stanza('demo', status)))).toEqual(counts ? ['demo 1.0-1 all'] : []);
  });

  it('of several stanzas are several, whether or not an empty line ends the last', () => {
    const three = ['one', 'two', 'three'].map((name) => stanza(name, 'install ok installed')).join('\n');
    expect(namesOf(readFile(STATUS, three))).toEqual(['one 1.0-1 all', 'two 1.0-1 all', 'three 1.0-1 all']);
    expect(namesOf(readFile(STATUS, `${three}\n\n`))).toHaveLength(3);
    expect(namesOf(readFile(STATUS, three.trimEnd()))).toHaveLength(3);
  });

  it('need no status in an image that has a file for each', () => {
    const path = 'var/lib/dpkg/status.d/tzdata';
    expect(
      readFile(path, 'Package: tzdata\nVersion: 2024a-0+deb12u1\nArchitecture: all\nDescription: zones\n'),
    ).toEqual({
      components: [{ name: 'tzdata', version: '2024a-0+deb12u1', type: 'deb', architecture: 'all', path }],
      databases: [path],
      truncated: [],
    });
  });

  it.each(['var/lib/dpkg/status.d/tzdata.md5sums', 'var/lib/dpkg/status-old', 'srv/var/lib/dpkg/status', 'status'])(
    'are not looked for in %s',
    (path) => {
      expect(readFile(path, LIBC)).toEqual({ components: [], databases: [], truncated: [] });
    },
  );

  it('are none in an empty database, which is a database all the same', () => {
    expect(readFile(STATUS, '')).toEqual({ components: [], databases: [STATUS], truncated: [] });
  });

  it('that were read before a cut stay, and the database does not count as read', () => {
    const content = `${LIBC}\n${stanza('demo', 'install ok installed')}`;
    expect(readFiles([{ path: STATUS, content, cutAt: LIBC.length + 3 }])).toMatchObject({
      components: [{ name: 'libc6' }],
      databases: [],
      truncated: [{ by: 'unreadable-archive', text: 'var/lib/dpkg/status was not read to its end.' }],
    });
  });

  it('are read behind a line that never seems to end', () => {
    const long = `Depends: ${'x, '.repeat(100_000)}\n`;
    expect(namesOf(readFile(STATUS, long + LIBC))).toEqual(['libc6 2.36-9+deb12u10 amd64']);
  });

  it.each([
    ['no version', 'Package: demo\nStatus: install ok installed\n'],
    ['no name', 'Status: install ok installed\nVersion: 1\n'],
    ['an empty version', 'Package: demo\nStatus: install ok installed\nVersion:\n'],
    ['a name with control characters', 'Package: de\x1b[31mmo\nStatus: install ok installed\nVersion: 1\n'],
    ['an endless version', `Package: demo\nStatus: install ok installed\nVersion: ${'1'.repeat(5_000)}\n`],
  ])('with %s are left out, and the next one is read', (_, broken) => {
    expect(namesOf(readFile(STATUS, `${broken}\n${LIBC}`))).toEqual(['libc6 2.36-9+deb12u10 amd64']);
  });

  const word = fc.stringMatching(/^[a-z0-9][a-z0-9+.-]{1,30}$/);
  const version = fc.stringMatching(/^([0-9]:)?[0-9][A-Za-z0-9.+~]{0,20}(-[A-Za-z0-9.+~]{1,10})?$/);
  const architecture = fc.constantFrom('all', 'amd64', 'arm64');
  const continuation = fc.stringMatching(/^[ -~]{0,60}$/);
  const packages = fc.array(fc.record({ name: word, version, architecture, text: fc.array(continuation) }));

  it('come out of the reader as they were printed', () => {
    fc.assert(
      fc.property(packages, fc.array(fc.integer({ min: 1, max: 100 }), { minLength: 1 }), (printed, pieces) => {
        const content = printed
          .map(
            ({ name, version, architecture, text }) =>
              `Package: ${name}\nStatus: install ok installed\nDescription: one\n${text.map((line) => ` ${line}.\n`).join('')}` +
              `Architecture: ${architecture}\nVersion: ${version}\n`,
          )
          .join('\n');
        expect(namesOf(readFiles([{ path: STATUS, content }], { pieces }))).toEqual(
          printed.map(({ name, version, architecture }) => `${name} ${version} ${architecture}`),
        );
      }),
    );
  });

  it.skipIf(!existsSync('/usr/bin/dpkg-query') || !existsSync(`/${STATUS}`))(
    'of this machine are those of dpkg-query',
    () => {
      const fields = ['db:Status-Status', 'Package', 'Version', 'Architecture'];
      const format = `${fields.map((field) => `\${${field}}`).join(' ')}\n`;
      const printed = execFileSync('/usr/bin/dpkg-query', ['-W', '-f', format], { encoding: 'utf8' });
      const expected = printed
        .split('\n')
        .filter((line) => line.startsWith('installed '))
        .map((line) => line.slice('installed '.length));
      expect(expected.length).toBeGreaterThan(50);
      expect([...namesOf(readFile(STATUS, readFileSync(`/${STATUS}`)))].sort()).toEqual(expected.sort());
    },
  );
});
