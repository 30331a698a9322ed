import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Place } from '../../../shared/dossier/inspected-image.ts';
import { createLayerMerge, IMAGE_BUDGET, type ImageBudget } from '../../../shared/dossier/merge-layers.ts';
import { exampleDigest } from '../../../shared/dossier/rules/example-image.ts';
import type { Component, FoundSecret, LayerReport, NotableFile } from '../../../shared/layer/layer-report.ts';

/** What one layer brings; `paths`: of everything but directories. */
type Brought = Partial<Omit<LayerReport, 'paths'>> & { readonly paths?: readonly string[] };

/** Paths that stand for their hashes, and how often one was asked for. */
const countingHashes = () => {
  const asked: string[] = [];
  const of = (path: string): string => {
    asked.push(path);
    return path;
  };
  return { asked, of, in: (text: string) => text.split('\n') };
};

const reportOf = (number: number, { paths = [], ...brought }: Brought): LayerReport => ({
  version: 1,
  digest: exampleDigest(number),
  compression: 'gzip',
  size: 1,
  uncompressedSize: 1,
  files: paths.length,
  truncated: [],
  paths: paths.join('\n'),
  whiteouts: [],
  opaque: [],
  secrets: [],
  components: [],
  databases: [],
  notable: [],
  system: {},
  ...brought,
});
const placeOf = (number: number): Place => ({
  layer: exampleDigest(number),
  origin: number === 1 ? 'base' : 'app',
  instruction: number,
});

/** The layers, lowest first; undefined: never read. */
const mergeWithin = (
  budget: ImageBudget,
  hashes: ReturnType<typeof countingHashes>,
  brought: readonly (Brought | undefined)[],
) => {
  const merge = createLayerMerge(budget, hashes);
  brought.forEach((one, index) => {
    merge.add(one && reportOf(index + 1, one));
  });
  return merge.tree(brought.map((_, index) => placeOf(index + 1)));
};
const merge = (...brought: readonly (Brought | undefined)[]) => mergeWithin(IMAGE_BUDGET, countingHashes(), brought);

const secret = (path: string, fingerprint = 'f'): FoundSecret => ({ kind: 'jwt', path, fingerprint });
const setuid = (path: string, other: Partial<NotableFile> = {}): NotableFile => ({
  ...{ kind: 'setuid', path, mode: 0o4755, uid: 0, gid: 0, size: 1, detail: 'setuid' },
  ...other,
});
const STATUS = 'var/lib/dpkg/status';
const deb = (name: string, version = '1', path = STATUS): Component => ({
  ...{ name, version, type: 'deb', architecture: 'amd64', path },
});

/** `path 1` or `path 1-2`: where it came, and what took it. */
const digits = (digest: string | undefined): string => digest?.at(-1) ?? '';
const fates = (items: readonly { readonly path: string; readonly layer: string; readonly deletedBy?: string }[]) =>
  items.map(({ path, layer, deletedBy }) => `${path} ${digits(layer)}${deletedBy ? `-${digits(deletedBy)}` : ''}`);

describe('the merge of layers, secrets', () => {
  const key = { paths: ['a/b/key'], secrets: [secret('a/b/key')] };
  it.each<[string, readonly Brought[], readonly string[]]>([
    ['is there', [key], ['a/b/key 1']],
    ['stays there below layers that do not touch it', [key, { paths: ['a/b/other'] }], ['a/b/key 1']],
    ['is deleted', [key, { whiteouts: ['a/b/key'] }], ['a/b/key 1-2']],
    ['is deleted with its directory', [key, { whiteouts: ['a'] }], ['a/b/key 1-2']],
    ['is not deleted with a name that only begins like it', [key, { whiteouts: ['a/b/ke', 'a/bb'] }], ['a/b/key 1']],
    ['is hidden by an opaque directory', [key, { opaque: ['a'] }], ['a/b/key 1-2']],
    ['is hidden by an opaque root', [key, { opaque: [''] }], ['a/b/key 1-2']],
    ['is not hidden by an opaque directory beside it', [key, { opaque: ['b'] }], ['a/b/key 1']],
    ['is overwritten', [key, { paths: ['a/b/key'] }], ['a/b/key 1-2']],
    ['is gone when a file takes the place of its directory', [key, { paths: ['a/b'] }], ['a/b/key 1-2']],
    ['is the same when a layer writes it again', [key, key], ['a/b/key 1']],
    [
      'is another when a layer writes another',
      [key, { ...key, secrets: [secret('a/b/key', 'g')] }],
      ['a/b/key 1-2', 'a/b/key 2'],
    ],
    ['is told twice when it comes back', [key, { whiteouts: ['a/b/key'] }, key], ['a/b/key 1-2', 'a/b/key 3']],
    ['is deleted by the first layer that does', [key, { whiteouts: ['a'] }, { whiteouts: ['a'] }], ['a/b/key 1-2']],
    ["survives its own layer's deletions", [{ ...key, whiteouts: ['a/b/key'], opaque: ['a'] }], ['a/b/key 1']],
    [
      'goes on through a layer that empties the directory and brings it again',
      [key, { ...key, opaque: ['a'] }],
      ['a/b/key 1'],
    ],
  ])('one %s', (_, brought, expected) => {
    expect(fates(merge(...brought).secrets)).toEqual(expected);
  });

  it('belong to the layer that brought them', () => {
    expect(merge({}, key).secrets).toEqual([
      { ...secret('a/b/key'), layer: exampleDigest(2), origin: 'app', instruction: 2 },
    ]);
  });

  it('of a path that is too deep for its directories to be looked up stay there, and do not take long', () => {
    const path = `${'d/'.repeat(2_000)}key`;
    const deep = { paths: [path], secrets: [secret(path)] };
    expect(merge(deep, { whiteouts: ['d/'.repeat(1_000).slice(0, -1)] }).secrets[0]?.deletedBy).toBeUndefined();
    expect(merge(deep, { whiteouts: ['d/d'] }).secrets[0]?.deletedBy).toBe(exampleDigest(2));
    expect(merge(deep, { whiteouts: [path] }).secrets[0]?.deletedBy).toBe(exampleDigest(2));
  });
});

describe('the merge of layers, files of note', () => {
  const su = { paths: ['bin/su'], notable: [setuid('bin/su')] };
  const cache = (size: number): Brought => ({
    notable: [{ kind: 'package-cache', path: 'var/cache/apk', mode: 0o644, uid: 0, gid: 0, size, detail: '2 files' }],
  });
  const open = (mode: number): Brought => ({
    notable: [{ kind: 'world-writable', path: 'srv', mode, uid: 0, gid: 0, size: 0 }],
  });
  it.each<[string, readonly Brought[], readonly string[]]>([
    ['stays where it came from when its package is upgraded', [su, su], ['bin/su 1']],
    ['is gone when a layer takes the bit away', [su, { paths: ['bin/su'] }], ['bin/su 1-2']],
    [
      'is another with other bits',
      [su, { paths: ['bin/su'], notable: [setuid('bin/su', { mode: 0o4777 })] }],
      ['bin/su 1-2', 'bin/su 2'],
    ],
    ['is told for each layer that filled a cache', [cache(1), cache(2)], ['var/cache/apk 1', 'var/cache/apk 2']],
    ['is gone with the directory of the cache', [cache(1), { whiteouts: ['var/cache'] }], ['var/cache/apk 1-2']],
    ['is told once for a directory that two layers list', [open(0o777), open(0o777)], ['srv 1']],
    ['is told anew for a directory whose bits change', [open(0o777), open(0o707)], ['srv 1-2', 'srv 2']],
  ])('one %s', (_, brought, expected) => {
    expect(fates(merge(...brought).notable)).toEqual(expected);
  });

  it('have the attributes of their latest writing', () => {
    const upgraded = { paths: ['bin/su'], notable: [setuid('bin/su', { size: 99 })] };
    expect(merge(su, upgraded).notable).toMatchObject([{ size: 99, layer: exampleDigest(1) }]);
  });
});

describe('the merge of layers, packages', () => {
  const base = { paths: [STATUS], databases: [STATUS], components: [deb('libc6'), deb('bash'), deb('openssl', '3.0')] };
  /** `name version layer`. */
  const packages = (...brought: readonly Brought[]) =>
    merge(...brought).components.map(({ name, version, layer }) => `${name} ${version} ${digits(layer)}`);

  it('of a database that is written again stay where they came from; what is new is of the layer that wrote it', () => {
    const app = {
      ...base,
      components: [deb('libc6'), deb('bash'), deb('openssl', '3.1'), deb('curl')],
    };
    expect(packages(base, app)).toEqual(['libc6 1 1', 'bash 1 1', 'openssl 3.1 2', 'curl 1 2']);
  });

  it('that are removed are not in the image, and what comes back is new', () => {
    const removed = { ...base, components: [deb('libc6')] };
    expect(packages(base, removed)).toEqual(['libc6 1 1']);
    expect(packages(base, removed, base)).toEqual(['libc6 1 1', 'bash 1 3', 'openssl 3.0 3']);
  });

  it('go with their database', () => {
    expect(packages(base, { whiteouts: [STATUS] })).toEqual([]);
    expect(packages(base, { opaque: ['var/lib/dpkg'] })).toEqual([]);
  });

  it('of another database are not touched', () => {
    const npm: Component = {
      name: 'left-pad',
      version: '1',
      type: 'npm',
      path: 'srv/node_modules/left-pad/package.json',
    };
    expect(packages({ components: [npm], paths: [npm.path] }, base)).toEqual([
      'left-pad 1 1',
      ...['libc6 1 2', 'bash 1 2', 'openssl 3.0 2'],
    ]);
    expect(packages({ components: [npm], paths: [npm.path] }, { whiteouts: ['srv'] })).toEqual([]);
  });

  it('of two architectures are two', () => {
    const both = { ...base, components: [deb('libc6'), { ...deb('libc6'), architecture: 'i386' }] };
    expect(packages(both)).toEqual(['libc6 1 1', 'libc6 1 1']);
  });
});

describe('the merge of layers, system files', () => {
  const passwd = (name: string): Brought => ({
    paths: ['etc/passwd'],
    system: { passwd: { size: 1, accounts: [{ name, uid: 0, gid: 0, shell: '' }], malformed: 0 } },
  });
  const release = (path: string, id: string): Brought => ({
    paths: [path],
    system: { osRelease: { path, fields: { ID: id } } },
  });
  const sudoers = (path: string, withoutPassword: boolean): Brought => ({
    paths: [path],
    system: { sudoers: [{ path, withoutPassword, all: false }] },
  });

  it('are the topmost, with the layer that brought it', () => {
    const { system, systemPlaces } = merge(passwd('root'), {}, passwd('app'));
    expect(system.passwd?.accounts[0]?.name).toBe('app');
    expect(systemPlaces.passwd).toEqual({ layer: exampleDigest(3), origin: 'app', instruction: 3 });
  });

  it.each<[string, Brought]>([
    ['deleted', { whiteouts: ['etc/passwd'] }],
    ['deleted with its directory', { whiteouts: ['etc'] }],
    ['replaced by something that was not read', { paths: ['etc/passwd'] }],
  ])('are unknown when the topmost is %s', (_, above) => {
    expect(merge(passwd('root'), above)).toMatchObject({ system: {}, systemPlaces: {} });
  });

  it.each<[string, readonly Brought[], string | undefined]>([
    ['etc below', [release('etc/os-release', 'a'), release('usr/lib/os-release', 'b')], 'a'],
    ['etc above', [release('usr/lib/os-release', 'b'), release('etc/os-release', 'a')], 'a'],
    ['no etc', [release('usr/lib/os-release', 'b')], 'b'],
    [
      'an etc that is gone',
      [release('etc/os-release', 'a'), release('usr/lib/os-release', 'b'), { whiteouts: ['etc/os-release'] }],
      'b',
    ],
    ['none that is left', [release('usr/lib/os-release', 'b'), { whiteouts: ['usr'] }], undefined],
  ])('name the distribution with %s', (_, brought, id) => {
    expect(merge(...brought).system.osRelease?.fields.ID).toBe(id);
  });

  it('of which there are many are all that are left, placed where the worst came from', () => {
    const { system, systemPlaces } = merge(
      sudoers('etc/sudoers', true),
      sudoers('etc/sudoers.d/a', true),
      sudoers('etc/sudoers.d/b', false),
      { whiteouts: ['etc/sudoers'] },
    );
    expect(system.sudoers?.map(({ path }) => path)).toEqual(['etc/sudoers.d/a', 'etc/sudoers.d/b']);
    expect(systemPlaces.sudoers?.layer).toBe(exampleDigest(2));
  });

  it('that a layer writes again are those of that layer', () => {
    const { system, systemPlaces } = merge(sudoers('etc/sudoers', true), sudoers('etc/sudoers', false));
    expect(system.sudoers).toEqual([{ path: 'etc/sudoers', withoutPassword: false, all: false }]);
    expect(systemPlaces.sudoers?.layer).toBe(exampleDigest(2));
  });
});

describe('the merge of layers, what is missing', () => {
  const cut = { truncated: [{ by: 'bytes', text: 'More than 8 GB.' }] } as const;

  it('is nothing where every layer was read', () => {
    expect(merge({}, {})).not.toHaveProperty('incomplete');
  });

  it('names the layer that was cut short, and why', () => {
    expect(merge({}, cut).incomplete).toBe('layer 2 of 2 (222222222222) was not read in full: More than 8 GB');
  });

  it('names the layer that was never read, and still tells what the others hold', () => {
    const tree = merge({ secrets: [secret('a')] }, undefined);
    expect(tree.incomplete).toBe('layer 2 of 2 (222222222222) was not read: it was not scanned');
    expect(fates(tree.secrets)).toEqual(['a 1']);
  });

  it('names two layers and counts the others', () => {
    expect(merge(cut, cut, cut, cut).incomplete).toBe(
      'layer 1 of 4 (111111111111) was not read in full: More than 8 GB; ' +
        'layer 2 of 4 (222222222222) was not read in full: More than 8 GB; 2 more layers were not read in full',
    );
  });

  it('counts the files of all layers', () => {
    expect(merge({ files: 3 }, { files: 4 }).files).toBe(7);
  });
});

describe('the merge of layers, its work', () => {
  const packages = (count: number, at: (index: number) => string): Component[] =>
    Array.from({ length: count }, (_, index) => ({ name: `n${index}`, version: '1', type: 'npm', path: at(index) }));

  it('hashes each path and each directory once, however many layers bring it or are laid over it', () => {
    const hashes = countingHashes();
    const brings = { components: packages(50, (index) => `srv/m/n${index}/package.json`), opaque: ['srv'] };
    const tree = mergeWithin(IMAGE_BUDGET, hashes, [
      brings,
      ...Array.from({ length: 30 }, () => ({ paths: ['etc/passwd', 'srv/other'], whiteouts: ['tmp/a'] })),
      ...Array.from({ length: 30 }, () => brings),
    ]);
    expect(tree.components).toHaveLength(50);
    // srv, srv/m, and of each package its directory and its file.
    expect(hashes.asked).toHaveLength(2 + 50 * 2);
    expect(new Set(hashes.asked).size).toBe(hashes.asked.length);
  });

  it('asks for no hash of what a layer deletes or empties', () => {
    const hashes = countingHashes();
    mergeWithin(IMAGE_BUDGET, hashes, [{ secrets: [secret('a')] }, { whiteouts: ['b', 'c/d'], opaque: ['e', ''] }]);
    expect(hashes.asked).toEqual(['a']);
  });

  it.each<[string, Partial<ImageBudget>, string]>([
    ['secrets', { secrets: 2 }, 'secrets'],
    ['files of note', { notable: 2 }, 'files of note'],
    ['packages', { components: 2 }, 'packages'],
    ['system files', { systemFiles: 2 }, 'system files'],
  ])('keeps so many %s of all layers together, and says that there are more', (_, budget, what) => {
    const one = (name: string): Brought => ({
      secrets: [secret(name)],
      notable: [setuid(name)],
      components: [deb(name)],
      system: { sudoers: [{ path: `etc/sudoers.d/${name}`, withoutPassword: false, all: false }] },
    });
    const told = (count: number) =>
      mergeWithin({ ...IMAGE_BUDGET, ...budget }, countingHashes(), ['a', 'b', 'c'].slice(0, count).map(one));
    expect(told(2)).not.toHaveProperty('incomplete');
    expect(told(3).incomplete).toBe(`there are more ${what} than are kept`);
    const { secrets, notable, components, system } = told(3);
    const kept = [secrets, notable, components, system.sudoers ?? []].map(({ length }) => length);
    expect(kept.toSorted()).toEqual([2, 3, 3, 3]);
  });

  it.each<[string, Partial<ImageBudget>]>([
    ['directories', { spots: 3 }],
    ['long paths', { spotsLength: 'a'.length + 'a/b'.length + 'a/b/c'.length }],
  ])('keeps what is at so many %s, and says that there is more', (_, budget) => {
    const layers = [
      { secrets: [secret('a/b/c')] },
      { paths: ['a/b/c'], secrets: [secret('a/b/c', 'g'), secret('a/b/d')] },
    ];
    const tree = mergeWithin({ ...IMAGE_BUDGET, ...budget }, countingHashes(), layers);
    expect(fates(tree.secrets)).toEqual(['a/b/c 1-2', 'a/b/c 2']);
    expect(tree.incomplete).toBe('there are more secrets than are kept');
  });
});

/** A layer for the model below: deletions of what lower layers have, then files, each with a secret or without one. */
interface ModelLayer {
  readonly whiteouts: readonly string[];
  readonly opaque: readonly string[];
  readonly files: ReadonlyMap<string, string | undefined>;
}

// A path always is either a directory or a file but for `a/x`, which is one or the other.
const directories = fc.constantFrom('a', 'b', 'a/b', 'a/x');
const leaves = fc.constantFrom('f', 'a/f', 'a/g', 'b/f', 'a/b/f', 'a/b/g', 'a/x/f', 'a/x/g');
const modelLayer: fc.Arbitrary<ModelLayer> = fc.record({
  whiteouts: fc.array(fc.oneof(directories, leaves), { maxLength: 2 }),
  opaque: fc.array(fc.oneof(directories, fc.constant('')), { maxLength: 1 }),
  files: fc
    .tuple(
      fc.array(fc.tuple(leaves, fc.constantFrom('s1', 's2', undefined)), { maxLength: 4 }),
      fc.integer({ min: 0, max: 5 }),
    )
    .map(([files, dice]) => {
      // Sometimes a plain file takes the place of a directory; then nothing is below it in this layer.
      const replaced: [string, undefined][] = dice === 0 ? [['a/x', undefined]] : [];
      return new Map([...files.filter(([path]) => dice > 0 || !path.startsWith('a/x/')), ...replaced]);
    }),
});

const isBelow = (path: string, directory: string): boolean => directory === '' || path.startsWith(`${directory}/`);

/** Every path that is left in the end, with its secret and the first layer that has had it there ever since. */
const simulate = (layers: readonly ModelLayer[]): ReadonlyMap<string, readonly [secret: string, since: number]> => {
  const tree = new Map<string, { readonly secret: string | undefined; readonly since: number }>();
  layers.forEach(({ whiteouts, opaque, files }, index) => {
    const before = new Map(tree);
    for (const path of before.keys()) {
      const deleted = whiteouts.some((whiteout) => path === whiteout || isBelow(path, whiteout));
      if (deleted || opaque.some((directory) => isBelow(path, directory))) tree.delete(path);
    }
    for (const [path, held] of files) {
      for (const other of [...tree.keys()]) if (isBelow(other, path) || isBelow(path, other)) tree.delete(other);
      const old = before.get(path);
      tree.set(path, { secret: held, since: old !== undefined && old.secret === held ? old.since : index });
    }
  });
  return new Map([...tree].flatMap(([path, { secret: held, since }]) => (held ? [[path, [held, since]]] : [])));
};

const brought = ({ whiteouts, opaque, files }: ModelLayer): Brought => ({
  whiteouts,
  opaque,
  paths: [...files.keys()],
  secrets: [...files].flatMap(([path, held]) => (held ? [secret(path, held)] : [])),
});

const stack = fc.array(modelLayer, { maxLength: 6 });
const MANY = { numRuns: 1_000 };

describe('the merge of layers, laws', () => {
  it('leaves what unpacking the layers one over the other leaves', () => {
    fc.assert(
      fc.property(stack, (layers) => {
        const left = merge(...layers.map(brought)).secrets.filter(({ deletedBy }) => deletedBy === undefined);
        const merged = left.map(({ path, fingerprint, instruction = 0 }) => [path, [fingerprint, instruction - 1]]);
        const expected = [...simulate(layers)];
        expect(merged.map(String).toSorted()).toEqual(expected.map(String).toSorted());
      }),
      MANY,
    );
  });

  it('never forgets what a lower layer holds: a layer above changes its fate alone', () => {
    fc.assert(
      fc.property(stack, modelLayer, (layers, above) => {
        const before = merge(...layers.map(brought)).secrets;
        const after = merge(...layers.map(brought), brought(above)).secrets.slice(0, before.length);
        const withoutFate = before.map(({ deletedBy: _, ...found }) => found);
        expect(after.map(({ deletedBy: _, ...found }) => found)).toEqual(withoutFate);
        before.forEach(({ deletedBy }, index) => {
          if (deletedBy !== undefined) expect(after[index]?.deletedBy).toBe(deletedBy);
        });
      }),
      MANY,
    );
  });

  it('is not changed by a layer that is there twice, nor by an empty one', () => {
    fc.assert(
      fc.property(stack, (layers) => {
        const once = merge(...layers.map(brought));
        expect(merge(...layers.map(brought), {})).toEqual(once);
        const last = layers.at(-1);
        if (last === undefined) return;
        expect(fates(merge(...layers.map(brought), brought(last)).secrets)).toEqual(fates(once.secrets));
      }),
      MANY,
    );
  });

  it('tells every secret of every layer', () => {
    fc.assert(
      fc.property(stack, (layers) => {
        const told = new Set(merge(...layers.map(brought)).secrets.map(({ path, fingerprint }) => path + fingerprint));
        for (const { files } of layers)
          for (const [path, held] of files) if (held !== undefined) expect(told).toContain(path + held);
      }),
      MANY,
    );
  });
});
