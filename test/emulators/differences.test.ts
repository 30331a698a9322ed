import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { DIFFERENCES } from './differences.ts';
import { MISSING } from './missing.ts';
import { OPERATIONS } from './operations.ts';
import { PARTIES } from './parties.ts';
import { TABLES } from './render-tables.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PAGE = path.join(ROOT, 'docs/emulators.md');
const read = (file: string): string => readFileSync(path.resolve(import.meta.dirname, file), 'utf8');

describe('the table of differences', () => {
  it('stands in docs/emulators.md; `vitest run test/emulators -u` writes it', async () => {
    let page = read(PAGE);
    for (const [name, text] of Object.entries(TABLES)) {
      const [before = '', rest = ''] = page.split(`<!-- ${name} -->\n`);
      const [, after] = rest.split(`\n<!-- /${name} -->`);
      expect(after, `the page has no place for ${name}`).toBeDefined();
      page = `${before}<!-- ${name} -->\n${text}\n<!-- /${name} -->${after}`;
    }
    await expect(page).toMatchFileSnapshot(PAGE);
  });

  it('tells of each case once', () => {
    const cases = DIFFERENCES.map(({ party, suite, ...row }) => `${party} ${suite} ${row.case}`);
    expect(cases.filter((name, at) => cases.indexOf(name) !== at)).toEqual([]);
  });

  it.each(Object.entries(PARTIES))('is about the %s that is installed', (name, { version }) => {
    expect(read('requirements.txt').split('\n')).toContain(`${name}==${version} \\`);
  });
});

describe('the contracts', () => {
  it('are all asked of the emulators', () => {
    const folder = path.join(ROOT, 'test/shared/pipeline/contracts');
    const contracts = readdirSync(folder).filter((file) =>
      /^export const \w+Contract = /m.test(read(path.join(folder, file))),
    );
    const asked = read('contracts.ts');
    expect(contracts.filter((file) => !asked.includes(`/contracts/${file}'`))).toEqual([]);
    expect(contracts).toContain('finding-sink.ts');
  });
});

describe('the table of operations', () => {
  it('has every operation that an adapter calls', () => {
    const folder = path.join(ROOT, 'shared/aws');
    const called = readdirSync(folder).flatMap((file) =>
      [...read(path.join(folder, file)).matchAll(/new (\w+)Command\(|paginate(\w+)\(/g)].flatMap(
        ([, sent, paged]) => sent ?? paged ?? [],
      ),
    );
    const asked = Object.keys(OPERATIONS).map((name) => name.split(' ').at(-1));
    expect([...new Set(called)].filter((operation) => !asked.includes(operation))).toEqual([]);
    expect(called).toContain('BatchImportFindings');
  });

  it('has every operation that is told to be missing', () => {
    expect(MISSING.filter(({ operation }) => !(operation in OPERATIONS))).toEqual([]);
  });
});
