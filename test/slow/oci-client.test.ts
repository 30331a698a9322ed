/** Images that other tools built and pushed: umoci makes an OCI layout, skopeo copies it into the registry. */
import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { CreateClusterCommand, ECSClient, RegisterTaskDefinitionCommand, RunTaskCommand } from '@aws-sdk/client-ecs';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listHubFindings } from '../../local/hub-findings.ts';
import type { Runtime } from '../../local/runtime.ts';
import type { State } from '../../local/state.ts';
import type { Dossier } from '../../shared/dossier/dossier.ts';
import { isDossier } from '../../shared/dossier/is-dossier.ts';
import { inspectorEvent } from '../support/inspector-event.ts';
import { type Assembly, synthesiseForTest, workOff } from '../support/run-locally.ts';

const missing = ['skopeo', 'umoci'].filter((tool) => spawnSync(tool, ['--version']).status !== 0);
if (missing.length > 0) console.log(`not tested with other OCI clients: ${missing.join(' and ')} cannot be run here`);

const INDEX = 'application/vnd.oci.image.index.v1+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const VULNERABILITY = { vulnerability: 'CVE-2026-1', package: 'lib', updatedAt: '2026-07-02T08:00:00.000Z' };

interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

interface Child extends Descriptor {
  readonly platform: { readonly architecture: string; readonly os: string };
  readonly annotations?: Readonly<Record<string, string>>;
}

let folder: string;
let assembly: Assembly;
let runtime: Runtime;

const run = async (tool: string, ...args: readonly string[]): Promise<string> =>
  (await promisify(execFile)(tool, args, { cwd: folder })).stdout;
const skopeo = (...args: readonly string[]): Promise<string> => run('skopeo', '--insecure-policy', ...args);

/** One layer with one file, and an instruction that makes none. */
const buildWithUmoci = async (layout: string, tag: string, file: string, architecture: string): Promise<void> => {
  const image = `${layout}:${tag}`;
  const layer = `${file}-${architecture}.tar`;
  const tar = pack();
  tar.entry({ name: file }, `${file} for ${architecture}\n`);
  tar.finalize();
  await writeFile(path.join(folder, layer), await buffer(tar));
  await run('umoci', 'new', '--image', image);
  await run('umoci', 'config', '--no-history', '--image', image, '--architecture', architecture, '--os', 'linux');
  await run('umoci', 'raw', 'add-layer', '--image', image, layer, '--history.created_by', `COPY ${file} / # buildkit`);
  await run('umoci', 'config', '--image', image, '--config.user', '10001', '--history.created_by', 'USER 10001');
};

const readJson = async (...names: readonly string[]) => JSON.parse(await readFile(path.join(folder, ...names), 'utf8'));

/** The images of the layout, each with its platform. */
const platformsOf = async (layout: string): Promise<readonly Child[]> => {
  const { manifests }: { readonly manifests: readonly Descriptor[] } = await readJson(layout, 'index.json');
  return Promise.all(
    manifests.map(async ({ digest, size }) => {
      const { config } = await readJson(layout, 'blobs/sha256', digest.slice('sha256:'.length));
      const { architecture, os } = await readJson(layout, 'blobs/sha256', config.digest.slice('sha256:'.length));
      return { mediaType: MANIFEST, digest, size, platform: { architecture, os } };
    }),
  );
};

const addBlob = async (layout: string, mediaType: string, content: object): Promise<Descriptor> => {
  const bytes = JSON.stringify(content);
  const hex = createHash('sha256').update(bytes).digest('hex');
  await writeFile(path.join(folder, layout, 'blobs/sha256', hex), bytes);
  return { mediaType, digest: `sha256:${hex}`, size: bytes.length };
};

/** What BuildKit adds for each platform: provenance in an image of its own, whose platform is unknown. */
const attest = async (layout: string, { digest }: Descriptor): Promise<Child> => {
  const unknown = { architecture: 'unknown', os: 'unknown' };
  const predicateType = 'https://slsa.dev/provenance/v0.2';
  const statement = { _type: 'https://in-toto.io/Statement/v0.1', predicateType, subject: [{ name: digest }] };
  const layer = {
    ...(await addBlob(layout, 'application/vnd.in-toto+json', statement)),
    annotations: { 'in-toto.io/predicate-type': predicateType },
  };
  const rootfs = { type: 'layers', diff_ids: [layer.digest] };
  const config = await addBlob(layout, 'application/vnd.oci.image.config.v1+json', { ...unknown, config: {}, rootfs });
  const manifest = { schemaVersion: 2, mediaType: MANIFEST, config, layers: [layer] };
  return {
    ...(await addBlob(layout, MANIFEST, manifest)),
    annotations: { 'vnd.docker.reference.digest': digest, 'vnd.docker.reference.type': 'attestation-manifest' },
    platform: unknown,
  };
};

/** Puts an index of these into the layout, and leaves nothing but it in the layout's own. Gives its digest. */
const joinIntoIndex = async (layout: string, tag: string, manifests: readonly Child[]): Promise<string> => {
  const index = await addBlob(layout, INDEX, { schemaVersion: 2, mediaType: INDEX, manifests });
  const entry = { ...index, annotations: { 'org.opencontainers.image.ref.name': tag } };
  await writeFile(path.join(folder, layout, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [entry] }));
  return index.digest;
};

const digestsOf = (descriptors: readonly Descriptor[]): readonly string[] => descriptors.map(({ digest }) => digest);

/** Everything that the table has about the images of a repository. */
const itemsOf = async (repository: string): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  const credentials = { accessKeyId: 'TEST', secretAccessKey: 'test' };
  const { endpoint, region } = runtime;
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region, credentials }));
  const { TableNames: [TableName] = [] } = await client.send(new ListTablesCommand());
  const { Items = [] } = await client.send(new ScanCommand({ TableName }));
  client.destroy();
  return Items.filter(({ pk }) => String(pk).includes(`repository/${repository}/`));
};

const dossiersOf = async (repository: string): Promise<readonly Dossier[]> =>
  (await itemsOf(repository)).flatMap(({ sk, dossier }) => (sk === 'DOSSIER' && isDossier(dossier) ? [dossier] : []));

const kindsOfDossiers = async (repository: string): Promise<readonly string[]> =>
  (await dossiersOf(repository)).map(({ kind }) => kind).toSorted();

/** One task on Fargate. A tag of several platforms means its index to ECS, and no platform. */
const runOnEcs = async (family: string, repositoryAndTag: string): Promise<void> => {
  const { account, endpoint, region } = runtime;
  const image = `${account}.dkr.ecr.${region}.amazonaws.com/${repositoryAndTag}`;
  const credentials = { accessKeyId: 'TEST', secretAccessKey: 'test' };
  const ecs = new ECSClient({ endpoint, region, credentials });
  await ecs.send(new CreateClusterCommand({ clusterName: 'test' }));
  await ecs.send(
    new RegisterTaskDefinitionCommand({
      family,
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '512',
      containerDefinitions: [{ name: family, image, essential: true }],
    }),
  );
  const networkConfiguration = { awsvpcConfiguration: { subnets: ['subnet-0a1b2c3d'] } };
  await ecs.send(
    new RunTaskCommand({ cluster: 'test', taskDefinition: family, launchType: 'FARGATE', networkConfiguration }),
  );
  ecs.destroy();
};

const digestsByKind = (dossiers: readonly Dossier[], kind: Dossier['kind']): readonly string[] =>
  dossiers
    .filter((dossier) => dossier.kind === kind)
    .map(({ image }) => image.digest)
    .toSorted();

describe.skipIf(missing.length > 0)('an image of umoci, pushed by skopeo', () => {
  let pushed: { readonly digest: string; readonly layer: string };
  let platforms: readonly string[];
  let built: {
    readonly index: string;
    readonly platforms: readonly string[];
    readonly attestations: readonly string[];
  };
  let findings: readonly AwsSecurityFinding[];
  let state: State;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sekisho-oci-'));
    assembly = await synthesiseForTest();
    runtime = await assembly.start();

    await run('umoci', 'init', '--layout', 'single');
    await buildWithUmoci('single', '1.0', 'hello', 'amd64');
    const single = `docker://${runtime.registry}/team/single:1.0`;
    await skopeo('copy', 'oci:single:1.0', single, '--dest-tls-verify=false');
    const { Digest, Layers } = JSON.parse(await skopeo('inspect', '--tls-verify=false', single));
    pushed = { digest: Digest, layer: Layers[0] };

    await run('umoci', 'init', '--layout', 'multi');
    await buildWithUmoci('multi', 'amd64', 'hello', 'amd64');
    await buildWithUmoci('multi', 'arm64', 'hello', 'arm64');
    const children = await platformsOf('multi');
    platforms = digestsOf(children);
    await joinIntoIndex('multi', '1.0', children);
    const multi = `docker://${runtime.registry}/team/multi:1.0`;
    await skopeo('copy', '--all', 'oci:multi:1.0', multi, '--dest-tls-verify=false');

    await run('umoci', 'init', '--layout', 'built');
    await buildWithUmoci('built', 'amd64', 'built', 'amd64');
    await buildWithUmoci('built', 'arm64', 'built', 'arm64');
    const images = await platformsOf('built');
    const attestations = await Promise.all(images.map((image) => attest('built', image)));
    built = {
      index: await joinIntoIndex('built', '1.0', [...images, ...attestations]),
      platforms: digestsOf(images),
      attestations: digestsOf(attestations),
    };
    await skopeo(
      'copy',
      '--all',
      'oci:built:1.0',
      `docker://${runtime.registry}/team/built:1.0`,
      '--dest-tls-verify=false',
    );
    await runOnEcs('runs-built', 'team/built:1.0');

    await runtime.settled();
    await runtime.putEvents([
      inspectorEvent({ repository: 'team/single', ...pushed, ...VULNERABILITY }),
      ...platforms.map((digest) => inspectorEvent({ repository: 'team/multi', digest, ...VULNERABILITY })),
      ...built.platforms
        .slice(0, 1)
        .map((digest) => inspectorEvent({ repository: 'team/built', digest, ...VULNERABILITY })),
    ]);
    await workOff(runtime);
    [state, findings] = await Promise.all([runtime.state(), listHubFindings(runtime)]);
  });
  afterAll(async () => {
    await runtime.close();
    await assembly.remove();
    await rm(folder, { recursive: true });
  });

  const scanned = (repository: string): readonly AwsSecurityFinding[] =>
    findings.filter(({ Title = '' }) => Title.includes(VULNERABILITY.vulnerability) && Title.includes(repository));
  const rulesOf = (repository: string): readonly string[] =>
    findings
      .filter(({ Title }) => Title?.includes(repository))
      .flatMap(({ ProductFields: fields = {} }) =>
        fields['sekisho/rule'] === undefined ? [] : [`${fields['sekisho/platform']} ${fields['sekisho/rule']}`],
      )
      .toSorted();

  it('comes back as it was pushed', async () => {
    await skopeo(
      'copy',
      `docker://${runtime.registry}/team/single:1.0`,
      'oci:copied:1.0',
      '--src-tls-verify=false',
      '--preserve-digests',
    );
    const { manifests } = await readJson('copied', 'index.json');
    expect(manifests[0].digest).toBe(pushed.digest);
  });

  it('is announced once for each manifest: one, two with their index, and two with two attestations and their index', () => {
    expect(state.events['ECR Image Action']).toBe(1 + 3 + 5);
  });

  it('has a dossier for each manifest', async () => {
    expect(await kindsOfDossiers('team/single')).toEqual(['image']);
    expect(await kindsOfDossiers('team/multi')).toEqual(['image', 'image', 'index']);
  });

  it('gets findings that name the instruction that brought the layer', () => {
    const finding = scanned('team/single')[0];
    expect(finding?.ProductFields).toMatchObject({
      'sekisho/instruction': '1: COPY hello /',
      'sekisho/layer': pushed.layer,
    });
  });

  it('gets findings for each platform', () => {
    const images = scanned('team/multi').map((one) => JSON.stringify(one));
    for (const digest of platforms) expect(images.filter((text) => text.includes(digest))).toHaveLength(1);
  });

  it('has one finding for each platform and rule that fails: nobody has signed it, and it has no SBOM', () => {
    expect(rulesOf('team/single')).toEqual(['linux/amd64 IMG-025', 'linux/amd64 IMG-026']);
    const ofBoth = ['linux/amd64 IMG-025', 'linux/amd64 IMG-026', 'linux/arm64 IMG-025', 'linux/arm64 IMG-026'];
    expect(rulesOf('team/multi')).toEqual(ofBoth);
    expect(rulesOf('team/built')).toEqual(ofBoth);
  });

  it('is told in one message for each image that has findings, and has no findings but those of its scans and rules', () => {
    expect(findings).toHaveLength(4 + 10);
    expect(state.chat).toHaveLength(4);
  });

  it('with attestations is one image: an index that tells its platforms from its attestations', async () => {
    const dossiers = await dossiersOf('team/built');
    const [first, second] = built.platforms;
    expect(dossiers.filter(({ kind }) => kind === 'index')).toEqual([
      {
        kind: 'index',
        image: expect.objectContaining({ repository: 'team/built', digest: built.index }),
        platforms: [
          { digest: first, platform: 'linux/amd64' },
          { digest: second, platform: 'linux/arm64' },
        ],
        attestations: built.attestations.map((digest, at) => ({ digest, about: built.platforms[at] })),
      },
    ]);
    expect(digestsByKind(dossiers, 'image')).toEqual(built.platforms.toSorted());
  });

  it('has attestations that are known for what they are', async () => {
    const dossiers = await dossiersOf('team/built');
    expect(digestsByKind(dossiers, 'artifact')).toEqual(built.attestations.toSorted());
    for (const dossier of dossiers.filter(({ kind }) => kind === 'artifact')) {
      expect(dossier).toMatchObject({
        artifactType: 'application/vnd.in-toto+json',
        reason: expect.stringContaining('not a file system'),
      });
    }
  });

  it('is found by the index that lists it, and its attestations are not', async () => {
    const items = (await itemsOf('team/built')).filter(({ index }) => index !== undefined);
    expect(items.map(({ index }) => index)).toEqual([built.index, built.index]);
    for (const digest of built.platforms) expect(items.filter(({ pk }) => String(pk).includes(digest))).toHaveLength(1);
  });

  it('is known to run where its index does', () => {
    const [finding] = scanned('team/built');
    expect(finding?.ProductFields?.['sekisho/workloads']).toContain('runs-built');
  });

  it('has no findings and no messages about its attestations or its index', () => {
    const said = JSON.stringify([findings, state.chat]);
    for (const digest of [built.index, ...built.attestations]) expect(said).not.toContain(digest);
  });

  it('leaves nothing in any dead-letter queue', () => {
    expect(Object.entries(state.queues).filter(([, { dlq }]) => dlq > 0)).toEqual([]);
  });
});
