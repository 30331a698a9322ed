/** Names as Go's archive/tar reads them: where the two differ, a layer could hide something. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createTarReader } from '../../../../shared/layer/tar/tar-reader.ts';
import { paxHeader, paxRecord, tarEntry, tarOf } from './tar-bytes.ts';

const HAS_GO = spawnSync('go', ['version']).status === 0;
if (!HAS_GO) console.log('go is not installed: archives are not compared with what it reads');

/** A pax header with GNU's fields for files with holes, without their common beginning. */
const sparse = (fields: Readonly<Record<string, string>>): Buffer =>
  paxHeader(...Object.entries(fields).map(([key, value]) => paxRecord(`GNU.sparse.${key}`, value)));
const globalHeader = (...records: readonly Buffer[]): Buffer =>
  tarEntry({ name: 'global', typeflag: 'g' }, Buffer.concat(records));
const gnu = (prefix: string, patch: readonly (readonly [number, Buffer])[] = []): Buffer =>
  tarEntry({ magic: 'ustar  \0', name: 'doc', prefix, patch });
const LONG_NAME = tarEntry({ typeflag: 'L' }, 'long\0');
const FILE = tarEntry({ name: 'own' });
/** Of a map in the content: one piece without bytes. */
const MAPPED = tarEntry({ name: 'own' }, '1\n0\n0\n'.padEnd(512, '\0'));
const HOLES = { name: 'x', realsize: '0', numblocks: '1' };

/** `undefined`: refused. */
const CASES: readonly (readonly [string, readonly Buffer[], readonly string[] | undefined])[] = [
  ['a pax header before a global one', [paxHeader(paxRecord('path', 'x')), globalHeader(), FILE], ['own']],
  ['a long name before a global header', [LONG_NAME, globalHeader(paxRecord('comment', 'x')), FILE], ['own']],
  ['a long name behind a global header', [globalHeader(), LONG_NAME, FILE], ['long']],
  ['a long link before a global header', [tarEntry({ typeflag: 'K' }, 'x\0'), globalHeader(), FILE], ['own']],
  ['a path in a global header', [globalHeader(paxRecord('path', 'x')), FILE], ['own']],
  ['a number in a global header that is none', [globalHeader(paxRecord('uid', 'x')), FILE], ['own']],
  ['times in a GNU header', [gnu('14000000000\x0014000000000')], ['doc']],
  ['a prefix in a GNU header, as Go wrote it once', [gnu('usr/share')], ['usr/share/doc']],
  ['a prefix in a GNU header that reads as a time', [gnu('777')], ['doc']],
  ['a second time in a GNU header that is none', [gnu('777\0\0\0\0\0\0\0\0\0usr')], ['777/doc']],
  ['a prefix in a GNU header that is no ASCII', [gnu('usr/ä')], ['doc']],
  ['a prefix in a GNU header behind a NUL', [gnu('\0usr/share')], ['doc']],
  ['a time in base-256', [gnu('', [[345, Buffer.from('8000000000ffffffffffffff', 'hex')]])], ['doc']],
  ['a time below zero in base-256', [gnu('', [[345, Buffer.alloc(12, 0xff)]])], ['doc']],
  ['a time of 63 bits', [gnu('', [[345, Buffer.from('800000007fffffffffffffff', 'hex')]])], ['doc']],
  ['a time with digits behind a NUL', [gnu('75 \0x')], ['75 /doc']],
  ['another version of GNU, which is V7', [tarEntry({ magic: 'ustar  x', name: 'doc', prefix: 'usr' })], ['doc']],
  ['a sparse name alone', [sparse({ name: 'x' }), FILE], ['own']],
  ['a sparse name with a size', [sparse({ name: 'x', realsize: '0' }), FILE], ['own']],
  ['a sparse name of an unknown version', [sparse({ ...HOLES, major: '2', minor: '0' }), FILE], ['own']],
  ['a sparse name of half a version', [sparse({ ...HOLES, major: '1' }), FILE], ['own']],
  ['a sparse name of version 1.0', [sparse({ ...HOLES, major: '1', minor: '0' }), MAPPED], ['x']],
  ['a sparse name of version 0.1', [sparse({ ...HOLES, major: '0', minor: '1', map: '0,0' }), FILE], ['x']],
  ['a sparse name with a map', [sparse({ ...HOLES, map: '0,0' }), FILE], ['x']],
  ['a sparse name with an empty map', [sparse({ ...HOLES, map: '' }), FILE], ['own']],
  ['a sparse name with pieces', [sparse({ ...HOLES, offset: '0', numbytes: '0' }), FILE], ['x']],
  ['a sparse name behind a long one', [LONG_NAME, sparse({ ...HOLES, map: '0,0' }), FILE], ['x']],
  ['a directory with holes', [sparse({ ...HOLES, map: '0,0' }), tarEntry({ typeflag: '5' })], undefined],
  ['a NUL in a path', [paxHeader(paxRecord('path', 'a\0'), paxRecord('path', 'b')), FILE], undefined],
  ['a NUL in a key', [paxHeader(paxRecord('pa\0th', 'a')), FILE], undefined],
];

const namesIn = (archive: Buffer): readonly string[] | undefined => {
  const names: string[] = [];
  const reader = createTarReader(({ path: name }) => {
    names.push(name);
    return undefined;
  });
  try {
    reader.write(archive);
    reader.end();
    return names;
  } catch (thrown) {
    expect(thrown).toMatchObject({ code: 'LAYER_INVALID' });
    return undefined;
  }
};

describe('an archive with', () => {
  it.each(CASES)('%s has these names', (_, entries, names) => {
    expect(namesIn(tarOf(...entries))).toEqual(names);
  });
});

describe.skipIf(!HAS_GO)('Go', () => {
  it('reads the same names in every one of them', { timeout: 60_000 }, () => {
    const directory = mkdtempSync(path.join(tmpdir(), 'archives-'));
    try {
      const files = CASES.map(([, entries], at) => {
        const file = path.join(directory, `${at}.tar`);
        writeFileSync(file, tarOf(...entries));
        return file;
      });
      const program = path.resolve(import.meta.dirname, '../../../fixtures/read-tar.go');
      const { stdout, stderr } = spawnSync('go', ['run', program], { input: files.join('\n'), encoding: 'utf8' });
      expect(stdout, stderr).not.toBe('');
      const read: readonly (readonly string[] | null)[] = JSON.parse(stdout);
      expect(read.map((names, at) => [CASES[at]?.[0], names ?? undefined])).toEqual(
        CASES.map(([title, , names]) => [title, names]),
      );
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
