import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { inspectCommand } from '../../cli/commands/inspect.ts';
import { SECRET_KINDS } from '../../shared/layer/layer-report.ts';
import type { InspectionJson } from '../../shared/report/inspection-schema.ts';
import {
  createLayout,
  OCI,
  sha256Of,
  type TestDescriptor,
  type TestFiles,
  type TestImage,
  type TestLayout,
  tarOf,
} from '../support/build-image-layout.ts';
import { holdsPartOf, type PlantedSecret, plantedSecrets } from '../support/planted-secrets.ts';
import { type Ended, runCommand } from './run-command.ts';

const SCHEMA = z.fromJSONSchema(
  JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../docs/reference/inspect.schema.json'), 'utf8')),
);
const COMMAND = path.resolve(import.meta.dirname, '../../cli/sekisho.js');

let folder: string;
beforeAll(async () => {
  process.env.SEKISHO_FINGERPRINT_KEY = 'a key of this test';
  folder = await mkdtemp(path.join(tmpdir(), 'sekisho-inspect-'));
});
afterAll(async () => {
  delete process.env.SEKISHO_FINGERPRINT_KEY;
  await rm(folder, { recursive: true });
});

const inspect = (...args: readonly string[]): Promise<Ended> => runCommand('inspect', ...args);

/** The same in this process: a process each takes longer than all that is tested here. */
const inspectHere = async (...args: readonly string[]): Promise<Ended> => {
  const [stdout, stderr]: [string[], string[]] = [[], []];
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => stdout.push(String(text)) > 0),
    vi.spyOn(process.stdout, 'on').mockReturnThis(),
    vi.spyOn(console, 'error').mockImplementation((text) => void stderr.push(`${text}\n`)),
  ];
  try {
    await inspectCommand().parseAsync(args, { from: 'user' });
    return { code: Number(process.exitCode ?? 0), stdout: stdout.join(''), stderr: stderr.join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
    process.exitCode = undefined;
  }
};

/** A layout of its own, with the image under the name 1.4; gives the source. */
const layoutOf = async (
  name: string,
  build: (layout: TestLayout) => Promise<TestDescriptor>,
): Promise<{ readonly source: string; readonly layout: TestLayout; readonly entry: TestDescriptor }> => {
  const layout = await createLayout(path.join(folder, name));
  const entry = await build(layout);
  await layout.name({ '1.4': entry });
  return { source: `oci:${layout.directory}`, layout, entry };
};

const layoutWith = (name: string, image: TestImage) => layoutOf(name, (layout) => layout.addImage(image));

const SMALL: TestImage = {
  layers: [{ 'etc/os-release': 'PRETTY_NAME="Debian GNU/Linux 12"\n' }, { 'srv/run': 'run' }],
};

describe('the help', () => {
  it('tells the sources, how it ends, and examples', async () => {
    const { code, stdout, stderr } = await inspect('--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const word of [
      'oci:DIR[:TAG]',
      '--fail-on <severity>',
      'SEKISHO_FINGERPRINT_KEY',
      'Exit status:',
      'Examples:',
    ])
      expect(stdout).toContain(word);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });
});

describe('an image', () => {
  let source: string;
  let answers: Readonly<Record<'text' | 'json' | 'sarif', Ended>>;
  beforeAll(async () => {
    ({ source } = await layoutWith('small', SMALL));
    const [text, json, sarif] = await Promise.all([
      inspect(source),
      inspect(source, '--format', 'json'),
      inspect(source, '--format', 'sarif'),
    ]);
    answers = { text, json, sarif };
  });

  it.each(['text', 'json', 'sarif'] as const)('is told as %s, and nothing beside it', (format) => {
    const { code, stdout, stderr } = answers[format];
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout.endsWith('\n')).toBe(true);
  });

  it('is told to people', () => {
    for (const line of ['Debian GNU/Linux 12', 'COPY layer1 /', 'Failing rules'])
      expect(answers.text.stdout).toContain(line);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect(answers.text.stdout).not.toMatch(/[\u0000-\u0009\u000B-\u001F]/);
  });

  it('is told to programs as the published schema says', () => {
    const answer: InspectionJson = JSON.parse(answers.json.stdout);
    expect(SCHEMA.safeParse(answer).error?.issues).toBeUndefined();
    expect(answer.image.reference).toBe(source);
    expect(answer.platforms[0]).toMatchObject({ complete: true, distribution: 'Debian GNU/Linux 12' });
  });

  it('is told to code scanning', () => {
    const { version, runs } = JSON.parse(answers.sarif.stdout);
    expect([version, runs[0].tool.driver.name]).toEqual(['2.1.0', 'sekisho']);
    expect(runs[0].results.length).toBeGreaterThan(0);
  });

  it('is read to its end though nobody reads the answer to its own', async () => {
    const { code, stderr } = await piped(
      `"${process.execPath}" "${COMMAND}" inspect "${source}" --format json | head -c 1`,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

const piped = (command: string): Promise<Ended> =>
  new Promise((resolve, reject) => {
    const child = spawn('bash', ['-o', 'pipefail', '-c', command], { stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (data) => (stdout += data));
    child.stderr.on('data', (data) => (stderr += data));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });

describe('the gate of a build', () => {
  it.each<[string, string, number]>([
    ['is closed by a rule that is as severe', 'high', 1],
    ['is closed by a rule that is more severe', 'INFO', 1],
    ['is open where none is so severe', 'critical', 0],
  ])('%s', async (_title, severity, code) => {
    const { source } = await layoutWith(`gate-${severity}`, SMALL);
    const ended = await inspectHere(source, '--fail-on', severity, '--format', 'json');
    expect(ended.code).toBe(code);
    expect(SCHEMA.safeParse(JSON.parse(ended.stdout)).success).toBe(true);
    if (code === 1) expect(ended.stderr).toMatch(/^sekisho: --fail-on (?:HIGH|INFO): .*IMG-001/m);
  });

  it('stays closed though nobody reads the answer to its end', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 3_000 }, (_, at) => [
        `srv/node_modules/p${at}/package.json`,
        `{"name":"p${at}","version":"1"}`,
      ]),
    );
    const { source } = await layoutWith('gate-pipe', { layers: [files] });
    const { code } = await piped(
      `"${process.execPath}" "${COMMAND}" inspect "${source}" --format json --fail-on high | head -c 1 >/dev/null`,
    );
    expect(code).toBe(1);
  });
});

describe('an answer that cannot be given', () => {
  it.skipIf(!existsSync('/dev/full'))('is no gate that failed: it ends with 2', async () => {
    const { source } = await layoutWith('full', SMALL);
    const { code, stderr } = await piped(
      `"${process.execPath}" "${COMMAND}" inspect "${source}" --fail-on high >/dev/full`,
    );
    expect(code).toBe(2);
    expect(stderr).toContain('the output cannot be written');
  });

  it('because of an error of ours is no gate that failed: it ends with 2', async () => {
    const broken = { now: () => new Date(Number.NaN) };
    try {
      await expect(inspectCommand(broken).parseAsync(['oci:x'], { from: 'user' })).rejects.toThrow(RangeError);
      expect(process.exitCode).toBe(2);
    } finally {
      process.exitCode = undefined;
    }
  });
});

describe.concurrent('a wrong use', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['no source', [], /missing required argument 'source'/],
    ['an unknown option', ['oci:x', '--fast'], /unknown option '--fast'/],
    ['an unknown severity', ['oci:x', '--fail-on', 'bad'], /It is one of/],
  ])('with %s ends with 2 and says why', async (_title, args, message) => {
    const { code, stdout, stderr } = await inspect(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

const sourceOf = async (layout: Promise<{ readonly source: string }>): Promise<string> => (await layout).source;
const file = async (name: string, content: string | Buffer): Promise<string> => {
  await writeFile(path.join(folder, name), content);
  return path.join(folder, name);
};
const describedLayer = (name: string, change: (layer: TestDescriptor) => object) =>
  sourceOf(
    layoutWith(name, {
      ...SMALL,
      describe: (layers) => layers.map((layer) => ({ ...layer, ...change(layer) })),
    }),
  );

describe('a source that cannot be read', () => {
  it.each<[string, () => Promise<string>, RegExp]>([
    [
      'a folder that is no layout',
      async () => {
        await mkdir(path.join(folder, 'empty'));
        return `oci:${folder}/empty`;
      },
      /is no OCI layout: it has no index\.json/,
    ],
    ['a folder', async () => folder, /is a directory: write oci:/],
    [
      'a tag that is not there',
      async () => `${(await layoutWith('tags', SMALL)).source}:9`,
      /has no image 9 \(it has 1\.4\)/,
    ],
    ['a text for an archive', () => file('text.tar', 'text\n'.repeat(500)), /is no tar archive that can be read/],
    [
      'an archive of something else',
      async () => file('other.tar', await tarOf({ a: 'a' })),
      /no archive of docker save/,
    ],
    [
      'an archive that is cut off',
      async () => file('cut.tar', (await tarOf({ 'manifest.json': 'x'.repeat(900) })).subarray(0, 700)),
      /is cut off/,
    ],
    [
      'a blob with other bytes',
      async () => {
        const { source, layout, entry } = await layoutWith('bytes', SMALL);
        await writeFile(layout.blobFile(entry.digest), '{}');
        return source;
      },
      /holds other bytes under sha256:.*DIGEST_MISMATCH/,
    ],
    [
      'a layer with other bytes of the same length',
      async () => {
        const { source, layout, entry } = await layoutWith('layer-bytes', SMALL);
        const { layers } = JSON.parse(readFileSync(layout.blobFile(entry.digest), 'utf8'));
        const bytes = readFileSync(layout.blobFile(layers[1].digest));
        bytes[bytes.length - 9] = (bytes.at(-9) ?? 0) ^ 1;
        await writeFile(layout.blobFile(layers[1].digest), bytes);
        return source;
      },
      /sha256:[a-f0-9]{64}.*DIGEST_MISMATCH/,
    ],
    [
      'a layer that is said to be longer',
      () => describedLayer('longer', ({ size }) => ({ size: size + 1 })),
      /shorter.*sha256:.*LAYER_MISMATCH/,
    ],
    [
      'a layer that is said to be shorter',
      () => describedLayer('shorter', () => ({ size: 3 })),
      /longer.*sha256:.*LAYER_MISMATCH/,
    ],
    [
      'a layer that is not there',
      () => describedLayer('gone', () => ({ digest: sha256Of('gone') })),
      /does not have the blob sha256:.*not copied whole/,
    ],
    [
      'an index whose platform is not there',
      async () => {
        const { source, layout, entry } = await layoutOf('platform', async (own) =>
          own.addIndex([await own.addImage(SMALL)]),
        );
        const { manifests } = JSON.parse(readFileSync(layout.blobFile(entry.digest), 'utf8'));
        await unlink(layout.blobFile(manifests[0].digest));
        return source;
      },
      /lists an image for linux\/amd64 that is not there: copy all platforms/,
    ],
    [
      'an index of attestations alone',
      () => sourceOf(layoutOf('attestations', (own) => own.addIndex([UNKNOWN]))),
      /lists no image to run/,
    ],
    ['a policy that is not there', async () => '--policy=none.yaml oci:x', /none\.yaml/],
    ['what is no source', async () => 'A', /A is neither a file, nor oci:DIR, nor a reference/],
    ['a path that is mistyped', async () => './none.tar', /there is no file \.\/none\.tar/],
    ['a name that no file system takes', async () => `docker-archive:${'x'.repeat(300)}`, /name is too long|no file/],
    ['a registry that is not there', async () => '127.0.0.1:1/app:1', /127\.0\.0\.1:1 did not answer/],
  ])('%s ends with 2, and is told with what is wrong', async (_title, prepare, message) => {
    const { code, stdout, stderr } = await inspectHere(...(await prepare()).split(' '));
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it('does not command the terminal', async () => {
    const layout = await createLayout(path.join(folder, 'terminal'));
    const image = await layout.addImage(SMALL);
    await layout.name({
      '\u001B]0;owned\u0007\u001B[2Jone': image,
      two: await layout.addImage({ layers: [{ a: 'a' }] }),
    });
    const { code, stderr } = await inspectHere(`oci:${layout.directory}`);
    expect(code).toBe(2);
    expect(stderr).toContain('it has one, two');
    expect(stderr).not.toContain('\u001B');
  });

  it.each([
    'docker://user:kwPz81xQvT@registry.example/app:1',
    'user:kwPz81xQvT@registry.example/app:1',
    'user:kwPz81xQvT@registry.example/app.tar',
    `user:kwPz81xQvT@registry.example/app@${sha256Of('app')}`,
    'oci:user:kwPz81xQvT@registry.example/app',
    'docker-archive:user:kwPz81xQvT@registry.example/app:1',
    'dir:user:kwPz81xQvT@registry.example/app',
  ])('does not show a password that somebody wrote into the source: %s', async (source) => {
    const { code, stderr } = await inspectHere(source);
    expect(code).toBe(2);
    expect(stderr).toContain('registry.example/app');
    expect(stderr).not.toContain('kwPz81xQvT');
  });
});

const UNKNOWN: TestDescriptor = {
  mediaType: OCI.manifest,
  digest: sha256Of('attestation'),
  size: 1,
  platform: { os: 'unknown', architecture: 'unknown' },
};

describe('a source that can be read in part', () => {
  it.each<[string, string, string]>([
    ['an encrypted layer', 'encrypted', 'application/vnd.oci.image.layer.v1.tar+gzip+encrypted'],
    ['a layer that is kept elsewhere', 'foreign', 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip'],
  ])('with %s ends with 0, and is not complete', async (_title, name, mediaType) => {
    const source = await describedLayer(name, () => ({ mediaType }));
    const { code, stdout } = await inspectHere(source, '--format', 'json');
    const answer: InspectionJson = JSON.parse(stdout);
    expect([code, answer.platforms[0]?.complete]).toEqual([0, false]);
    expect(answer.platforms[0]?.layers).toMatchObject([{ truncated: true }, { truncated: true }]);
    expect(SCHEMA.safeParse(answer).success).toBe(true);
  });

  it('with a layer that is no archive ends with 0, and is not complete', async () => {
    const { source } = await layoutOf('no-archive', async (layout) => {
      const blob = await layout.addBlob(OCI.layer, Buffer.from('no archive'));
      return layout.addImage({ layers: [{ a: 'a' }], describe: () => [blob], diffIds: () => [blob.digest] });
    });
    const { code, stdout } = await inspectHere(source, '--format', 'json');
    expect([code, JSON.parse(stdout).platforms[0].complete]).toEqual([0, false]);
  });

  it('that is an artifact ends with 0, is told for what it is, and passes no gate', async () => {
    const type = 'application/vnd.cncf.helm.config.v1+json';
    const { source } = await layoutOf('chart', async (layout) =>
      layout.addBlob(OCI.manifest, { schemaVersion: 2, config: await layout.addBlob(type, {}), layers: [] }),
    );
    const { code, stdout } = await inspectHere(source, '--format', 'json');
    const answer: InspectionJson = JSON.parse(stdout);
    expect([code, answer.platforms, answer.artifact?.type]).toEqual([0, [], type]);
    expect(SCHEMA.safeParse(answer).success).toBe(true);

    const gated = await inspectHere(source, '--format', 'json', '--fail-on', 'critical');
    expect({ code: gated.code, stdout: gated.stdout }).toEqual({ code: 2, stdout });
    expect(gated.stderr).toBe(`sekisho: --fail-on CRITICAL: no image, so no rule was asked: ${type}\n`);
  });
});

/** Files of one path go into layers of their own. */
const layersOf = (planted: readonly PlantedSecret[]): readonly TestFiles[] => {
  const layers: Record<string, Buffer>[] = [];
  for (const { path: name, content } of planted) {
    const free = layers.find((layer) => !(name in layer));
    if (free) free[name] = content;
    else layers.push({ [name]: content });
  }
  return layers;
};

describe('secrets', () => {
  const planted = plantedSecrets();
  const tokens = planted.filter(({ kind }) => kind === 'github-token' || kind === 'stripe-key' || kind === 'npm-token');
  const token = (at: number): string => tokens[at]?.value ?? 'missing';
  let outputs: readonly Ended[];
  let answer: InspectionJson;

  beforeAll(async () => {
    const layers = layersOf(planted);
    const removed = Object.keys(layers[0] ?? {}).slice(0, 5);
    const whiteouts = Object.fromEntries(
      removed.map((name) => [path.posix.join(path.posix.dirname(name), `.wh.${path.posix.basename(name)}`), '']),
    );
    const { source } = await layoutWith('secrets', {
      layers: [
        ...layers,
        whiteouts,
        {
          [`srv/${token(0)}/file`]: 'a secret in a name',
          'etc/os-release': `PRETTY_NAME="Linux ${token(1)}"\nID=${token(1)}\n`,
          'srv/node_modules/a/package.json': JSON.stringify({ name: token(2), version: token(3) }),
          [`srv/${token(4)}`]: { header: { mode: 0o4755 }, content: 'setuid' },
        },
      ],
      config: {
        Env: [`TOKEN=${token(5)}`, `PATH=/bin:${token(6)}`],
        Labels: { deploy: token(7), [token(8)]: 'x' },
        Cmd: ['run', `--password=${token(9)}`],
        User: token(10),
        ExposedPorts: { [`${token(11)}/tcp`]: {} },
        Healthcheck: { Test: ['CMD-SHELL', `curl -H "Authorization: Bearer ${token(12)}" localhost`] },
        OnBuild: [`RUN echo ${token(13)}`],
      },
      instructions: [`ENV TOKEN=${token(5)}`, `CMD ["run" "--password=${token(9)}"]`, `LABEL deploy=${token(7)}`],
      annotations: {
        [`com.example.${token(14)}`]: token(15),
        'org.opencontainers.image.base.name': `x.io/${token(16)}:1`,
      },
    });
    outputs = await Promise.all(
      ['text', 'json', 'sarif'].map((format) => inspect(source, '--format', format, '--fail-on', 'info')),
    );
    answer = JSON.parse(outputs[1]?.stdout ?? '');
  });

  it('of every kind are found', () => {
    const found = new Set(answer.platforms[0]?.secrets.map(({ kind }) => kind));
    expect(SECRET_KINDS.filter((kind) => !found.has(kind))).toEqual([]);
  });

  it('that a later layer deletes are told with that layer', () => {
    const [platform] = answer.platforms;
    const deleted = platform?.secrets.filter(({ deletedBy }) => deletedBy !== null) ?? [];
    expect(deleted.length).toBeGreaterThanOrEqual(5);
    expect(platform?.verdicts.find(({ rule }) => rule === 'IMG-013')?.verdict).toBe('fail');
  });

  it('are in no output, not in part', () => {
    expect(tokens.length).toBeGreaterThanOrEqual(17);
    for (const { stdout } of outputs) expect(stdout.length).toBeGreaterThan(1_000);
    // Each line once: most of them are digests that come again and again.
    const lines = new Set(outputs.flatMap(({ stdout, stderr }) => `${stdout}\n${stderr}`.split('\n')));
    const said = [...lines].join('\n');
    expect(planted.filter((secret) => holdsPartOf(said, secret)).map(({ title }) => title)).toEqual([]);
  });

  it('leave an answer that the schema takes', () => {
    expect(SCHEMA.safeParse(answer).error?.issues).toBeUndefined();
  });

  it('have marks that tell two apart, and the same key gives the same marks', async () => {
    const [one, two] = planted.filter(({ kind }) => kind === 'stripe-key');
    const { source } = await layoutWith('marks', {
      layers: [{ 'srv/one': one?.content ?? '', 'srv/again': one?.content ?? '', 'srv/two': two?.content ?? '' }],
    });
    const [first, second] = await Promise.all([
      inspect(source, '--format', 'json'),
      inspect(source, '--format', 'json'),
    ]);
    expect(second.stdout).toBe(first.stdout);
    const secrets: InspectionJson['platforms'][number]['secrets'] = JSON.parse(first.stdout).platforms[0].secrets;
    const marks = new Map(secrets.map((secret) => [secret.path, secret.fingerprint]));
    expect(marks.get('srv/again')).toBe(marks.get('srv/one'));
    expect(marks.get('srv/two')).not.toBe(marks.get('srv/one'));
  });
});
