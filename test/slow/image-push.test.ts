/** What happens to an image that is pushed: its layers are read once, its rules told once, and no secret of it anywhere. */
import { createSign, generateKeyPairSync } from 'node:crypto';
import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { SQSClient, StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listHubFindings } from '../../local/hub-findings.ts';
import type { PeekedMessage } from '../../local/queues/protocol.ts';
import { type Runtime, startRuntime } from '../../local/runtime.ts';
import {
  buildImage,
  type SampleBlob,
  type SampleImage,
  type SampleInstruction,
} from '../../local/sample/image-layout.ts';
import { pushImage } from '../../local/sample/push-image.ts';
import type { State } from '../../local/state.ts';
import { synthesise } from '../../local/synthesise.ts';
import { readTemplate } from '../../local/template/read-template.ts';
import type { ImageDossier } from '../../shared/dossier/dossier.ts';
import type { InspectionSummary } from '../../shared/dossier/inspection.ts';
import { isDossier } from '../../shared/dossier/is-dossier.ts';
import { OCI } from '../support/build-image-layout.ts';
import { buildKitAttestation } from '../support/buildkit-attestation.ts';
import { leakyImage } from '../support/leaky-image.ts';
import {
  artifactOf,
  blobOf,
  descriptorOf,
  overwriteStoredBlob,
  pushBlob,
  pushManifest,
  withLayer,
} from '../support/push-manifest.ts';
import { type Item, readItems, readObjects, readQueues } from '../support/read-everything.ts';
import { hurry, LOCAL } from '../support/run-locally.ts';
import { smallImage } from '../support/small-image.ts';
import { tapWire, type WireTap } from '../support/wire-tap.ts';

const { account, region } = LOCAL;
const HOST = `${account}.dkr.ecr.${region}.amazonaws.com`;

const dpkg = (...packages: readonly string[]): string =>
  packages
    .map((one) => one.split(' '))
    .map(([name, version]) => `Package: ${name}\nStatus: install ok installed\nVersion: ${version}\n\n`)
    .join('');

const BASE: readonly SampleInstruction[] = [
  {
    createdBy: 'ADD rootfs.tar.xz / # buildkit',
    files: [
      // No release that is known: its end would come some day.
      { path: 'etc/os-release', content: 'ID=example\nPRETTY_NAME="Example Linux"\n' },
      { path: 'etc/passwd', content: 'root:x:0:0:root:/root:/bin/sh\napp:x:10001:10001::/srv:/sbin/nologin\n' },
      { path: 'var/lib/dpkg/status', content: dpkg('libc6 2.36-9', 'zlib1g 1:1.2.13') },
    ],
  },
  { createdBy: 'CMD ["sh"]' },
  { createdBy: 'RUN /bin/sh -c apt-get install curl # buildkit', files: [{ path: 'usr/bin/curl', content: 'curl' }] },
];

const built = (
  instructions: readonly SampleInstruction[],
  config: Readonly<Record<string, unknown>> = {},
  architecture = 'amd64',
): Promise<SampleImage> => buildImage(instructions, { architecture, created: '2026-07-01T08:00:00Z', config });

const app = (content: string, ...more: readonly SampleInstruction[]): readonly SampleInstruction[] => [
  ...BASE,
  {
    createdBy: 'COPY app /srv/app # buildkit',
    files: [
      { path: 'srv/app/main.js', content },
      { path: 'srv/app/helper', content, mode: 0o4755 },
    ],
  },
  ...more,
];

const findings = (runtime: Runtime, of: string): Promise<readonly AwsSecurityFinding[]> =>
  listHubFindings(runtime).then((all) => all.filter(({ Title }) => Title?.includes(`(${of}`)));
const ruleOf = ({ ProductFields: fields = {} }: AwsSecurityFinding): string =>
  `${fields['sekisho/platform']} ${fields['sekisho/rule']}`;
const active = (all: readonly AwsSecurityFinding[]): readonly string[] =>
  all.flatMap((one) => (one.RecordState === 'ACTIVE' ? [ruleOf(one)] : [])).toSorted();
const archived = (all: readonly AwsSecurityFinding[]): readonly string[] =>
  all.flatMap((one) => (one.RecordState === 'ARCHIVED' ? [ruleOf(one)] : [])).toSorted();

const dossierOf = (items: readonly Item[], { manifest }: SampleImage): ImageDossier => {
  const [dossier] = items.flatMap(({ sk, dossier: one }) =>
    sk === 'DOSSIER' && isDossier(one) && one.kind === 'image' && one.image.digest === manifest.digest ? [one] : [],
  );
  if (dossier === undefined) throw new Error('the table has no dossier of the image');
  return dossier;
};
const inspectionOf = (items: readonly Item[], image: SampleImage): InspectionSummary => {
  const { inspection } = dossierOf(items, image);
  if (inspection === undefined) throw new Error('the dossier has no inspection');
  return inspection;
};
const verdictsOf = ({ verdicts }: InspectionSummary): Readonly<Record<string, string>> =>
  Object.fromEntries(verdicts.map(({ rule, verdict }) => [rule, verdict]));
const layerOf = (image: SampleImage, at: number): SampleBlob => {
  const layer = image.layers.at(at);
  if (layer === undefined) throw new Error(`the image has no layer ${at}`);
  return layer;
};

/** They ask what lies in the files: an image whose layers were not all read passes none of them. */
const RULES_ABOUT_FILES = ['IMG-004', 'IMG-005', 'IMG-009', 'IMG-012', 'IMG-013', 'IMG-040', 'IMG-060'];

let folder: string;
let runtime: Runtime;
let tap: WireTap;
const lines: string[] = [];
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sekisho-image-push-'));
  const assembly = path.join(folder, 'built-in');
  await synthesise(assembly, LOCAL);
  runtime = await startRuntime({ assembly, ...LOCAL, onLog: (line) => lines.push(line) });
  tap = tapWire(runtime.registry);
});
afterAll(async () => {
  tap.close();
  await runtime.close();
  await rm(folder, { recursive: true });
});

const push = (repository: string, tag: string, image: SampleImage): Promise<void> =>
  pushImage(runtime.registry, repository, tag, image);

describe('an image that is pushed', () => {
  let base: SampleImage;
  let first: SampleImage;
  let items: readonly Item[];
  let told: readonly AwsSecurityFinding[];
  let state: State;
  let readBefore: State['blobReads'];
  let objects: ReadonlyMap<string, string>;
  beforeAll(async () => {
    [base, first] = await Promise.all([built(BASE), built(app('first'))]);
    await push('library/base', '12', base);
    await hurry(runtime);
    readBefore = (await runtime.state()).blobReads;
    await push('shop/app', '1.0', first);
    await hurry(runtime);
    [items, told, state, objects] = await Promise.all([
      readItems(runtime),
      findings(runtime, 'shop/app:1.0'),
      runtime.state(),
      readObjects(runtime),
    ]);
  });

  it('has its inspection in the table, whole, with the base that its layers share', () => {
    const inspection = inspectionOf(items, first);
    expect(inspection).toMatchObject({ complete: true, distribution: 'Example Linux', components: 2 });
    expect(inspection.base).toMatchObject({ name: `${HOST}/library/base:12`, digest: base.manifest.digest, layers: 2 });
    expect(inspection.layers.map(({ origin, truncated }) => [origin, truncated])).toEqual([
      ['base', []],
      ['base', []],
      ['app', []],
    ]);
  });

  it('has its components in the bucket', () => {
    const key = `images/${account}/${region}/shop/app/${first.manifest.digest.slice('sha256:'.length)}/components.json.gz`;
    const list = JSON.parse(objects.get(key) ?? '{}');
    expect(list.components).toMatchObject([
      { name: 'libc6', version: '2.36-9', type: 'deb', layer: base.layers[0]?.digest },
      { name: 'zlib1g', version: '1:1.2.13', type: 'deb', layer: base.layers[0]?.digest },
    ]);
  });

  it('has one finding for each rule that fails, with repository, tag and platform', () => {
    expect(active(told)).toEqual([
      'linux/amd64 IMG-001',
      'linux/amd64 IMG-004',
      'linux/amd64 IMG-025',
      'linux/amd64 IMG-026',
    ]);
    expect(told.map(({ ProductFields }) => ProductFields?.['sekisho/source-finding']).toSorted()).toEqual(
      ['IMG-001', 'IMG-004', 'IMG-025', 'IMG-026'].map((rule) => `sekisho:${HOST}/shop/app:1.0:linux/amd64:${rule}`),
    );
  });

  it('keeps to itself what is only worth knowing', () => {
    const { verdicts } = inspectionOf(items, first);
    const worthKnowing = verdicts.filter(({ verdict, severity }) => verdict === 'fail' && severity === 'INFO');
    expect(worthKnowing.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['IMG-055', 'IMG-059']));
    expect(told.filter(({ ProductFields }) => ProductFields?.['sekisho/rule-severity'] === 'INFO')).toEqual([]);
  });

  it('is not told in chat while nothing is urgent', () => {
    expect(state.chat).toEqual([]);
  });

  it('has only its own layer read from the registry, once, when its base was read before', () => {
    const layer = layerOf(first, -1);
    expect(state.blobReads).toEqual({
      ...readBefore,
      // Twice: when it is planned, and when it is inspected.
      [first.config.digest]: { reads: 2, bytes: 2 * first.config.bytes.length },
      [layer.digest]: { reads: 1, bytes: layer.bytes.length },
    });
    for (const { digest, bytes } of base.layers)
      expect(state.blobReads[digest]).toEqual({ reads: 1, bytes: bytes.length });
  });

  it('has nothing of it in a dead-letter queue, and no right was missing', () => {
    expect(Object.values(state.queues).filter(({ dlq }) => dlq > 0)).toEqual([]);
    expect(state.denied).toEqual([]);
  });

  describe('and pushed again under its tag, with another digest', () => {
    let second: SampleImage;
    let after: readonly AwsSecurityFinding[];
    beforeAll(async () => {
      second = await built(app('second', { createdBy: 'USER 10001' }), { User: '10001' });
      await push('shop/app', '1.0', second);
      await hurry(runtime);
      after = await findings(runtime, 'shop/app:1.0');
    });

    it('closes what the push has mended', () => {
      expect(archived(after)).toEqual(['linux/amd64 IMG-001']);
      expect(active(after)).toEqual(['linux/amd64 IMG-004', 'linux/amd64 IMG-025', 'linux/amd64 IMG-026']);
    });

    it('updates the others under the same id, with the digest that has them now', () => {
      const idOf = (all: readonly AwsSecurityFinding[], rule: string) =>
        all.find(({ ProductFields }) => ProductFields?.['sekisho/rule'] === rule);
      for (const rule of ['IMG-004', 'IMG-025', 'IMG-026']) {
        expect(idOf(after, rule)?.Id).toBe(idOf(told, rule)?.Id);
        expect(JSON.stringify(idOf(told, rule)?.Resources)).toContain(first.manifest.digest);
        expect(JSON.stringify(idOf(after, rule)?.Resources)).toContain(second.manifest.digest);
        expect(idOf(after, rule)?.FirstObservedAt).toBe(idOf(told, rule)?.FirstObservedAt);
      }
    });

    it('opens what a later push brings back under the same id', async () => {
      await push('shop/app', '1.0', await built(app('third')));
      await hurry(runtime);
      const last = await findings(runtime, 'shop/app:1.0');
      expect(active(last)).toEqual(active(told));
      expect(last.map(({ Id }) => Id).toSorted()).toEqual(told.map(({ Id }) => Id).toSorted());
    });
  });
});

const DOCKERFILE = `# The base is pinned elsewhere.
FROM debian:12

COPY app /srv/app

USER 10001
`;

describe('an index of two platforms with BuildKit’s provenance, pushed after what it lists', () => {
  const ARCHITECTURES = ['amd64', 'arm64'] as const;
  let images: readonly SampleImage[];
  let waiting: State;
  let told: readonly AwsSecurityFinding[];
  let items: readonly Item[];
  beforeAll(async () => {
    images = await Promise.all(
      ARCHITECTURES.map((architecture) =>
        built(app(architecture, { createdBy: 'USER 10001' }), { User: '10001' }, architecture),
      ),
    );
    const attestations = images.map((image) =>
      buildKitAttestation(image, {
        dockerfile: DOCKERFILE,
        base: 'pkg:docker/debian@12?platform=linux%2Famd64',
        steps: [
          { line: 2, layers: 2 },
          { line: 4, layers: 3 },
        ],
      }),
    );
    const index = blobOf({
      schemaVersion: 2,
      mediaType: OCI.index,
      manifests: [
        ...images.map(({ manifest }, at) => ({
          ...descriptorOf(OCI.manifest, manifest),
          platform: { os: 'linux', architecture: ARCHITECTURES[at] },
        })),
        ...attestations.map(({ listed }) => listed),
      ],
    });
    for (const image of images) await push('shop/multi', image.manifest.digest, image);
    for (const { blobs, manifest } of attestations) {
      for (const blob of blobs) await pushBlob(runtime.registry, 'shop/multi', blob);
      await pushManifest(runtime.registry, 'shop/multi', manifest.digest, manifest);
    }
    await runtime.settled();
    waiting = await runtime.state();
    await pushManifest(runtime.registry, 'shop/multi', '2.0', index, OCI.index);
    await hurry(runtime);
    [items, told] = await Promise.all([readItems(runtime), findings(runtime, 'shop/multi')]);
  });

  it('waits for the index before anything is told of what was pushed by digest', () => {
    expect(waiting.queues['sekisho-inspect-image']).toEqual({ visible: 0, inFlight: 0, delayed: 2, dlq: 0 });
  });

  it('has the findings of each platform under the tag of the index, and none without a tag', () => {
    const rules = ['IMG-004', 'IMG-025', 'IMG-026'];
    expect(told.map(({ ProductFields }) => ProductFields?.['sekisho/source-finding']).toSorted()).toEqual(
      ARCHITECTURES.flatMap((architecture) =>
        rules.map((rule) => `sekisho:${HOST}/shop/multi:2.0:linux/${architecture}:${rule}`),
      ),
    );
  });

  it('has the lines of the Dockerfile by the provenance, and the base that it names', () => {
    for (const image of images) {
      const { instructions, inspection } = dossierOf(items, image);
      expect(instructions.map(({ text, line, origin, evidence }) => [text, line, origin, evidence])).toEqual([
        ['ADD rootfs.tar.xz /', undefined, 'base', 'provenance'],
        ['CMD ["sh"]', undefined, 'base', 'provenance'],
        ['RUN apt-get install curl', undefined, 'base', 'provenance'],
        ['COPY app /srv/app', 4, 'app', 'provenance'],
        ['USER 10001', 6, 'app', 'provenance'],
      ]);
      expect(inspection?.base).toMatchObject({
        name: 'docker.io/library/debian:12',
        evidence: 'provenance',
        layers: 2,
      });
      expect(inspection?.supplyChain).toMatchObject({ provenance: { known: true, value: true }, signature: 'absent' });
    }
  });

  it('names the line where a rule fails', () => {
    const [setuid] = told.filter(({ ProductFields }) => ProductFields?.['sekisho/rule'] === 'IMG-004');
    expect(setuid?.ProductFields).toMatchObject({
      'sekisho/instruction': '4: COPY app /srv/app',
      'sekisho/instruction-line': '4',
    });
  });
});

describe('a layer whose bytes are not those of its digest', () => {
  let image: SampleImage;
  let dead: readonly PeekedMessage[];
  let before: readonly Item[];
  let after: readonly Item[];
  let state: State;
  beforeAll(async () => {
    image = await built(app('tampered'));
    const layer = layerOf(image, -1);
    for (const blob of [...image.layers, image.config]) await pushBlob(runtime.registry, 'shop/tampered', blob);
    await overwriteStoredBlob(layer, Buffer.from(layer.bytes).fill(0, layer.bytes.length / 2));
    await pushManifest(runtime.registry, 'shop/tampered', '1.0', image.manifest);
    await hurry(runtime);
    [dead, before] = await Promise.all([runtime.peek('sekisho-scan-layer-dlq'), readItems(runtime)]);
    await overwriteStoredBlob(layer, layer.bytes);
    const sqs = new SQSClient({
      endpoint: runtime.endpoint,
      region,
      credentials: { accessKeyId: 'ADMIN', secretAccessKey: 'any' },
      useQueueUrlAsEndpoint: false,
    });
    // The function put it there itself: SQS does not know where it came from.
    const DestinationArn = `arn:aws:sqs:${region}:${account}:sekisho-scan-layer`;
    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: `${DestinationArn}-dlq`, DestinationArn }));
    sqs.destroy();
    await hurry(runtime);
    [after, state] = await Promise.all([readItems(runtime), runtime.state()]);
  });

  it('is in the dead-letter queue: the task as it was sent, and why', () => {
    expect(dead).toMatchObject([
      {
        messageAttributes: {
          ErrorCode: { StringValue: 'DIGEST_MISMATCH' },
          Function: { StringValue: 'sekisho-scan-layer' },
        },
      },
    ]);
    expect(JSON.parse(dead[0]?.body ?? '')).toMatchObject({
      task: 'scan-layer-1',
      image: { repository: 'shop/tampered', digest: image.manifest.digest },
      layer: { digest: layerOf(image, -1).digest },
    });
  });

  it('leaves the image inspected, and incomplete', () => {
    const inspection = inspectionOf(before, image);
    expect(inspection).toMatchObject({ complete: false, incomplete: expect.stringContaining('DIGEST_MISMATCH') });
    expect(inspection.layers.map(({ truncated }) => truncated.map(({ by }) => by))).toEqual([[], [], ['failed']]);
  });

  it('passes no rule about files, and still fails those that the config alone shows', () => {
    const verdicts = verdictsOf(inspectionOf(before, image));
    for (const rule of RULES_ABOUT_FILES) expect([rule, verdicts[rule]]).toEqual([rule, 'unknown']);
    expect(verdicts['IMG-001']).toBe('fail');
  });

  it('completes the image once its bytes are back and the queue is redriven', async () => {
    expect(inspectionOf(after, image)).toMatchObject({ complete: true });
    expect(verdictsOf(inspectionOf(after, image))).toMatchObject({ 'IMG-004': 'fail', 'IMG-012': 'pass' });
    expect(state.queues['sekisho-scan-layer']).toMatchObject({ visible: 0, dlq: 0 });
    expect(active(await findings(runtime, 'shop/tampered'))).toContain('linux/amd64 IMG-004');
  });
});

describe('a layer whose archive breaks off', () => {
  it('makes the image incomplete, and is no dead letter: it will never be longer', async () => {
    const whole = await built(app('x'.repeat(100_000)));
    const image = withLayer(whole, 2, layerOf(whole, -1).bytes.subarray(0, -20));
    await push('shop/cut', '1.0', image);
    await hurry(runtime);
    const inspection = inspectionOf(await readItems(runtime), image);
    expect(inspection).toMatchObject({ complete: false });
    expect(inspection.layers.map(({ truncated }) => truncated.map(({ by }) => by))).toEqual([
      [],
      [],
      ['unreadable-archive'],
    ]);
    expect(verdictsOf(inspection)['IMG-012']).toBe('unknown');
    expect((await runtime.state()).queues['sekisho-scan-layer']).toMatchObject({ dlq: 0 });
  });
});

describe('an image with secrets of every kind, wherever it can have one', () => {
  let leaks: (text: string) => readonly string[];
  let kinds: readonly string[];
  let image: SampleImage;
  let sinks: Readonly<Record<string, string>>;
  let inspection: InspectionSummary;
  let told: readonly AwsSecurityFinding[];
  let messages: readonly string[];
  let report: { readonly secrets: readonly { readonly kind: string }[] };
  beforeAll(async () => {
    const leaky = await leakyImage();
    ({ image, leaks } = leaky);
    kinds = [...new Set(leaky.secrets.map(({ kind }) => kind))].toSorted();
    await push('shop/leaky', '1.0', image);
    await hurry(runtime);
    const [items, objects, queues, all, state] = await Promise.all([
      readItems(runtime),
      readObjects(runtime),
      readQueues(runtime),
      listHubFindings(runtime),
      runtime.state(),
    ]);
    told = all.filter(({ Title }) => Title?.includes('(shop/leaky:1.0'));
    messages = state.chat.map((message) => JSON.stringify(message)).filter((one) => one.includes('shop/leaky'));
    inspection = inspectionOf(items, image);
    const layer = image.layers[1]?.digest.slice('sha256:'.length);
    report = JSON.parse(objects.get(`layers/v1/${layer}.json.gz`) ?? '{}');
    sinks = {
      table: JSON.stringify(items),
      bucket: [...objects].flat().join('\n'),
      queues: JSON.stringify(queues),
      'Security Hub': JSON.stringify(all),
      chat: JSON.stringify(state.chat),
      state: JSON.stringify(state),
      logs: lines.join('\n'),
      'what functions sent': tap.sent().join('\n'),
    };
  });

  it('has a secret of each kind found in its files', () => {
    expect([...new Set(report.secrets.map(({ kind }) => kind))].toSorted()).toEqual(kinds);
  });

  it('fails the rules about secrets: in its environment, arguments, commands and files, and deleted from them', () => {
    expect(active(told).map((one) => one.replace('linux/amd64 ', ''))).toEqual(
      expect.arrayContaining(['IMG-010', 'IMG-011', 'IMG-012', 'IMG-013', 'IMG-014']),
    );
    expect(inspection.secrets.some(({ deletedBy }) => deletedBy === image.layers[2]?.digest)).toBe(true);
  });

  it('is told in one message', () => {
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/\d+ rules failed/);
  });

  it('is looked for where it was: every place has something of the image, and the search finds what is there', () => {
    for (const place of ['table', 'bucket', 'Security Hub', 'chat', 'what functions sent'])
      expect(sinks[place], place).toContain('shop/leaky');
    expect(sinks.logs).not.toBe('');
    expect(leaks(String(image.config.bytes)).length).toBeGreaterThan(50);
  });

  it.each(['table', 'bucket', 'queues', 'Security Hub', 'chat', 'state', 'logs', 'what functions sent'])(
    'has no part of any of them in: %s',
    (place) => {
      expect(leaks(sinks[place] ?? '')).toEqual([]);
    },
  );
});

describe('every push, told once more and in another order', () => {
  /** As ECR would have told it, from what was kept of it. */
  const eventsFrom = (items: readonly Item[]): readonly object[] =>
    items.flatMap(({ pk, sk, tag = '', pushedAt }) => {
      const [, repository, digest] = /:repository\/(.+)\/(sha256:[a-f0-9]{64})$/.exec(String(pk)) ?? [];
      if (repository === undefined || !String(sk).startsWith('PUSH#')) return [];
      const detail = {
        'action-type': 'PUSH',
        result: 'SUCCESS',
        'repository-name': repository,
        'image-digest': digest,
        'image-tag': tag,
      };
      const about = { source: 'aws.ecr', account, region, resources: [], time: pushedAt };
      return [{ version: '0', id: `${digest} ${tag}`, 'detail-type': 'ECR Image Action', ...about, detail }];
    });
  const seen = (all: readonly AwsSecurityFinding[]) =>
    all.map(({ ProcessedAt: _, ...one }) => one).toSorted((a, b) => ((a.Id ?? '') < (b.Id ?? '') ? -1 : 1));

  it('ends in the same findings, at the same times, with the same messages', async () => {
    const [before, messages, items] = await Promise.all([
      listHubFindings(runtime),
      runtime.state().then(({ chat }) => chat),
      readItems(runtime),
    ]);
    const events = eventsFrom(items);
    expect(events.length).toBeGreaterThan(8);
    for (const event of [...events.toReversed(), ...events]) await runtime.putEvents([event]);
    await hurry(runtime);
    expect(seen(await listHubFindings(runtime))).toEqual(seen(before));
    expect((await runtime.state()).chat).toEqual(messages);
    expect(Object.values((await runtime.state()).queues).filter(({ dlq }) => dlq > 0)).toEqual([]);
  });
});

/** Ends the process while it reads one layer, and never ends while it reads another. */
const dyingOn = (crash: string, hang: string): string => `
  const real = globalThis.fetch;
  globalThis.fetch = async (...call) => {
    if (String(call[0]).includes('${crash}')) process.exit(1);
    if (String(call[0]).includes('${hang}')) await new Promise(() => setInterval(() => undefined, 1000));
    return real(...call);
  };
  export const { handler } = await import('./real.mjs');`;

/** Long enough for a function that starts on a busy machine. */
const TIMEOUT_SECONDS = 5;

describe('a scan that dies at every try', () => {
  let mortal: Runtime;
  let items: readonly Item[];
  let state: State;
  let crashing: SampleImage;
  let hanging: SampleImage;
  beforeAll(async () => {
    [crashing, hanging] = await Promise.all([smallImage('crashing'), smallImage('hanging')]);
    const directory = path.join(folder, 'dying');
    await cp(path.join(folder, 'built-in'), directory, { recursive: true });
    const scanner = (await readTemplate(directory, { ...LOCAL, queueUrl: (name) => name })).functions.find(
      ({ name }) => name === 'sekisho-scan-layer',
    );
    if (scanner === undefined) throw new Error('the template has no scan-layer');
    await rename(path.join(scanner.directory, 'index.mjs'), path.join(scanner.directory, 'real.mjs'));
    const hex = (image: SampleImage) => layerOf(image, -1).digest.slice('sha256:'.length);
    await writeFile(path.join(scanner.directory, 'index.mjs'), dyingOn(hex(crashing), hex(hanging)));
    const file = path.join(directory, 'Sekisho.template.json');
    const document = JSON.parse(await readFile(file, 'utf8'));
    const { Properties } = document.Resources[scanner.logicalId];
    Properties.Timeout = TIMEOUT_SECONDS;
    Properties.Environment.Variables.TIMEOUT_SECONDS = String(TIMEOUT_SECONDS);
    await writeFile(file, JSON.stringify(document));
    mortal = await startRuntime({ assembly: directory, ...LOCAL });
    await pushImage(mortal.registry, 'shop/crashing', '1.0', crashing);
    await pushImage(mortal.registry, 'shop/hanging', '1.0', hanging);
    await hurry(mortal);
    [items, state] = await Promise.all([readItems(mortal), mortal.state()]);
  });
  afterAll(() => mortal.close());

  it.each([
    ['ends its process', () => crashing],
    ['never ends', () => hanging],
  ])('leaves the image inspected, and incomplete, when it %s', (_how, image) => {
    const inspection = inspectionOf(items, image());
    expect(inspection).toMatchObject({ complete: false });
    expect(inspection.layers.map(({ truncated }) => truncated.map(({ by }) => by))).toEqual([[], ['failed']]);
    const verdicts = verdictsOf(inspection);
    for (const rule of RULES_ABOUT_FILES) expect([rule, verdicts[rule]]).toEqual([rule, 'unknown']);
  });

  it('leaves the two layers in the dead-letter queue, and tells what else is known of the images', async () => {
    expect(state.queues['sekisho-scan-layer']).toMatchObject({ visible: 0, inFlight: 0, dlq: 2 });
    for (const repository of ['shop/crashing', 'shop/hanging'])
      expect(active(await findings(mortal, repository))).toEqual(['linux/amd64 IMG-025', 'linux/amd64 IMG-026']);
  });
});

describe('an image that the policy wants signed', () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  let signing: Runtime;
  let image: SampleImage;

  /** As cosign stores it: under the digest of the image, as a tag. */
  const sign = async (key: typeof privateKey): Promise<void> => {
    const { digest } = image.manifest;
    const payload = blobOf({
      critical: {
        identity: { 'docker-reference': `${HOST}/shop/signed` },
        image: { 'docker-manifest-digest': digest },
        type: 'cosign container image signature',
      },
      optional: null,
    });
    const layer = {
      ...descriptorOf('application/vnd.dev.cosign.simplesigning.v1+json', payload),
      annotations: {
        'dev.cosignproject.cosign/signature': createSign('sha256').update(payload.bytes).sign(key, 'base64'),
      },
    };
    const config = blobOf({ architecture: '', os: '', config: {}, rootfs: { type: 'layers', diff_ids: [digest] } });
    for (const blob of [payload, config]) await pushBlob(signing.registry, 'shop/signed', blob);
    const manifest = artifactOf(descriptorOf(OCI.config, config), layer);
    await pushManifest(signing.registry, 'shop/signed', `${digest.replace(':', '-')}.sig`, manifest);
    await hurry(signing);
  };
  const signatureFinding = async (): Promise<AwsSecurityFinding | undefined> =>
    (await findings(signing, 'shop/signed')).find(({ ProductFields }) => ProductFields?.['sekisho/rule'] === 'IMG-025');
  const signature = async (): Promise<string> => inspectionOf(await readItems(signing), image).supplyChain.signature;

  beforeAll(async () => {
    const policy = path.join(folder, 'policy.yaml');
    const pem = String(publicKey.export({ type: 'spki', format: 'pem' })).replace(/^/gm, '        ');
    await writeFile(policy, `version: 1\nsigning:\n  keys:\n    - id: release\n      publicKey: |\n${pem}\n`);
    const assembly = path.join(folder, 'signing');
    await synthesise(assembly, { ...LOCAL, policy });
    signing = await startRuntime({ assembly, ...LOCAL });
    image = await smallImage('signed');
    await pushImage(signing.registry, 'shop/signed', '1.0', image);
    await hurry(signing);
  });
  afterAll(() => signing.close());

  it('fails while nobody has signed it', async () => {
    expect(await signature()).toBe('absent');
    expect(await signatureFinding()).toMatchObject({
      RecordState: 'ACTIVE',
      ProductFields: { 'sekisho/rule-severity': 'HIGH', 'sekisho/evidence': 'the image is not signed' },
    });
  });

  it('fails still when a stranger has', async () => {
    await sign(stranger.privateKey);
    expect(await signature()).toBe('present, not verified');
    expect(await signatureFinding()).toMatchObject({ RecordState: 'ACTIVE' });
  });

  it('passes once a key of the policy has, and the finding is closed', async () => {
    await sign(privateKey);
    expect(await signature()).toBe('verified');
    expect(await signatureFinding()).toMatchObject({ RecordState: 'ARCHIVED' });
  });

  it('leaves nothing in any dead-letter queue', async () => {
    expect(Object.values((await signing.state()).queues).filter(({ dlq }) => dlq > 0)).toEqual([]);
  });
});
