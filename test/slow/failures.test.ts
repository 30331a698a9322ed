/** What fails for a while is tried again and arrives once; what fails for good ends in its dead-letter queue. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listHubFindings } from '../../local/hub-findings.ts';
import type { PeekedMessage } from '../../local/queues/protocol.ts';
import type { Runtime } from '../../local/runtime.ts';
import { startRuntime } from '../../local/runtime.ts';
import { guardDutyEvent } from '../../local/sample/guardduty-event.ts';
import { runSample } from '../../local/sample/run-sample.ts';
import type { State } from '../../local/state.ts';
import { readTemplate } from '../../local/template/read-template.ts';
import type { Digest } from '../../shared/image/digest.ts';
import { decided } from '../support/decided.ts';
import { inspectorEvent } from '../support/inspector-event.ts';
import { type Assembly, LOCAL, synthesiseForTest, workOff } from '../support/run-locally.ts';

let assembly: Assembly;
beforeAll(async () => {
  assembly = await synthesiseForTest();
});
afterAll(() => assembly.remove());

const clientOf = ({ endpoint, region }: Runtime) => ({
  endpoint,
  region,
  credentials: { accessKeyId: 'TEST', secretAccessKey: 'test' },
});
const deadLetters = async ({ endpoint }: Runtime, queue: string): Promise<readonly PeekedMessage[]> => {
  const response = await fetch(`${endpoint}/_local/queues/${queue}`);
  return (await response.json()) as readonly PeekedMessage[];
};
const deadIn = ({ queues }: State) =>
  Object.fromEntries(Object.entries(queues).flatMap(([name, { dlq }]) => (dlq > 0 ? [[name, dlq]] : [])));

/** Moves the clock to the next thing that is due, and works off what comes of it. */
const nextDue = async (runtime: Runtime): Promise<string | undefined> => {
  await runtime.settled();
  const [next] = (await runtime.state()).due;
  if (next === undefined) return undefined;
  runtime.advance(Math.max(0, Math.ceil((Date.parse(next.at) - runtime.now().getTime()) / 1000)));
  await runtime.settled();
  return next.what;
};

describe('a chat destination that does not answer', () => {
  let runtime: Runtime;
  const lines: string[] = [];
  const waited: (string | undefined)[] = [];
  let whileDown: State;
  let state: State;

  const putAddress = async (address: string): Promise<void> => {
    const secrets = new SecretsManagerClient(clientOf(runtime));
    await secrets.send(new PutSecretValueCommand({ SecretId: 'sekisho/slack-webhook', SecretString: address }));
    secrets.destroy();
  };

  beforeAll(async () => {
    runtime = await startRuntime({ assembly: assembly.directory, ...LOCAL, onLog: (line) => lines.push(line) });
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    await putAddress(`http://127.0.0.1:${port}/T0/B0/a-path-that-is-secret`);
    await runSample(runtime, () => undefined);
    waited.push(await nextDue(runtime));
    whileDown = await runtime.state();
    await putAddress(`${runtime.endpoint}/_local/chat/slack`);
    // The address is kept in memory for five minutes, so the first try after the change may still use the old one.
    for (let what = await nextDue(runtime); what !== undefined; what = await nextDue(runtime)) waited.push(what);
    state = await runtime.state();
  });
  afterAll(() => runtime.close());

  it('leaves the message to be tried again, and nothing in a dead-letter queue', () => {
    expect(whileDown.chat).toEqual([]);
    expect(whileDown.due.map(({ what }) => what)).toEqual(['sekisho-alerts: 1 message to be tried again']);
    expect(deadIn(whileDown)).toEqual({});
  });

  it('is tried again after the visibility timeout, and at the latest five minutes after the change', () => {
    expect(waited).toEqual([
      'sekisho-alerts: 1 message delayed until then',
      'sekisho-alerts: 1 message to be tried again',
      'sekisho-alerts: 1 message to be tried again',
    ]);
    expect(state.invocations['sekisho-notify']).toBe(3);
  });

  it('gets the message once', () => {
    expect(state.chat).toHaveLength(1);
    expect(deadIn(state)).toEqual({});
    expect(state.due).toEqual([]);
  });

  it('has its address in no log', () => {
    expect(lines.some((line) => line.includes('DESTINATION_UNAVAILABLE'))).toBe(true);
    expect(lines.filter((line) => line.includes('a-path-that-is-secret'))).toEqual([]);
  });

  it('meets no missing right on the way, in any function', () => {
    expect(Object.keys(state.callsByFunction).sort()).toEqual(
      [
        'forward',
        'inspect-image',
        'notify',
        'on-finding',
        'on-image-push',
        'on-threat',
        'refresh-kev',
        'scan-layer',
      ].map((name) => `sekisho-${name}`),
    );
    expect(state.denied).toEqual([]);
  });
});

describe('a finding that Security Hub refuses', () => {
  it('ends in the dead-letter queue with the reason, and the others of its batch arrive', async () => {
    const runtime = await assembly.start();
    const sqs = new SQSClient({ ...clientOf(runtime), useQueueUrlAsEndpoint: false });
    const send = (body: string) =>
      sqs.send(
        new SendMessageCommand({
          QueueUrl: `${runtime.endpoint}/${LOCAL.account}/sekisho-decided`,
          MessageBody: body,
        }),
      );
    // No source can bring such a time so far: it stands for what Security Hub refuses and nobody has thought of.
    const refused = JSON.stringify(decided({ id: 'CVE-2026-1', finding: { firstObservedAt: 'the day before' } }));
    await Promise.all([send(refused), send(JSON.stringify(decided({ id: 'CVE-2026-2' })))]);
    await workOff(runtime);
    const [state, findings, dead] = await Promise.all([
      runtime.state(),
      listHubFindings(runtime),
      deadLetters(runtime, 'sekisho-decided-dlq'),
    ]);
    sqs.destroy();
    await runtime.close();

    expect(dead).toMatchObject([
      {
        body: refused,
        messageAttributes: {
          ErrorCode: { StringValue: 'FINDING_REFUSED' },
          Reason: { StringValue: expect.stringContaining('data.CreatedAt should match format "date-time"') },
          Function: { StringValue: 'sekisho-forward' },
        },
      },
    ]);
    expect(deadIn(state)).toEqual({ 'sekisho-decided': 1 });
    expect(findings.map(({ Title }) => Title)).toEqual([expect.stringContaining('CVE-2026-2')]);
    expect(state.chat).toHaveLength(1);
  });
});

/** Ends its process for one event, never ends for another. */
const BROKEN = `
  export const handler = async ({ Records }) => {
    if (Records.some(({ body }) => body.includes('make it crash'))) process.exit(1);
    await new Promise(() => setInterval(() => undefined, 1000));
  };`;

describe('a function that crashes or never ends', () => {
  it('is tried again, and its records end in the dead-letter queue as they came', async () => {
    const directory = await mkdtemp(path.join(tmpdir(), 'sekisho-broken-'));
    await cp(assembly.directory, directory, { recursive: true });
    const broken = (await readTemplate(directory, { ...LOCAL, queueUrl: (name) => name })).functions.find(
      ({ name }) => name === 'sekisho-on-threat',
    );
    if (broken === undefined) throw new Error('the template has no on-threat');
    await writeFile(path.join(broken.directory, 'index.mjs'), BROKEN);
    const file = path.join(directory, 'Sekisho.template.json');
    const document = JSON.parse(await readFile(file, 'utf8'));
    const { Properties } = document.Resources[broken.logicalId];
    Properties.Timeout = 1;
    await writeFile(file, JSON.stringify(document));

    const runtime = await startRuntime({ assembly: directory, ...LOCAL });
    const threat = (title: string) => {
      const digest = `sha256:${'a'.repeat(64)}` as Digest;
      const event = guardDutyEvent({
        ...LOCAL,
        repository: 'team/app',
        tag: '1.0',
        digest,
        clusterName: 'shop',
        clusterArn: `arn:aws:ecs:${LOCAL.region}:${LOCAL.account}:cluster/shop`,
        taskArn: `arn:aws:ecs:${LOCAL.region}:${LOCAL.account}:task/shop/0`,
        taskDefinitionArn: `arn:aws:ecs:${LOCAL.region}:${LOCAL.account}:task-definition/app:1`,
        now: new Date('2026-07-02T08:00:00Z'),
      }) as { readonly detail: object };
      return { ...event, detail: { ...event.detail, title } };
    };
    const [crashing, hanging] = [threat('make it crash'), threat('make it hang')];
    const about = { repository: 'team/app', digest: `sha256:${'b'.repeat(64)}`, vulnerability: 'CVE-2026-1' };
    const good = inspectorEvent({ ...about, package: 'lib', updatedAt: '2026-07-02T08:00:00.000Z' });
    for (const event of [crashing, hanging, good]) {
      await runtime.putEvents([event]);
      await runtime.settled();
    }
    await workOff(runtime);
    const [state, findings, dead] = await Promise.all([
      runtime.state(),
      listHubFindings(runtime),
      deadLetters(runtime, 'sekisho-on-threat-dlq'),
    ]);
    await runtime.close();
    await rm(directory, { recursive: true });

    expect(dead.map(({ body }) => body).toSorted()).toEqual(
      [crashing, hanging].map((event) => JSON.stringify(event)).toSorted(),
    );
    expect(dead.map(({ messageAttributes }) => messageAttributes)).toEqual([{}, {}]);
    expect(deadIn(state)).toEqual({ 'sekisho-on-threat': 2 });
    // Five tries each, some of them together.
    expect(state.invocations['sekisho-on-threat']).toBeGreaterThanOrEqual(5);
    expect(state.invocations['sekisho-on-threat']).toBeLessThanOrEqual(10);
    expect(findings).toHaveLength(1);
  });
});
