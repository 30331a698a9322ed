/** Events, images and requests that are wrong in every way: each gets its reason, and the good ones still arrive. */
import { createHash } from 'node:crypto';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listHubFindings } from '../../local/hub-findings.ts';
import type { EventAnswer } from '../../local/put-events.ts';
import type { PeekedMessage } from '../../local/queues/protocol.ts';
import { type Runtime, startRuntime } from '../../local/runtime.ts';
import { buildImage, type SampleBlob, type SampleImage } from '../../local/sample/image-layout.ts';
import { pushImage } from '../../local/sample/push-image.ts';
import type { State } from '../../local/state.ts';
import type { Digest } from '../../shared/image/digest.ts';
import { inspectorEvent } from '../support/inspector-event.ts';
import { type Assembly, LOCAL, synthesiseForTest, workOff } from '../support/run-locally.ts';

const REPOSITORY = 'team/app';
const NOWHERE = `sha256:${'0'.repeat(64)}`;
const UPDATED_AT = '2026-07-02T08:00:00.000Z';

/** Put together here, so that no scanner takes them for real ones. */
const SECRETS = {
  environment: ['correct', 'horse', 'battery'].join('-'),
  argument: `npm_${'a1B2c3'.repeat(6)}`,
  option: ['hunter', '2', 'hunter'].join(''),
  hidden: `AKIA${'Q7'.repeat(8)}`,
} as const;

const leakyImage = (): Promise<SampleImage> =>
  buildImage(
    [
      { createdBy: 'ADD rootfs.tar.xz / # buildkit', files: [{ path: 'etc/os-release', content: 'ID=debian\n' }] },
      { createdBy: 'CMD ["bash"]' },
      { createdBy: `ENV DB_PASSWORD=${SECRETS.environment}` },
      { createdBy: `ARG NPM_TOKEN=${SECRETS.argument}` },
      {
        createdBy: `RUN |1 NPM_TOKEN=${SECRETS.argument} /bin/sh -c tool --password ${SECRETS.option} && echo ${SECRETS.hidden} # buildkit`,
        files: [{ path: 'opt/app', content: 'app' }],
      },
      { createdBy: 'CMD ["run"]' },
    ],
    {
      architecture: 'amd64',
      created: '2026-07-01T08:00:00Z',
      config: { Env: [`DB_PASSWORD=${SECRETS.environment}`], Cmd: ['run'] },
    },
  );

const blob = (bytes: Buffer): SampleBlob => ({
  digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}` as Digest,
  bytes,
});
const descriptor = (mediaType: string, { digest, bytes }: SampleBlob) => ({ mediaType, digest, size: bytes.length });

/** A Helm chart lies in a registry as an image does, and is none. */
const helmChart = (): SampleImage => {
  const config = blob(Buffer.from('{"name":"chart","version":"1.0.0"}'));
  const chart = blob(Buffer.from('a chart'));
  const manifest = blob(
    Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: 'application/vnd.oci.image.manifest.v1+json',
        config: descriptor('application/vnd.cncf.helm.config.v1+json', config),
        layers: [descriptor('application/vnd.cncf.helm.chart.content.v1.tar+gzip', chart)],
      }),
    ),
  );
  return { manifest, config, layers: [chart] };
};

const pushEvent = (digest: string) => ({
  version: '0',
  id: 'push-of-nothing',
  'detail-type': 'ECR Image Action',
  source: 'aws.ecr',
  account: LOCAL.account,
  time: '2026-07-02T08:00:00Z',
  region: LOCAL.region,
  resources: [],
  detail: {
    'action-type': 'PUSH',
    result: 'SUCCESS',
    'repository-name': REPOSITORY,
    'image-digest': digest,
    'image-tag': '',
  },
});

const ABOUT = { repository: REPOSITORY, vulnerability: 'CVE-2026-1', package: 'lib', updatedAt: UPDATED_AT };
const UNKNOWN_KIND = { ...pushEvent(NOWHERE), 'detail-type': 'ECR Scan Weather' };
const { detail: _, ...WITHOUT_DETAIL } = pushEvent(NOWHERE);
const elsewhere = inspectorEvent({ ...ABOUT, repository: 'team/elsewhere', digest: NOWHERE });
const { findingArn: _arn, ...damagedDetail } = inspectorEvent({ ...ABOUT, digest: NOWHERE }).detail;
const DAMAGED = {
  ...inspectorEvent({ ...ABOUT, digest: NOWHERE }),
  id: 'damaged',
  detail: { ...damagedDetail, description: 'with “every” sort of\u2028text \\ and "quotes"' },
};
const NO_JSON = '{"version":"0", "id" \n';

let assembly: Assembly;
let runtime: Runtime;
const lines: string[] = [];
let answers: readonly EventAnswer[];
let refusedBlob: Response;
let refusedManifest: Response;
let state: State;
let findings: readonly AwsSecurityFinding[];
let items: readonly Readonly<Record<string, unknown>>[];
let image: SampleImage;

const clientOf = ({ endpoint, region }: Runtime) => ({
  endpoint,
  region,
  credentials: { accessKeyId: 'TEST', secretAccessKey: 'test' },
});

const readTable = async (): Promise<readonly Readonly<Record<string, unknown>>[]> => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(clientOf(runtime)));
  const { TableNames = [] } = await client.send(new ListTablesCommand());
  const found: Record<string, unknown>[] = [];
  for (const TableName of TableNames)
    for await (const { Items = [] } of paginateScan({ client }, { TableName })) found.push(...Items);
  client.destroy();
  return found;
};

const deadLetters = async (queue: string): Promise<readonly PeekedMessage[]> => {
  const response = await fetch(`${runtime.endpoint}/_local/queues/${queue}`);
  return (await response.json()) as readonly PeekedMessage[];
};

beforeAll(async () => {
  assembly = await synthesiseForTest();
  runtime = await startRuntime({ assembly: assembly.directory, ...LOCAL, onLog: (line) => lines.push(line) });
  image = await leakyImage();
  await pushImage(runtime.registry, REPOSITORY, '1.0', image);
  await pushImage(runtime.registry, 'team/chart', '1.0', helmChart());

  const base = `http://${runtime.registry}/v2/${REPOSITORY}`;
  const upload = await fetch(`${base}/blobs/uploads/`, { method: 'POST' });
  refusedBlob = await fetch(new URL(`${upload.headers.get('location')}?digest=${NOWHERE}`, base), {
    method: 'PUT',
    body: 'other bytes',
  });
  refusedManifest = await fetch(`${base}/manifests/${NOWHERE}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/vnd.oci.image.manifest.v1+json' },
    body: new Uint8Array(image.manifest.bytes),
  });

  const sqs = new SQSClient({ ...clientOf(runtime), useQueueUrlAsEndpoint: false });
  const QueueUrl = `${runtime.endpoint}/${LOCAL.account}/sekisho-on-finding`;
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: NO_JSON }));
  sqs.destroy();
  const layer = image.layers[1]?.digest ?? '';
  answers = await runtime.putEvents([
    inspectorEvent({ ...ABOUT, digest: image.manifest.digest, layer }),
    UNKNOWN_KIND,
    WITHOUT_DETAIL,
    DAMAGED,
    pushEvent(NOWHERE),
    elsewhere,
    inspectorEvent({ ...ABOUT, digest: image.manifest.digest, layer, vulnerability: 'CVE-2026-2' }),
  ]);
  await workOff(runtime);
  [state, findings, items] = await Promise.all([runtime.state(), listHubFindings(runtime), readTable()]);
});
afterAll(async () => {
  await runtime.close();
  await assembly.remove();
});

const titled = (part: string): AwsSecurityFinding | undefined => findings.find(({ Title }) => Title?.includes(part));

describe('an event', () => {
  it('of an unknown kind is counted, and the reason why nothing happens is given', () => {
    expect(answers[1]).toEqual({
      accepted: true,
      rules: [],
      reason: 'no rule of the template takes this "ECR Scan Weather"',
    });
    expect(state.events['ECR Scan Weather']).toBe(1);
  });

  it('without a detail is rejected with the reason', () => {
    expect(answers[2]).toEqual({
      accepted: false,
      rules: [],
      reason: 'The event lacks, or has no usable, detail.',
    });
  });

  it('about a push of an image that is not there is dead-lettered as it came', async () => {
    expect(answers[4]).toEqual({ accepted: true, rules: ['sekisho-image-pushed'] });
    const dead = await deadLetters('sekisho-on-image-push-dlq');
    expect(dead).toMatchObject([
      {
        body: JSON.stringify(pushEvent(NOWHERE)),
        messageAttributes: {
          ErrorCode: { StringValue: 'IMAGE_NOT_FOUND' },
          Reason: { StringValue: expect.stringMatching(/\S/) },
          Function: { StringValue: 'sekisho-on-image-push' },
        },
      },
    ]);
  });
});

describe('a finding of Inspector', () => {
  it('that is damaged is dead-lettered as it came, byte for byte, with the reason', async () => {
    expect(answers[3]).toEqual({ accepted: true, rules: ['sekisho-inspector-finding'] });
    const dead = await deadLetters('sekisho-on-finding-dlq');
    expect(dead.find(({ body }) => body !== NO_JSON)).toMatchObject({
      body: JSON.stringify(DAMAGED),
      messageAttributes: {
        ErrorCode: { StringValue: 'EVENT_INVALID' },
        Reason: { StringValue: 'The event has no usable detail.findingArn.' },
        Function: { StringValue: 'sekisho-on-finding' },
      },
    });
  });

  it('that is no JSON is dead-lettered as it came', async () => {
    const dead = await deadLetters('sekisho-on-finding-dlq');
    expect(dead).toHaveLength(2);
    expect(dead.find(({ body }) => body === NO_JSON)).toMatchObject({
      messageAttributes: {
        ErrorCode: { StringValue: 'EVENT_INVALID' },
        Reason: { StringValue: 'The event is not JSON.' },
      },
    });
  });

  it('about an image that is not in the registry is decided, and says what is not known', () => {
    const fields = titled('team/elsewhere')?.ProductFields;
    expect(fields?.['sekisho/decision']).toMatch(/^(track|track\*|attend|act)$/);
    expect(fields?.['sekisho/unknowns']).toMatch(/\S/);
    expect(fields).not.toHaveProperty('sekisho/instruction');
  });

  it.each(['CVE-2026-1', 'CVE-2026-2'])('that is good arrives among the bad ones: %s', (vulnerability) => {
    expect(titled(`${vulnerability} in lib (team/app`)?.ProductFields).toMatchObject({
      'sekisho/instruction': expect.stringMatching(/^5: RUN /),
      'sekisho/decision': expect.stringMatching(/\S/),
    });
  });
});

describe('the registry', () => {
  it.each([
    ['blob', () => refusedBlob],
    ['manifest', () => refusedManifest],
  ])('refuses a %s under a digest that it does not have', async (_what, refused) => {
    expect(refused().status).toBe(400);
    expect(await refused().json()).toMatchObject({ errors: [{ code: 'DIGEST_INVALID' }] });
  });

  it('takes a Helm chart, which is recorded as what it is', () => {
    const [chart] = items.filter(({ pk, sk }) => sk === 'DOSSIER' && String(pk).includes('team/chart'));
    expect(chart).toMatchObject({
      dossier: { kind: 'artifact', artifactType: 'application/vnd.cncf.helm.config.v1+json' },
    });
  });
});

describe('all together', () => {
  it('leave exactly the bad ones in the dead-letter queues', () => {
    const dead = Object.entries(state.queues).flatMap(([name, { dlq }]) => (dlq > 0 ? [[name, dlq]] : []));
    expect(Object.fromEntries(dead)).toEqual({ 'sekisho-on-image-push': 1, 'sekisho-on-finding': 2 });
  });

  it('end as three findings of Inspector, one for each rule that the image fails, and one message for each image', () => {
    const rules = findings.flatMap(({ ProductFields }) => ProductFields?.['sekisho/rule'] ?? []);
    // It runs as root; its ENV, its ARG and its RUN hold secrets; nobody has signed or attested it.
    expect(rules.toSorted()).toEqual(['IMG-001', 'IMG-010', 'IMG-011', 'IMG-014', 'IMG-025', 'IMG-026']);
    expect(findings).toHaveLength(3 + rules.length);
    expect(state.chat).toHaveLength(2);
  });
});

describe('no secret of the image', () => {
  it('is overlooked by this test: the places are not empty', () => {
    const dossier = items.find(({ pk, sk }) => sk === 'DOSSIER' && String(pk).includes(REPOSITORY));
    expect(JSON.stringify(dossier)).toContain('DB_PASSWORD');
    expect(JSON.stringify(findings)).toContain('tool --password');
    expect(lines.length).toBeGreaterThan(0);
  });

  describe.each(Object.entries(SECRETS))('written as %s', (_where, secret) => {
    it.each<[string, () => unknown]>([
      ['the table', () => items],
      ['Security Hub', () => findings],
      ['chat', () => state.chat],
      ['the logs', () => lines],
      ['the state', () => state],
    ])('stands in %s', (_place, content) => {
      expect(JSON.stringify(content())).not.toContain(secret);
    });
  });
});
