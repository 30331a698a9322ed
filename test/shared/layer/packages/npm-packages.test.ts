import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type LayerFile, namesOf, readFile, readFiles } from './read-files.ts';

const DEMO = '{"name": "demo", "version": "1.2.3", "license": "MIT"}';

describe('packages of npm', () => {
  it.each([
    'app/node_modules/demo/package.json',
    'node_modules/demo/package.json',
    'app/node_modules/@scope/demo/package.json',
    'app/node_modules/other/node_modules/demo/package.json',
    'app/node_modules/.pnpm/demo@1.2.3/node_modules/demo/package.json',
    'usr/local/lib/node_modules/npm/package.json',
  ])('are named by %s', (file) => {
    expect(readFile(file, DEMO)).toEqual({
      components: [{ name: 'demo', version: '1.2.3', type: 'npm', path: file }],
      databases: [],
      truncated: [],
    });
  });

  it.each([
    ['the application itself', 'app/package.json'],
    ['a directory of a package', 'app/node_modules/demo/dist/package.json'],
    ['a directory of a package with a scope', 'app/node_modules/@scope/demo/esm/package.json'],
    ['a scope', 'app/node_modules/@scope/package.json'],
    ['what npm keeps beside the packages', 'app/node_modules/.cache/package.json'],
    ['another directory of a similar name', 'app/old_node_modules/demo/package.json'],
  ])('are not named by %s', (_, file) => {
    expect(readFile(file, DEMO).components).toEqual([]);
  });

  it.each([
    ['no JSON', '{"name": "demo", '],
    ['no object', '"demo"'],
    ['null', 'null'],
    ['no version', '{"name": "demo"}'],
    ['a version that is no text', '{"name": "demo", "version": 1}'],
    ['a name that does not print', '{"name": "de\\u0007mo", "version": "1.0.0"}'],
    ['nothing', ''],
  ])('with %s in their file are left out', (_, content) => {
    expect(readFile('node_modules/demo/package.json', content)).toEqual({
      components: [],
      databases: [],
      truncated: [],
    });
  });

  it('are read behind a byte order mark', () => {
    expect(namesOf(readFile('node_modules/demo/package.json', `\uFEFF${DEMO}`))).toEqual(['demo 1.2.3']);
  });

  it('whose file is too long are said to be missing', () => {
    const content = JSON.stringify({ name: 'demo', version: '1.2.3', readme: 'x'.repeat(5_000_000) });
    expect(readFile('node_modules/demo/package.json', content)).toMatchObject({
      components: [],
      truncated: [{ by: 'file-size', text: 'node_modules/demo/package.json is too long, or cut off.' }],
    });
  });

  const ROOT = path.resolve(import.meta.dirname, '../../../..');

  it.skipIf(!existsSync(path.join(ROOT, 'node_modules')))(
    'of this project are what a walk along node_modules meets',
    () => {
      const expected: string[] = [];
      const visit = (directory: string): void => {
        if (!existsSync(directory)) return;
        for (const { name } of readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
          if (name.startsWith('.')) continue;
          if (name.startsWith('@')) {
            visit(path.join(directory, name));
            continue;
          }
          const file = path.join(directory, name, 'package.json');
          if (existsSync(file)) {
            const { name: packageName, version } = JSON.parse(readFileSync(file, 'utf8'));
            if (packageName && version) expected.push(`${packageName} ${version}`);
          }
          visit(path.join(directory, name, 'node_modules'));
        }
      };
      visit(path.join(ROOT, 'node_modules'));

      const files: LayerFile[] = [];
      const every = (directory: string): void => {
        for (const entry of readdirSync(path.join(ROOT, directory), { withFileTypes: true })) {
          const file = path.posix.join(directory, entry.name);
          if (entry.isDirectory()) every(file);
          else if (entry.name === 'package.json')
            files.push({ path: file, content: readFileSync(path.join(ROOT, file)) });
        }
      };
      every('node_modules');
      const found = namesOf(readFiles(files));
      expect(expected.length).toBeGreaterThan(100);
      expect(files.length).toBeGreaterThan(expected.length);
      expect([...new Set(found)].sort()).toEqual([...new Set(expected)].sort());
    },
  );
});
