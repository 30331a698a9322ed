import { copyFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRegistry } from '../../local/registry/registry.ts';
import { systemClock } from '../../shared/base/clock.ts';
import { fingerprintWith } from '../../shared/layer/fingerprint.ts';
import { scanLayer } from '../../shared/layer/scan-layer.ts';
import type { InspectionJson } from '../../shared/report/inspection-schema.ts';
import { runCommand } from '../cli/run-command.ts';
import {
  type BuiltImage,
  buildWithBuildah,
  buildWithUmoci,
  CAPABLE,
  installBase,
  SETUID,
} from '../support/build-image.ts';
import { sha256Of } from '../support/build-image-layout.ts';
import { debootstrapped, emptyRoot, installedIn } from '../support/build-image-root.ts';
import { cannotBuild, createWorkshop, type Workshop } from '../support/build-image-tools.ts';
import { type HttpServer, startServer } from '../support/http-server.ts';
import { holdsPartOf, type PlantedSecret, plantedSecrets } from '../support/planted-secrets.ts';

const reason = cannotBuild(['umoci', 'buildah', 'skopeo', 'dpkg-deb', 'setcap']);
if (reason !== undefined) console.log(`not tested with images of other tools: ${reason}`);

type Platform = InspectionJson['platforms'][number];

const ROOTS = ['packages made by hand', 'the packages of this machine', 'Debian 12 by mmdebstrap'] as const;
const BUILDERS = { umoci: buildWithUmoci, buildah: buildWithBuildah } as const;
type Root = (typeof ROOTS)[number];
type Builder = keyof typeof BUILDERS;

/** Of different kinds, none of which is known by its path alone. */
const planted = (['github-token', 'private-key', 'stripe-key', 'npm-token', 'slack-webhook'] as const).map((kind) => {
  const found = plantedSecrets().find((secret) => secret.kind === kind);
  if (found === undefined) throw new Error(`no ${kind} is planted`);
  return { ...found, path: `srv/secrets/${kind}/${path.basename(found.path)}` };
});
const [kept, deleted] = [planted.slice(0, 2), planted.slice(2)];
const filesOf = (secrets: readonly PlantedSecret[]): Readonly<Record<string, Buffer>> =>
  Object.fromEntries(secrets.map((secret) => [secret.path, secret.content]));

let workshop: Workshop;
const roots = new Map<Root, string>();
const images = new Map<
  string,
  BuiltImage & { readonly answer: InspectionJson; readonly baseInstalled: readonly string[] }
>();
const said: string[] = [];

const inspect = async (source: string, ...more: readonly string[]): Promise<InspectionJson> => {
  const { code, stdout, stderr } = await runCommand('inspect', source, '--format', 'json', ...more);
  expect({ source, code, stderr }).toEqual({ source, code: 0, stderr: '' });
  said.push(stdout);
  return JSON.parse(stdout);
};
const placed = (source: string): string => source.replace(/^(oci|docker-archive):/, `$1:${workshop.folder}/`);
const only = ({ platforms: [platform] }: InspectionJson): Platform => {
  if (platform === undefined) throw new Error('nothing was inspected');
  return platform;
};

/** Root file systems of this machine's and a mirror's packages, each with some of our own. */
const prepareRoots = async (): Promise<void> => {
  const own = await emptyRoot(workshop, 'own');
  const host = await emptyRoot(workshop, 'host');
  await copyFile('/var/lib/dpkg/status', path.join(host, 'var/lib/dpkg/status'));
  const debian = await debootstrapped(workshop, 'debian');
  roots.set(ROOTS[0], own).set(ROOTS[1], host);
  if (debian !== undefined) roots.set(ROOTS[2], debian);
  for (const root of roots.values()) await installBase(workshop, root);
};

beforeAll(async () => {
  if (reason !== undefined) return;
  process.env.SEKISHO_FINGERPRINT_KEY = 'a key of this test';
  workshop = await createWorkshop();
  await prepareRoots();
  for (const [name, root] of roots)
    for (const builder of ['umoci', 'buildah'] as const) {
      const layout = `${builder}${ROOTS.indexOf(name)}`;
      const built = await BUILDERS[builder](workshop, layout, root, { kept: filesOf(kept), deleted: filesOf(deleted) });
      const answer = await inspect(placed(built.source));
      images.set(`${builder} ${name}`, { ...built, answer, baseInstalled: await installedIn(workshop, root) });
    }
}, 900_000);
afterAll(async () => {
  delete process.env.SEKISHO_FINGERPRINT_KEY;
  await workshop?.remove();
});

const CASES = ROOTS.flatMap((root) => (['umoci', 'buildah'] as const).map((builder) => ({ root, builder })));

describe.skipIf(reason !== undefined).each<{ root: Root; builder: Builder }>(CASES)(
  'an image of $root, built with $builder',
  ({ root, builder }) => {
    const image = () => images.get(`${builder} ${root}`);
    const platform = () => only(image()?.answer ?? ({ platforms: [] } as never));
    const verdict = (rule: string) => platform().verdicts.find((one) => one.rule === rule);
    const fact = (title: string, test: () => void): void => {
      it(title, ({ skip }) => {
        if (!roots.has(root)) skip('no mirror of Debian answers');
        test();
      });
    };
    const components = (type: string): readonly string[] =>
      platform()
        .components.filter((component) => component.type === type)
        .map(({ name, version }) => `${name} ${version}`)
        .toSorted();

    fact('is read in full', () => {
      expect(platform()).toMatchObject({ complete: true, attribution: { attributed: true }, platform: 'linux/amd64' });
      expect(platform().layers.map(({ truncated }) => truncated)).toEqual([false, false, false]);
    });

    fact('has the packages that dpkg-query names, version for version', () => {
      const installed = image()?.installed ?? [];
      console.log(`${root}, ${builder}: ${installed.length} packages compared`);
      expect(installed.length).toBeGreaterThanOrEqual(4);
      expect(components('deb')).toEqual(installed);
    });

    fact('has the packages of Node.js and Python', () => {
      expect(components('npm')).toEqual(['left-pad 1.3.0']);
      expect(components('pypi').filter((name) => name.startsWith('Flask'))).toEqual(['Flask 3.0.3']);
    });

    fact('has each package in the layer that brought it', () => {
      const [base, app] = platform().layers;
      const inLayer = (layer: string | undefined): readonly string[] =>
        platform()
          .components.filter((one) => one.type === 'deb' && one.layer === layer)
          .map(({ name, version }) => `${name} ${version}`)
          .toSorted();
      expect(inLayer(app?.digest)).toEqual(['alpha 1.1-1', 'zeta 0~20261120']);
      const untouched = image()?.baseInstalled.filter((name) => !/^(?:alpha|beta) /.test(name));
      expect(inLayer(base?.digest)).toEqual(untouched);
    });

    fact('tells the base from the app', () => {
      const told = platform().dockerfile.map(({ instruction, origin }) => `${origin} ${instruction}`);
      expect(told).toEqual(
        builder === 'umoci'
          ? ['base ADD <file> /', 'base CMD ["bash"]', 'app COPY app /', 'app RUN tidy-up', 'app USER 10001:10001']
          : ['base ADD <file> /', 'app COPY app /', 'app RUN tidy-up'],
      );
      expect(platform().layers.map(({ instruction }) => instruction)).toEqual(
        builder === 'umoci' ? [0, 2, 3] : [0, 1, 2],
      );
    });

    fact('knows its base where the builder names it', () => {
      const index = ROOTS.indexOf(root);
      expect(platform().base).toMatchObject(
        builder === 'umoci'
          ? { evidence: 'history' }
          : { evidence: 'labels', name: `localhost/buildah${index}-base:latest` },
      );
    });

    fact('has its secrets found, and those that it deletes are recoverable', () => {
      const [, app, tidied] = platform().layers;
      const found = platform().secrets.map(({ kind, path: file, layer, deletedBy }) => ({
        kind,
        path: file,
        layer,
        deletedBy,
      }));
      const expected = planted.map(({ kind, path: file }) => ({
        kind,
        path: file,
        layer: app?.digest,
        deletedBy: deleted.some((secret) => secret.path === file) ? tidied?.digest : null,
      }));
      expect(found.toSorted(byPath)).toEqual(expected.toSorted(byPath));
      expect(verdict('IMG-012')).toMatchObject({ verdict: 'fail', origin: 'app' });
      expect(verdict('IMG-013')).toMatchObject({ verdict: 'fail', origin: 'app' });
    });

    fact('has one unusual setuid program and one with capabilities, both of the app', () => {
      const [, app] = platform().layers;
      expect(verdict('IMG-004')).toMatchObject({
        verdict: 'fail',
        origin: 'app',
        evidence: [{ path: SETUID, layer: app?.digest, origin: 'app' }],
      });
      expect(verdict('IMG-005')).toMatchObject({
        verdict: 'fail',
        origin: 'app',
        evidence: [{ path: CAPABLE, layer: app?.digest, text: expect.stringContaining('cap_sys_admin') }],
      });
    });

    fact('has the distribution of its base, and a user', () => {
      expect(platform().distribution).toBe('Debian GNU/Linux 12 (bookworm)');
      expect(verdict('IMG-001')?.verdict).toBe('pass');
    });
  },
);

const byPath = (one: { readonly path: string }, other: { readonly path: string }): number =>
  one.path < other.path ? -1 : 1;

/** What is attached to it in a registry, and whether its manifest says what it is: the tool that copied it decides. */
const ABOUT_THE_PLACE: ReadonlySet<string> = new Set(['IMG-025', 'IMG-026', 'IMG-029']);

/** The answer without what depends on how it is stored: digests of blobs are told by their place. */
const stripped = ({ platforms }: InspectionJson): unknown => {
  const text = JSON.stringify(
    platforms.map(({ digest: _, layers, verdicts, ...platform }) => ({
      ...platform,
      verdicts: verdicts.filter(({ rule }) => !ABOUT_THE_PLACE.has(rule)),
      layers: layers.map(({ size: _, ...layer }) => layer),
    })),
  );
  const digests = platforms.flatMap(({ layers }) => layers.map(({ digest }) => digest));
  const diffIds = platforms.flatMap(({ layers }) => layers.map(({ diffId }) => diffId));
  // The blob of an uncompressed layer has the digest that it unpacks to.
  const neutral = digests.reduce(
    (told, digest, at) => (digest === diffIds[at] ? told : told.replaceAll(digest, `${diffIds[at]}`)),
    text,
  );
  return JSON.parse(neutral);
};

describe.skipIf(reason !== undefined)('the same image', () => {
  let server: HttpServer;
  let registry: ReturnType<typeof createRegistry>;
  let host: string;
  let reads: string[];
  let original: InspectionJson;
  const digests = new Map<string, readonly string[]>();

  const copy = (from: string, to: string, ...more: readonly string[]): Promise<string> =>
    workshop.skopeo('copy', '--quiet', ...more, from, to);

  beforeAll(async () => {
    const root = roots.has(ROOTS[2]) ? ROOTS[2] : ROOTS[0];
    const built = images.get(`umoci ${root}`);
    if (built === undefined) throw new Error('nothing was built');
    original = built.answer;
    registry = createRegistry({ clock: systemClock, onAction: () => {}, onFault: (error) => console.error(error) });
    server = await startServer((request, response) => {
      if (request.method === 'GET') reads?.push(request.url ?? '');
      void registry.handle(request, response);
    });
    host = server.url.slice('http://'.length);

    await copy(built.source, 'oci:zstd:1', '--dest-compress', '--dest-compress-format', 'zstd');
    await copy(built.source, `docker-archive:${workshop.folder}/image.tar:shop/app:1`);
    const uncompressed = '--dest-oci-accept-uncompressed-layers';
    await copy(`docker-archive:${workshop.folder}/image.tar`, 'oci:mislabelled:1', uncompressed);
    await copy(built.source, 'dir:plain', '--dest-decompress');
    await copy('dir:plain', 'oci:plain:1', uncompressed);
    for (const name of ['gzip', 'zstd', 'plain', 'mislabelled'])
      await copy(
        name === 'gzip' ? built.source : `oci:${name}:1`,
        `docker://${host}/shop/${name}:1`,
        '--dest-tls-verify=false',
      );
  }, 300_000);
  afterAll(async () => {
    await server?.close();
    await registry?.close();
  });

  const mediaTypesOf = async (layout: string): Promise<readonly string[]> => {
    const raw = await workshop.skopeo('inspect', '--raw', `oci:${layout}:1`);
    return JSON.parse(raw).layers.map((layer: { readonly mediaType: string }) => layer.mediaType);
  };

  it('is stored compressed in different ways, not at all, and as something that it is not', async () => {
    const type = 'application/vnd.oci.image.layer.v1.tar';
    // skopeo 1.9 says so of what it found uncompressed in an archive.
    expect(await mediaTypesOf('mislabelled')).toEqual([`${type}+gzip`, `${type}+gzip`, `${type}+gzip`]);
    expect(await mediaTypesOf('zstd')).toEqual([`${type}+zstd`, `${type}+zstd`, `${type}+zstd`]);
    expect(await mediaTypesOf('plain')).toEqual([type, type, type]);
  });

  it.each(['oci:zstd:1', 'oci:plain:1', 'oci:mislabelled:1', 'docker-archive:image.tar:shop/app:1'])(
    'answers the same as %s',
    async (source) => {
      const answer = await inspect(placed(source));
      digests.set(
        source,
        only(answer).layers.map(({ digest }) => digest),
      );
      expect(stripped(answer)).toEqual(stripped(original));
    },
  );

  it.each(['gzip', 'zstd', 'plain', 'mislabelled'])(
    'answers the same out of a registry, stored as %s',
    async (name) => {
      reads = [];
      const answer = await inspect(`${host}/shop/${name}:1`);
      expect(stripped(answer)).toEqual(stripped(original));
      const blobs = reads.filter((url) => url.includes('/blobs/'));
      expect(new Set(blobs).size).toBe(blobs.length);
      expect(blobs).toHaveLength(1 + only(answer).layers.length);
    },
  );

  it('is signed by nobody, which is a failure in a registry alone', async () => {
    const signed = ({ verdicts }: Platform) => verdicts.find(({ rule }) => rule === 'IMG-025')?.verdict;
    expect(signed(only(original))).toBe('not-applicable');
    expect(signed(only(await inspect(`${host}/shop/gzip:1`)))).toBe('fail');
  });

  it('has other digests wherever it is stored otherwise', () => {
    const layers = [...digests.values(), only(original).layers.map(({ digest }) => digest)].map(([first]) => first);
    expect(new Set(layers).size).toBe(3);
  });

  it('is inspected for each of its platforms, with the layers that they share read once', async () => {
    const layout = images.get(`umoci ${ROOTS[0]}`)?.source.slice('oci:'.length) ?? '';
    await workshop.run(
      'umoci',
      'config',
      '--image',
      layout,
      '--tag',
      'arm64',
      '--no-history',
      '--architecture',
      'arm64',
    );
    const [name] = layout.split(':');
    await workshop.buildah('manifest', 'create', 'both');
    for (const tag of ['1', 'arm64'])
      await workshop.buildah('manifest', 'add', 'both', `oci:${workshop.folder}/${name}:${tag}`);
    await workshop.buildah('manifest', 'push', '--quiet', '--all', 'both', `oci:${workshop.folder}/both:1`);
    await copy('oci:both:1', `docker://${host}/shop/both:1`, '--all', '--dest-tls-verify=false');

    const fromLayout = await inspect(placed('oci:both:1'));
    reads = [];
    const fromRegistry = await inspect(`${host}/shop/both:1`);
    expect(fromRegistry.platforms.map(({ platform }) => platform)).toEqual(['linux/amd64', 'linux/arm64']);
    expect(stripped(fromRegistry)).toEqual(stripped(fromLayout));
    expect(reads.filter((url) => url.includes('/blobs/'))).toHaveLength(2 + 3);

    const one = await inspect(`${host}/shop/both:1`, '--platform', 'linux/arm64');
    expect(one.platforms.map(({ platform }) => platform)).toEqual(['linux/arm64']);
  });
});

describe.skipIf(reason !== undefined)('an image that says little of how it was built', () => {
  const plainLayer = 'umoci0.tar';

  it('has its layers, and no instructions, where there is no history', async () => {
    const { run } = workshop;
    await run('umoci', 'init', '--layout', 'silent');
    await run('umoci', 'new', '--image', 'silent:1');
    await run('umoci', 'raw', 'add-layer', '--image', 'silent:1', plainLayer, '--no-history');
    const platform = only(await inspect(placed('oci:silent:1')));
    expect(platform).toMatchObject({ complete: true, dockerfile: [], attribution: { attributed: false } });
    expect(platform.layers).toMatchObject([{ instruction: null, truncated: false }]);
    expect(platform.components.map(({ name }) => name).toSorted()).toEqual(['alpha', 'beta', 'libgamma1', 'libgamma1']);
    expect(platform.base.evidence).toBe('none');
  });

  it('has one layer that is nobody’s for certain where Buildah squashed it', async () => {
    const { buildah, folder } = workshop;
    const container = (await buildah('from', '--pull-never', 'localhost/buildah0-base')).trim();
    await buildah('commit', '--quiet', '--squash', '--format', 'oci', container, `oci:${folder}/squashed:1`);
    const platform = only(await inspect(placed('oci:squashed:1')));
    expect(platform.complete).toBe(true);
    expect(platform.dockerfile.map(({ origin, evidence }) => [origin, evidence])).toEqual([['unknown', 'none']]);
    expect(platform.layers).toHaveLength(1);
  });
});

describe.skipIf(reason !== undefined)('the whole of it', () => {
  it('sees every setuid program that find sees', async () => {
    for (const [name, root] of roots) {
      const tar = `${workshop.folder}/umoci${ROOTS.indexOf(name)}.tar`;
      const bytes = await readFile(tar);
      const report = await scanLayer(Readable.from([bytes]), {
        digest: sha256Of(bytes),
        size: bytes.length,
        mediaType: 'application/vnd.oci.image.layer.v1.tar',
        now: Date.now,
        fingerprint: fingerprintWith('key'),
      });
      const seen = report.notable.filter(({ kind }) => kind === 'setuid').map((file) => file.path);
      const found = (await workshop.run('find', root, '-type', 'f', '-perm', '/6000', '-printf', '%P\n')).split('\n');
      console.log(`${name}: ${seen.length} setuid programs compared`);
      expect(seen.toSorted()).toEqual(found.filter((file) => file !== '').toSorted());
    }
  });

  it('says no secret', () => {
    expect(said.length).toBeGreaterThanOrEqual(roots.size * 2);
    const lines = [...new Set(said.flatMap((text) => text.split('\n')))].join('\n');
    expect(planted.filter((secret) => holdsPartOf(lines, secret)).map(({ title }) => title)).toEqual([]);
  });
});
