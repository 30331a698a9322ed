/** Images that other tools built and pushed: umoci makes an OCI layout, skopeo copies it into the registry. */
import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { pack } from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listHubFindings } from '../../local/hub-findings.ts';
import type { Runtime } from '../../local/runtime.ts';
import type { State } from '../../local/state.ts';
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

/** Puts an index of all images of the layout into it, and leaves nothing but this index in the layout's own. */
const joinIntoIndex = async (layout: string, tag: string): Promise<readonly string[]> => {
  const { manifests }: { readonly manifests: readonly Descriptor[] } = await readJson(layout, 'index.json');
  const children = await Promise.all(
    manifests.map(async ({ digest, size }) => {
      const { config } = await readJson(layout, 'blobs/sha256', digest.slice('sha256:'.length));
      const { architecture, os } = await readJson(layout, 'blobs/sha256', config.digest.slice('sha256:'.length));
      return { mediaType: MANIFEST, digest, size, platform: { architecture, os } };
    }),
  );
  const index = JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: children });
  const hex = createHash('sha256').update(index).digest('hex');
  await writeFile(path.join(folder, layout, 'blobs/sha256', hex), index);
  const annotations = { 'org.opencontainers.image.ref.name': tag };
  const entry = { mediaType: INDEX, digest: `sha256:${hex}`, size: index.length, annotations };
  await writeFile(path.join(folder, layout, 'index.json'), JSON.stringify({ schemaVersion: 2, manifests: [entry] }));
  return children.map(({ digest }) => digest);
};

const kindsOfDossiers = async (repository: string): Promise<readonly unknown[]> => {
  const credentials = { accessKeyId: 'TEST', secretAccessKey: 'test' };
  const { endpoint, region } = runtime;
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ endpoint, region, credentials }));
  const { TableNames: [TableName] = [] } = await client.send(new ListTablesCommand());
  const { Items = [] } = await client.send(new ScanCommand({ TableName }));
  client.destroy();
  return Items.filter(({ pk, sk }) => sk === 'DOSSIER' && String(pk).includes(`repository/${repository}/`))
    .map(({ dossier }) => dossier.kind)
    .toSorted();
};

describe.skipIf(missing.length > 0)('an image of umoci, pushed by skopeo', () => {
  let pushed: { readonly digest: string; readonly layer: string };
  let platforms: readonly string[];
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
    platforms = await joinIntoIndex('multi', '1.0');
    const multi = `docker://${runtime.registry}/team/multi:1.0`;
    await skopeo('copy', '--all', 'oci:multi:1.0', multi, '--dest-tls-verify=false');

    await runtime.settled();
    await runtime.putEvents([
      inspectorEvent({ repository: 'team/single', ...pushed, ...VULNERABILITY }),
      ...platforms.map((digest) => inspectorEvent({ repository: 'team/multi', digest, ...VULNERABILITY })),
    ]);
    await workOff(runtime);
    [state, findings] = await Promise.all([runtime.state(), listHubFindings(runtime)]);
  });
  afterAll(async () => {
    await runtime.close();
    await assembly.remove();
    await rm(folder, { recursive: true });
  });

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

  it('is announced once for each manifest: one, and two with their index', () => {
    expect(state.events['ECR Image Action']).toBe(1 + 3);
  });

  it('has a dossier for each manifest', async () => {
    expect(await kindsOfDossiers('team/single')).toEqual(['image']);
    expect(await kindsOfDossiers('team/multi')).toEqual(['image', 'image', 'index']);
  });

  it('gets findings that name the instruction that brought the layer', () => {
    const finding = findings.find(({ Title }) => Title?.includes('team/single'));
    expect(finding?.ProductFields).toMatchObject({
      'sekisho/instruction': '1: COPY hello /',
      'sekisho/layer': pushed.layer,
    });
  });

  it('gets findings for each platform', () => {
    expect(findings).toHaveLength(3);
    const images = findings.filter(({ Title }) => Title?.includes('team/multi')).map((one) => JSON.stringify(one));
    for (const digest of platforms) expect(images.filter((text) => text.includes(digest))).toHaveLength(1);
  });

  it('is told in one message for each image', () => {
    expect(state.chat).toHaveLength(3);
  });

  it('leaves nothing in any dead-letter queue', () => {
    expect(Object.entries(state.queues).filter(([, { dlq }]) => dlq > 0)).toEqual([]);
  });
});
