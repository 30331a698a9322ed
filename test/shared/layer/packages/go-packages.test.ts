import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildInfo, program } from './go-program.ts';
import { namesOf, readFile, readFiles } from './read-files.ts';

const MODULES = [
  'path\texample.org/shop/cmd/checkout',
  'mod\texample.org/shop\t(devel)\t',
  'dep\tgithub.com/gorilla/mux\tv1.8.1\th1:TuBL49tXwgrFYWhqrNgrUNEY92u81SPhu7sTdzQEiWY=',
  'dep\texample.org/old\tv1.0.0',
  '=>\texample.org/new\tv1.1.0\th1:abc=',
  'dep\texample.org/beside\tv0.0.0',
  '=>\t../beside\t(devel)\t',
  'build\tGOARCH=amd64',
  '',
].join('\n');

const NAMES = [
  'stdlib 1.22.3',
  'example.org/shop (devel)',
  'github.com/gorilla/mux v1.8.1',
  'example.org/new v1.1.0',
  'example.org/beside (devel)',
];

const CHECKOUT = program({ 4096: buildInfo('go1.22.3', MODULES) });

describe('modules of a Go program', () => {
  it('are those that the linker wrote down, replaced ones by what replaces them', () => {
    const found = readFile('usr/local/bin/checkout', CHECKOUT);
    expect(namesOf(found)).toEqual(NAMES);
    expect(found.components[0]).toEqual({
      name: 'stdlib',
      version: '1.22.3',
      type: 'golang',
      path: 'usr/local/bin/checkout',
    });
    expect(found).toMatchObject({ databases: [], truncated: [] });
  });

  it.each([
    ['go1.22.3', '1.22.3'],
    ['go1.21rc2', '1.21rc2'],
    ['go1.22.3 X:boringcrypto', '1.22.3'],
    ['devel go1.23-abcdef012345 Tue Jan 2 15:04:05 2024 +0000', '1.23-abcdef012345'],
  ])('count the standard library of %s as %s', (goVersion, version) => {
    expect(namesOf(readFile('bin/demo', program({ 4096: buildInfo(goVersion, '') })))).toEqual([`stdlib ${version}`]);
  });

  it('are found in a program that also holds the magic as text, as programs that look for it do', () => {
    const decoys = {
      1003: buildInfo('go1.0.1', ''),
      2048: buildInfo('go1.0.2', '', { flags: 0 }),
      3072: Buffer.from('\xff Go buildinf:\x08\x02something else', 'latin1'),
      4096: buildInfo('no version of Go', ''),
    };
    expect(namesOf(readFile('bin/demo', program({ ...decoys, 8192: buildInfo('go1.22.3', MODULES) })))).toEqual(NAMES);
  });

  it.each([
    ['is older than Go 1.18, with pointers in it', program({ 4096: buildInfo('go1.17', '', { flags: 0 }) })],
    ['ends within its list', program({ 4096: buildInfo('go1.22.3', MODULES) }, 4_200)],
    [
      'claims a list that is longer than any',
      program({ 4096: buildInfo('go1.22.3', 'x'.repeat(2_000_000)) }, 3_000_000),
    ],
    ['has none', program({})],
  ])('are none in a program that %s', (_, content) => {
    const padded = content.length < 65_536 ? { size: 70_000 } : {};
    expect(readFiles([{ path: 'bin/demo', content, ...padded }])).toEqual({
      components: [],
      databases: [],
      truncated: [],
    });
  });

  it('are not looked for in what is no ELF file', () => {
    const text = Buffer.from(CHECKOUT);
    text.write('#!/b', 0, 'latin1');
    expect(readFile('bin/demo', text).components).toEqual([]);
  });

  it('are the same however the content is cut into pieces', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 8 }), (pieces) => {
        expect(namesOf(readFiles([{ path: 'bin/checkout', content: CHECKOUT }], { pieces }))).toEqual(NAMES);
      }),
      { examples: [[[1]], [[15]], [[16]], [[17]], [[4_097]], [[4_109, 1]]], numRuns: 60 },
    );
  });

  const go = ['/usr/local/go/bin/go', '/usr/bin/go'].find((file) => existsSync(file));

  it.skipIf(go === undefined)('are those that go version -m prints of the Go command itself', () => {
    const file = go ?? '';
    const [first = '', ...rest] = execFileSync(file, ['version', '-m', file], { encoding: 'utf8' }).trim().split('\n');
    const modules = rest.map((line) => line.trim().split('\t')).filter(([kind]) => kind === 'mod' || kind === 'dep');
    expect(namesOf(readFile('bin/go', readFileSync(file)))).toEqual([
      `stdlib ${first.replace(/^.*: go/, '')}`,
      ...modules.map(([, path, version]) => `${path} ${version}`),
    ]);
  });
});
