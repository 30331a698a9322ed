import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { namesOf, readFile, readFiles } from './read-files.ts';

const METADATA = `Metadata-Version: 2.1
Name: Demo_Package
Version: 1.2.3.post1
Summary: Says hello
Classifier: Name: not this one

Name: not-this-one-either
Version: 9
`;

describe('packages of Python', () => {
  it.each([
    'usr/lib/python3/dist-packages/demo-1.2.3.dist-info/METADATA',
    'usr/lib/python3/dist-packages/demo.egg-info/PKG-INFO',
    'usr/lib/python3/dist-packages/demo-1.2.3.egg-info',
    'opt/venv/lib/python3.12/site-packages/demo-1.2.3-py3.12.egg/EGG-INFO/PKG-INFO',
  ])('are named by %s, as written there', (file) => {
    expect(readFile(file, METADATA)).toEqual({
      components: [{ name: 'Demo_Package', version: '1.2.3.post1', type: 'pypi', path: file }],
      databases: [],
      truncated: [],
    });
  });

  it.each(['demo-1.2.3.dist-info/RECORD', 'src/PKG-INFO', 'METADATA', 'demo.egg-info/SOURCES.txt'])(
    'are not named by %s',
    (file) => {
      expect(readFile(file, METADATA).components).toEqual([]);
    },
  );

  it.each([
    ['lower-case headers', 'name: demo\nversion: 1\n', ['demo 1']],
    ['line ends of Windows', 'Name: demo\r\nVersion: 1\r\n\r\nVersion: 2\r\n', ['demo 1']],
    ['a readme of a megabyte', `Name: demo\nVersion: 1\n\n${'word '.repeat(200_000)}`, ['demo 1']],
    ['no version', 'Name: demo\n\nVersion: 1\n', []],
    ['nothing', '', []],
  ])('with %s', (_, content, expected) => {
    expect(namesOf(readFile('demo.dist-info/METADATA', content))).toEqual(expected);
  });

  const DIRECTORY = '/usr/lib/python3/dist-packages';
  const PYTHON = '/usr/bin/python3';

  it.skipIf(!existsSync(DIRECTORY) || !existsSync(PYTHON))('of this machine are those of importlib.metadata', () => {
    const program =
      'import importlib.metadata as m, sys\nfor d in m.distributions(path=[sys.argv[1]]): print(d.metadata["Name"], d.version)';
    const printed = execFileSync(PYTHON, ['-c', program, DIRECTORY], { encoding: 'utf8' });
    const files = readdirSync(DIRECTORY).flatMap((name) => {
      const candidates = [name, `${name}/METADATA`, `${name}/PKG-INFO`].map((file) => path.join(DIRECTORY, file));
      return candidates.filter((file) => existsSync(file) && statSync(file).isFile());
    });
    const found = readFiles(files.map((file) => ({ path: file.slice(1), content: readFileSync(file) })));
    expect([...namesOf(found)].sort()).toEqual(printed.trim().split('\n').sort());
  });
});
