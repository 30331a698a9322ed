import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limitedTo, namesOf, readFile, readFiles } from './read-files.ts';
import { berkeleyDatabase, ndbDatabase, rpmHeader, sqliteDatabase } from './rpm-database.ts';

const SQLITE = 'var/lib/rpm/rpmdb.sqlite';
const NDB = 'usr/lib/sysimage/rpm/Packages.db';
const BERKELEY = 'var/lib/rpm/Packages';

const BASH = rpmHeader({ name: 'bash', version: '5.2.15', release: '1.amzn2023', architecture: 'x86_64' });
const OPENSSL = rpmHeader({
  name: 'openssl-libs',
  version: '3.0.8',
  release: '1.amzn2023',
  epoch: 1,
  architecture: 'aarch64',
  description: 'words '.repeat(4_000),
});
const KEY = rpmHeader({ name: 'gpg-pubkey', version: 'fd431d51', release: '4ae0493b' });

const FORMATS = [
  ['SQLite', SQLITE, sqliteDatabase],
  ['ndb', NDB, ndbDatabase],
  ['Berkeley DB', BERKELEY, (headers: readonly Buffer[]) => berkeleyDatabase(headers, 'little')],
  ['Berkeley DB of a big-endian machine', BERKELEY, (headers: readonly Buffer[]) => berkeleyDatabase(headers, 'big')],
] as const;

describe.each(FORMATS)('packages of rpm in %s', (_, path, databaseOf) => {
  it('have the name, version and architecture of their header, whether it fills one page or many', () => {
    expect(readFile(path, databaseOf([BASH, OPENSSL, KEY]))).toEqual({
      components: [
        { name: 'bash', version: '5.2.15-1.amzn2023', type: 'rpm', architecture: 'x86_64', path },
        { name: 'openssl-libs', version: '1:3.0.8-1.amzn2023', type: 'rpm', architecture: 'aarch64', path },
      ],
      databases: [path],
      truncated: [],
    });
  });

  it('are none in a database without any', () => {
    expect(readFile(path, databaseOf([]))).toEqual({ components: [], databases: [path], truncated: [] });
  });

  it('are said to be missing where the database is cut off', () => {
    const content = databaseOf([BASH, OPENSSL]);
    expect(readFiles([{ path, content, cutAt: content.length - 1 }])).toEqual({
      components: [],
      databases: [],
      truncated: [{ by: 'unreadable-archive', text: `${path} is damaged or cut off: packages of it are missing.` }],
    });
  });

  it('are said to be missing where the file itself ends too early', () => {
    expect(readFile(path, databaseOf([BASH, OPENSSL]).subarray(0, 9_000))).toMatchObject({
      databases: [],
      truncated: [{ by: 'unreadable-archive' }],
    });
  });

  it('are not looked for in a database that is too large to be held', () => {
    const content = databaseOf([BASH]);
    expect(readFiles([{ path, content }], { limits: limitedTo({ heldBytes: 1_000 }) })).toEqual({
      components: [],
      databases: [],
      truncated: [{ by: 'file-size', text: `${path} has more than 1000 bytes and was not read.` }],
    });
  });

  it('never make the reader fail, whatever bytes of the database are others', () => {
    const original = databaseOf([BASH, OPENSSL]);
    const change = fc.tuple(fc.nat(original.length - 1), fc.integer({ min: 0, max: 255 }));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        const damaged = Buffer.from(original);
        for (const [at, byte] of changes) damaged[at] = byte;
        const { components } = readFile(path, damaged);
        expect(components.length).toBeLessThan(100);
      }),
      { numRuns: 300 },
    );
  });
});

describe('packages of rpm', () => {
  it.each([
    ['without an epoch', { epoch: undefined }, '1.0-1.el9'],
    ['with epoch 0', { epoch: 0 }, '1.0-1.el9'],
    ['with epoch 2', { epoch: 2 }, '2:1.0-1.el9'],
  ])('%s', (_, { epoch }, version) => {
    const header = rpmHeader({ name: 'demo', version: '1.0', release: '1.el9', ...(epoch !== undefined && { epoch }) });
    expect(namesOf(readFile(NDB, ndbDatabase([header])))).toEqual([`demo ${version}`]);
  });

  it.each([
    ['no name', rpmHeader({ version: '1', release: '1' })],
    ['no version', rpmHeader({ name: 'demo', release: '1' })],
    ['no release', rpmHeader({ name: 'demo', version: '1' })],
    ['more tags than bytes', Buffer.from('ffffffff00000000', 'hex')],
    ['fewer bytes than an intro', Buffer.from('0000', 'hex')],
    [
      'a name without an end',
      Buffer.concat([Buffer.from('0000000100000004000003e8000000060000000000000001', 'hex'), Buffer.from('demo')]),
    ],
  ])('with %s are left out, and the next one is read', (_, broken) => {
    expect(namesOf(readFile(NDB, ndbDatabase([broken, BASH])))).toEqual(['bash 5.2.15-1.amzn2023 x86_64']);
  });

  it('are read from a table that has many pages', () => {
    const headers = Array.from({ length: 1_500 }, (_, at) =>
      rpmHeader({ name: `demo-${at}`, version: '1', release: '1', description: 'x'.repeat(at) }),
    );
    const { components, truncated } = readFile(SQLITE, sqliteDatabase(headers));
    expect(components.map(({ name }) => name)).toEqual(headers.map((_, at) => `demo-${at}`));
    expect(truncated).toEqual([]);
  });

  it.each(['var/lib/rpm/Packages.db', 'usr/share/rpm/Packages.db', NDB])('are read from %s', (path) => {
    expect(namesOf(readFile(path, ndbDatabase([BASH])))).toEqual(['bash 5.2.15-1.amzn2023 x86_64']);
  });

  it.each(['var/lib/rpm/Name', 'var/lib/rpm/Index.db', 'var/lib/rpm/rpmdb.sqlite-shm', 'srv/var/lib/rpm/Packages'])(
    'are not looked for in %s',
    (path) => {
      expect(readFile(path, berkeleyDatabase([BASH]))).toEqual({ components: [], databases: [], truncated: [] });
    },
  );

  it('are said to be missing where changes wait in a log beside the database', () => {
    const log = { path: `${SQLITE}-wal`, content: 'frames' };
    expect(readFiles([{ path: SQLITE, content: sqliteDatabase([BASH]) }, log])).toMatchObject({
      components: [{ name: 'bash' }],
      truncated: [{ by: 'unreadable-archive', text: `${SQLITE}-wal holds changes to the packages that are not read.` }],
    });
    expect(readFiles([{ ...log, content: '' }]).truncated).toEqual([]);
  });

  it.each([
    ['SQLite', SQLITE],
    ['ndb', NDB],
    ['Berkeley DB', BERKELEY],
  ])('are said to be missing where the file is no database of %s', (_, path) => {
    expect(readFile(path, 'something else entirely, as long as it has some bytes to look at')).toMatchObject({
      databases: [],
      truncated: [{ by: 'unreadable-archive' }],
    });
  });

  it('that a thousand slots name are read as often as the file has room for them', () => {
    const database = ndbDatabase([OPENSSL]);
    for (let slot = 32; slot < 4_096; slot += 16) database.copy(database, slot, 32 + 3 * 16, 32 + 4 * 16);
    const { components, truncated } = readFile(NDB, database);
    expect(components.length).toBeLessThan(3);
    expect(truncated).toHaveLength(1);
  });

  it('whose pages follow each other in a circle come to an end', () => {
    const database = berkeleyDatabase([OPENSSL]);
    const [firstPage, nextPage] = [2 * 4_096, 16];
    database.writeUInt32LE(2, firstPage + nextPage);
    expect(readFile(BERKELEY, database)).toMatchObject({ components: [], truncated: [{ by: 'unreadable-archive' }] });
  });
});
