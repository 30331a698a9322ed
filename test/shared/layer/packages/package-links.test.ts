import { describe, expect, it } from 'vitest';
import type { EntryType } from '../../../../shared/layer/layer-reader.ts';
import { namesOf, readFiles } from './read-files.ts';

const link = (type: EntryType, path: string, linkName: string) => ({ path, type, linkName, content: '' });

describe('a link in the place of a database or a manifest', () => {
  it.each<[EntryType, string, string]>([
    ['hardlink', 'var/lib/dpkg/status', 'tmp/s'],
    ['symlink', 'var/lib/dpkg/status', '/tmp/s'],
    ['symlink', 'var/lib/dpkg', '../../tmp/dpkg'],
    ['hardlink', 'lib/apk/db/installed', 'tmp/s'],
    ['symlink', 'lib/apk/db', '/tmp'],
    ['symlink', 'var/lib/rpm/rpmdb.sqlite', '/tmp/s'],
    ['hardlink', 'srv/node_modules/x/package.json', 'tmp/s'],
    ['hardlink', 'srv/x.dist-info/METADATA', 'tmp/s'],
    ['hardlink', 'srv/x-1.0.jar', 'tmp/s'],
  ])('is said to be unread: %s %s to %s', (type, path, linkName) => {
    expect(readFiles([link(type, path, linkName)])).toEqual({
      components: [],
      databases: [],
      truncated: [{ by: 'unreadable-archive', text: `${path} is a link; its content was not read under this name.` }],
    });
  });

  it.each<[EntryType, string, string]>([
    ['symlink', 'lib/apk/db/installed', '/usr/lib/apk/db/installed'],
    ['symlink', 'lib/apk', '../usr/lib/apk'],
    ['symlink', 'var/lib/rpm', '../../usr/lib/sysimage/rpm'],
    ['symlink', 'usr/lib/sysimage/rpm', '../../share/rpm'],
    ['symlink', 'srv/node_modules/x/package.json', 'y'],
    ['hardlink', 'srv/x.jar', 'opt/y.jar'],
    ['hardlink', 'var/lib/dpkg/status-old', 'var/lib/dpkg/status'],
    ['hardlink', 'srv/package.json', 'tmp/s'],
  ])('is nothing to say where the content is read elsewhere: %s %s to %s', (type, path, linkName) => {
    expect(readFiles([link(type, path, linkName)]).truncated).toEqual([]);
  });

  it.each([
    ['srv/node_modules/.pnpm/x@1.0.0/node_modules/x/package.json', 'srv/node_modules/x/package.json', 2],
    ['store/x/package.json', 'srv/node_modules/x/package.json', 1],
  ])('names the package whose manifest was read as %s', (target, path, count) => {
    const content = '{"name":"x","version":"1.0.0"}';
    const facts = readFiles([{ path: target, content }, link('hardlink', path, `./${target}`)]);
    expect(namesOf(facts)).toEqual(Array(count).fill('x 1.0.0'));
    expect(facts.components.at(-1)).toEqual({ name: 'x', version: '1.0.0', type: 'npm', path });
    expect(facts.truncated).toEqual([]);
  });

  it('names the distribution of Python whose metadata was read', () => {
    const target = 'cache/x-1.dist-info/METADATA';
    const path = 'srv/x-1.dist-info/METADATA';
    const facts = readFiles([{ path: target, content: 'Name: x\nVersion: 1\n\n' }, link('hardlink', path, target)]);
    expect(facts.components.map((component) => component.path)).toEqual([target, path]);
  });

  it('is no package where what was read is none', () => {
    const target = 'srv/node_modules/y/package.json';
    const facts = readFiles([
      { path: target, content: '{"type":"module"}' },
      link('hardlink', 'srv/node_modules/x/package.json', target),
    ]);
    expect(facts).toEqual({ components: [], databases: [], truncated: [] });
  });
});
