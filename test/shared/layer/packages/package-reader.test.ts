import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildInfo, program } from './go-program.ts';
import { type LayerFile, limitedTo, namesOf, readFiles } from './read-files.ts';
import { berkeleyDatabase, ndbDatabase, rpmHeader, sqliteDatabase } from './rpm-database.ts';

const STATUS = 'var/lib/dpkg/status';
const stanzas = (count: number): string =>
  Array.from({ length: count }, (_, at) => `Package: demo${at}\nStatus: install ok installed\nVersion: 1-${at}\n`).join(
    '\n',
  );

const HEADERS = [rpmHeader({ name: 'bash', version: '5', release: '1' })];

const LAYER: readonly LayerFile[] = [
  { path: STATUS, content: stanzas(20) },
  { path: 'lib/apk/db/installed', content: 'P:musl\nV:1.2.4-r2\nA:x86_64\n\n' },
  { path: 'var/lib/rpm/Packages', content: berkeleyDatabase(HEADERS) },
  { path: 'var/lib/rpm/Packages.db', content: ndbDatabase(HEADERS) },
  { path: 'var/lib/rpm/rpmdb.sqlite', content: sqliteDatabase(HEADERS) },
  { path: 'app/node_modules/demo/package.json', content: '{"name":"demo","version":"1.0.0"}' },
  { path: 'usr/lib/python3/demo.dist-info/METADATA', content: 'Name: demo\nVersion: 1.0\n\nreadme' },
  { path: 'bin/demo', content: program({ 4096: buildInfo('go1.22.3', 'dep\ta.b/c\tv1.0.0\n') }) },
];

const NAMES = [
  ...Array.from({ length: 20 }, (_, at) => `demo${at} 1-${at}`),
  'musl 1.2.4-r2 x86_64',
  'bash 5-1',
  'bash 5-1',
  'bash 5-1',
  'demo 1.0.0',
  'demo 1.0',
  'stdlib 1.22.3',
  'a.b/c v1.0.0',
];

describe('the packages of a layer', () => {
  it('are those of every package manager, in the order of the entries', () => {
    expect(namesOf(readFiles(LAYER))).toEqual(NAMES);
  });

  it('are the same however the content is cut into pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 8 }), (pieces) => {
        const { databases, truncated, ...found } = readFiles(LAYER, { pieces });
        expect(namesOf({ databases, truncated, ...found })).toEqual(NAMES);
        expect(databases).toHaveLength(5);
        expect(truncated).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });

  it.each(['directory', 'fifo', 'character-device', 'block-device', 'other'] as const)(
    'are not looked for in a %s',
    (type) => {
      expect(readFiles(LAYER.map((file) => ({ ...file, type })))).toEqual({
        components: [],
        databases: [],
        truncated: [],
      });
    },
  );

  it('are listed up to a limit, and what exceeds it is said', () => {
    const content = stanzas(8);
    const found = readFiles([{ path: STATUS, content }], { limits: limitedTo({ components: 5 }) });
    expect(namesOf(found)).toEqual(['demo0 1-0', 'demo1 1-1', 'demo2 1-2', 'demo3 1-3', 'demo4 1-4']);
    expect(found.truncated).toEqual([
      { by: 'findings', text: 'The layer holds more packages than the 5 that are listed.' },
    ]);
    expect(readFiles([{ path: STATUS, content }], { limits: limitedTo({ components: 8 }) }).truncated).toEqual([]);
  });

  it('with endless paths fill a bounded amount of memory', () => {
    const files = Array.from({ length: 60 }, (_, at) => ({
      path: `${'x'.repeat(1_000_000)}${at}/node_modules/demo/package.json`,
      content: '{"name":"demo","version":"1.0.0"}',
    }));
    const { components, truncated } = readFiles(files);
    expect(components.length).toBeLessThan(20);
    expect(truncated).toMatchObject([{ by: 'findings' }]);
  });

  it('that could not be read are named one by one up to a limit, and then counted', () => {
    const files = Array.from({ length: 30 }, (_, at) => ({ path: `opt/${at}.jar`, content: 'PK\x03\x04 and no end' }));
    const { truncated } = readFiles(files);
    expect(truncated).toHaveLength(21);
    expect(truncated[0]?.text).toBe('opt/0.jar is damaged.');
    expect(truncated[20]?.text).toBe('10 more files with packages were not read in full.');
  });

  it('cannot make the reader fail with any bytes in any of its files', () => {
    const path = fc.constantFrom(...LAYER.map((file) => file.path), 'opt/demo.jar', 'var/lib/dpkg/status.d/demo');
    const beginning = fc.constantFrom(
      '',
      '\x7fELF',
      'PK\x03\x04',
      'RpmP',
      'SQLite format 3\0',
      'Package: ',
      '{"name":',
    );
    const content = fc.tuple(beginning, fc.uint8Array({ maxLength: 3_000 }));
    fc.assert(
      fc.property(fc.array(fc.record({ path, content }), { maxLength: 5 }), (files) => {
        const given = files.map((file) => ({
          path: file.path,
          content: Buffer.concat([Buffer.from(file.content[0], 'latin1'), file.content[1]]),
          size: 100_000,
        }));
        expect(readFiles(given).components.length).toBeLessThan(1_000);
        expect(readFiles(given.map(({ size, ...file }) => file)).components.length).toBeLessThan(1_000);
      }),
      { numRuns: 300 },
    );
  });
});
