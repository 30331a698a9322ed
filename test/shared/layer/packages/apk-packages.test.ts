import { describe, expect, it } from 'vitest';
import { namesOf, readFile, readFiles } from './read-files.ts';

const INSTALLED = `C:Q1pSfuBj9tS1vUZ8bW0Zx0m6bqv2Y=
P:musl
V:1.2.4-r2
A:x86_64
S:383304
p:so:libc.musl-x86_64.so.1=1
T:the musl c library (libc) implementation
F:lib
R:ld-musl-x86_64.so.1
a:0:0:755
Z:Q1abcdefghijklmnopqrstuvwxyz0=

C:Q1xxxxxxxxxxxxxxxxxxxxxxxxxxx=
P:ca-certificates-bundle
V:20230506-r0
A:noarch
`;

describe('packages of apk', () => {
  it.each(['lib/apk/db/installed', 'usr/lib/apk/db/installed'])('are read from %s', (path) => {
    expect(readFile(path, INSTALLED)).toEqual({
      components: [
        { name: 'musl', version: '1.2.4-r2', type: 'apk', architecture: 'x86_64', path },
        { name: 'ca-certificates-bundle', version: '20230506-r0', type: 'apk', architecture: 'noarch', path },
      ],
      databases: [path],
      truncated: [],
    });
  });

  it.each(['lib/apk/db/scripts.tar', 'lib/apk/db/installed.new', 'srv/lib/apk/db/installed'])(
    'are not looked for in %s',
    (path) => {
      expect(readFile(path, INSTALLED)).toEqual({ components: [], databases: [], truncated: [] });
    },
  );

  it('without a name or a version are left out', () => {
    expect(namesOf(readFile('lib/apk/db/installed', `P:only\n\nV:1-r0\n\n${INSTALLED}`))).toEqual([
      'musl 1.2.4-r2 x86_64',
      'ca-certificates-bundle 20230506-r0 noarch',
    ]);
  });

  it('that were cut off leave a database that was not read', () => {
    expect(readFiles([{ path: 'lib/apk/db/installed', content: INSTALLED, cutAt: 200 }])).toMatchObject({
      databases: [],
      truncated: [{ by: 'unreadable-archive', text: 'lib/apk/db/installed was not read to its end.' }],
    });
  });
});
