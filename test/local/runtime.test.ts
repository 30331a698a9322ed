import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Runtime, startRuntime } from '../../local/runtime.ts';
import { type WrittenAssembly, writeAssembly } from './assembly.ts';
import { ask } from './front-client.ts';

const LOCAL = { account: '111122223333', region: 'eu-west-1' } as const;

/** Fails for bodies with `bad` in them, says what it sees, and reads the secret as a function does. */
const CODE = `
  export const handler = async ({ Records }) => {
    console.log('seen ' + Records.map(({ body }) => JSON.parse(body).detail.say).join());
    const bad = Records.filter(({ body }) => body.includes('bad'));
    return { batchItemFailures: bad.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  };`;

const event = (say: string) => ({
  'detail-type': 'Arrival',
  source: 'gate',
  account: LOCAL.account,
  time: '2026-11-20T12:00:00Z',
  region: LOCAL.region,
  detail: { say },
});

let assembly: WrittenAssembly;
let runtime: Runtime | undefined;
let lines: string[];
beforeAll(async () => {
  assembly = await writeAssembly(CODE);
});
afterEach(() => runtime?.close());
afterAll(() => assembly.remove());

const start = async (): Promise<Runtime> => {
  lines = [];
  // What the function wrote, without Lambda's own line about each event.
  const onLog = (line: string): void => {
    if (!line.startsWith('REPORT ')) lines.push(line);
  };
  runtime = await startRuntime({ assembly: assembly.directory, ...LOCAL, onLog });
  return runtime;
};
const portOf = ({ registry }: Runtime): number => Number(registry.split(':')[1]);

describe('the local runtime', () => {
  it('brings an event over the rule and the queue to the function', async () => {
    const { putEvents, settled, state } = await start();
    expect(await putEvents([event('hello')])).toEqual([{ accepted: true, rules: ['on-arrival'] }]);
    await settled();
    expect(lines).toEqual(['seen hello']);
    expect(await state()).toMatchObject({
      idle: true,
      due: [],
      events: { Arrival: 1 },
      invocations: { worker: 1 },
      queues: { work: { visible: 0, inFlight: 0, delayed: 0, dlq: 0 } },
    });
  });

  it('tries a record that fails again when its time has come, and dead-letters it after the last try', async () => {
    const { advance, now, putEvents, registry, settled, state } = await start();
    await putEvents([event('bad')]);
    await settled();
    const [due] = (await state()).due;
    expect(due?.what).toBe('work: 1 message to be tried again');
    advance(Math.ceil((Date.parse(due?.at ?? '') - now().getTime()) / 1000));
    await settled();
    advance(61);
    await settled();
    expect(lines).toEqual(['seen bad', 'seen bad']);
    expect((await state()).queues.work).toEqual({ visible: 0, inFlight: 0, delayed: 0, dlq: 1 });
    const dead = await ask(Number(registry.split(':')[1]), 'GET', '/_local/queues/work-dlq');
    expect(JSON.parse(JSON.parse(dead.body)[0].body).detail).toEqual({ say: 'bad' });
  });

  it('answers the calls of real SDK clients, and counts them', async () => {
    const { endpoint, region, state } = await start();
    const client = { endpoint, region, credentials: { accessKeyId: 'AKID', secretAccessKey: 'any' } };
    const sqs = new SQSClient({ ...client, useQueueUrlAsEndpoint: false });
    expect((await sqs.send(new GetQueueUrlCommand({ QueueName: 'work' }))).QueueUrl).toBe(
      `${endpoint}/${LOCAL.account}/work`,
    );
    const secrets = new SecretsManagerClient(client);
    expect((await secrets.send(new GetSecretValueCommand({ SecretId: 'gate/slack' }))).SecretString).toBe(
      `${endpoint}/_local/chat/slack`,
    );
    expect((await state()).calls).toEqual({ 'sqs:GetQueueUrl': 1, 'secretsmanager:GetSecretValue': 1 });
    expect((await state()).callsByFunction).toEqual({});
  });

  it('keeps objects in the buckets of the template, and holds functions to their roles', async () => {
    const Properties = { BucketName: 'reports' };
    const own = { Effect: 'Allow', Action: ['s3:PutObject', 's3:GetObject'], Resource: 'arn:aws:s3:::reports/own/*' };
    const withBucket = await writeAssembly(CODE, {
      Reports: { Type: 'AWS::S3::Bucket', Properties },
      Rights: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyName: 'Rights', PolicyDocument: { Statement: own }, Roles: [{ Ref: 'WorkerRole' }] },
      },
    });
    runtime = await startRuntime({ assembly: withBucket.directory, ...LOCAL });
    const { endpoint, region, state } = runtime;
    const as = (accessKeyId: string) =>
      new S3Client({ endpoint, region, credentials: { accessKeyId, secretAccessKey: 'any' }, forcePathStyle: true });
    const at = (Key: string) => ({ Bucket: 'reports', Key });
    const [worker, user] = [as('FUNCTION.worker'), as('AKID')];

    await worker.send(new PutObjectCommand({ ...at('own/a'), Body: 'content' }));
    const { Body } = await user.send(new GetObjectCommand(at('own/a')));
    expect(await Body?.transformToString()).toBe('content');
    await expect(worker.send(new PutObjectCommand({ ...at('a'), Body: 'x' }))).rejects.toThrow('s3:PutObject');
    await expect(worker.send(new GetObjectCommand(at('own/b')))).rejects.toThrow('s3:ListBucket');
    await expect(user.send(new GetObjectCommand(at('own/b')))).rejects.toBeInstanceOf(NoSuchKey);
    expect(await state()).toMatchObject({
      buckets: { reports: { objects: 1, bytes: 7 } },
      calls: { 's3:PutObject': 2, 's3:GetObject': 3 },
      callsByFunction: { worker: { 's3:PutObject': 2, 's3:GetObject': 1 } },
      denied: [
        { function: 'worker', action: 's3:PutObject', resource: 'arn:aws:s3:::reports/a' },
        { function: 'worker', action: 's3:ListBucket', resource: 'arn:aws:s3:::reports' },
      ],
    });
    await withBucket.remove();
  });

  it('keeps chat messages that are posted to the address in the secret', async () => {
    const started = await start();
    await ask(portOf(started), 'POST', '/_local/chat/slack', { body: '{"text":"hello"}' });
    expect((await started.state()).chat).toMatchObject([{ destination: 'slack', body: { text: 'hello' } }]);
  });

  it('answers nobody after it was closed, and can be closed twice', async () => {
    const started = await start();
    await started.close();
    await started.close();
    await expect(ask(portOf(started), 'GET', '/_local/state')).rejects.toThrow('ECONNREFUSED');
  });
});

describe('a runtime that cannot start', () => {
  const { TMPDIR } = process.env;
  let temporary: string;
  beforeEach(() => {
    temporary = mkdtempSync(path.join(tmpdir(), 'sekisho-runtime-'));
    process.env.TMPDIR = temporary;
  });
  afterEach(() => {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    rmSync(temporary, { recursive: true });
  });

  /** What a runtime opens: worker threads, servers, and the directory of its registry. */
  const open = (): readonly string[] => [
    ...process.getActiveResourcesInfo().filter((name) => /^(MessagePort|TCPServerWrap)$/.test(name)),
    ...readdirSync(temporary),
  ];

  it('opens something once it starts, so that the tests below see something', async () => {
    const before = open();
    await start();
    expect(open().length).toBeGreaterThan(before.length + 2);
  });

  it('because of its template says why and leaves nothing open', async () => {
    const unknown = await writeAssembly(CODE, { Net: { Type: 'AWS::EC2::VPC' } });
    const before = open();
    await expect(startRuntime({ assembly: unknown.directory, ...LOCAL })).rejects.toThrow('AWS::EC2::VPC (Net)');
    // The handle of a closed server is let go of a moment later.
    await expect.poll(open).toEqual(before);
    await unknown.remove();
  });

  it('because its port is taken says so and leaves nothing open', async () => {
    const other: Server = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const before = open();
    await expect(startRuntime({ assembly: assembly.directory, ...LOCAL, port })).rejects.toThrow(
      `port ${port} is taken`,
    );
    // The handle of a closed server is let go of a moment later.
    await expect.poll(open).toEqual(before);
    await new Promise((resolve) => other.close(resolve));
  });
});
