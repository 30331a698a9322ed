/** The sample as a user runs it: `sekisho start` as a process of its own. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { State } from '../../local/state.ts';
import { type Ended, runCommand, type StartedCommand, startCommand } from '../cli/run-command.ts';

/** Stands in an ENV instruction of the sample image; what comes of it must be redacted. */
const SECRET = 'sample-value-that-is-no-real-token';

/** Due dates count from the day of the run. */
const withoutDates = (shown: string): string => shown.replace(/\d{4}-\d{2}-\d{2}/g, 'DATE');

let ended: Ended;
let endedJson: Ended;
/** What was printed, without the breaks of its lines. */
let text: string;
beforeAll(async () => {
  [ended, endedJson] = await Promise.all([
    runCommand('start', '--once'),
    runCommand('start', '--once', '--json', '--port', '0'),
  ]);
  text = ended.stdout.replace(/\s+/g, ' ');
});

describe('sekisho start --once', () => {
  it('ends with 0 when all is worked off', () => {
    expect(ended.code).toBe(0);
  });

  it.each([
    ['ATTEND 77 · HIGH · [sample] Execution:Runtime/ReverseShell: A process in the container checkout started a'],
    ['ATTEND 84 · HIGH · CVE-2023-4911 in libc6 (shop/checkout:1.4.2)'],
    ['TRACK 18 · LOW · CVE-2024-5535 in openssl (shop/checkout:1.4.2)'],
    ['TRACK 16 · LOW · CVE-2024-41818 in fast-xml-parser (shop/checkout:1.4.2)'],
    ['TRACK* 61 · MEDIUM · IMG-001 The image runs as root (shop/checkout:1.4.2, linux/amd64)'],
    ['TRACK 23 · LOW · IMG-025 The image has no valid signature (shop/checkout:1.4.2, linux/amd64)'],
    ['TRACK 20 · LOW · IMG-010 The environment holds a secret (shop/checkout:1.4.2, linux/amd64)'],
    ['TRACK 20 · LOW · IMG-026 The image has no SBOM or no provenance (shop/checkout:1.4.2, linux/amd64)'],
    // Its day of creation is a constant of the sample.
    ['TRACK 16 · LOW · IMG-024 The image is in use and older than 90 days (shop/checkout:1.4.2, linux/amd64)'],
    ['Security Hub: 9 findings'],
  ])('shows the finding: %s', (line) => {
    expect(ended.stdout).toContain(line);
  });

  it('prints what the README shows of it', async () => {
    const readme = await readFile(path.join(import.meta.dirname, '../../README.md'), 'utf8');
    const [, shown = 'no example'] = /```\n(ATTEND [^`]*(?:`[^`]+`[^`]*)*?)\n```/.exec(readme) ?? [];
    expect(withoutDates(ended.stdout)).toContain(withoutDates(shown));
  });

  it.each([
    [/why Attend: GuardDuty rates it 8\.0 of 10 .* on ECS Fargate \(VM boundary\) fix/],
    [
      /why Attend: it is exploited in the wild \(CISA lists it as exploited since 2023-11-21\), .* on ECS Fargate \(VM boundary\) fix Rebuild on a newer base image/,
    ],
    [/why Track: no exploit is known, .* on ECS Fargate \(VM boundary\) fix In instruction 4/],
  ])('shows the reason: %s', (reason) => {
    expect(text).toMatch(reason);
  });

  it.each([
    [
      /fix Rebuild on a newer base image, for libc6 \S+ → \S+ from instruction 1 of the base image \(`ADD rootfs\.tar\.xz \/`\)/,
    ],
    [
      /fix In instruction 4 of the Dockerfile \(`RUN apt-get update .* openssl`\): upgrade openssl \S+ → \S+, and rebuild/,
    ],
    [
      /fix In instruction 7 of the Dockerfile \(`RUN npm ci --omit=dev`\): upgrade fast-xml-parser 4\.4\.0 → 4\.4\.1, and rebuild/,
    ],
  ])('shows which instruction brought it: %s', (instruction) => {
    expect(text).toMatch(instruction);
  });

  it('shows one chat message about the image', () => {
    expect(ended.stdout).toContain('Chat: 1 message ');
    expect(ended.stdout).toContain('■ Attend · shop/checkout:1.4.2 · 9 findings');
    expect(text).toContain('Image: 5 rules failed (1 HIGH, 2 MEDIUM, 2 LOW): `IMG-001` The image runs as root');
    expect(ended.stdout).toContain('service:checkout on ECS Fargate');
  });

  it('speaks of no dead letters, and of no failure', () => {
    expect(ended.stdout).not.toContain('dead-letter');
    expect(ended.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('· '))).toEqual([]);
  });

  it('never shows the secret that stands in the image', () => {
    expect(ended.stdout).not.toContain(SECRET);
    expect(ended.stderr).not.toContain(SECRET);
  });
});

const READY = {
  console: null,
  endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
  registry: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
  region: 'eu-west-1',
  account: '111122223333',
};

describe('sekisho start --once --json', () => {
  it('prints exactly one line, with the addresses', () => {
    const { code, stdout } = endedJson;
    expect(code).toBe(0);
    expect(stdout).toMatch(/^[^\n]+\n$/);
    expect(JSON.parse(stdout)).toEqual(READY);
    expect(stdout).not.toContain(SECRET);
  });
});

describe('sekisho start --empty --json', () => {
  let started: StartedCommand | undefined;
  afterEach(() => started?.child.kill('SIGKILL'));

  it.each([
    ['SIGTERM', false],
    ['SIGINT', true],
  ] as const)(
    'stays up with an empty state until %s, and ends with 0 (started by an older Node.js: %s)',
    async (signal, olderNode) => {
      started = startCommand(['start', '--empty', '--json'], { olderNode });
      const ready = JSON.parse(await started.firstOutput);
      expect(ready).toEqual(READY);
      expect(ready.endpoint).toBe(`http://${ready.registry}`);

      const response = await fetch(`${ready.endpoint}/_local/state`);
      expect(response.status).toBe(200);
      const empty = { visible: 0, inFlight: 0, delayed: 0, dlq: 0 };
      const first = ['on-image-push', 'scan-layer', 'inspect-image', 'on-finding', 'on-threat'];
      const queues = [...first, 'refresh-kev', 'decided', 'alerts'].flatMap((name) => [
        [`sekisho-${name}`, empty],
        [`sekisho-${name}-dlq`, empty],
      ]);
      const functions = [...first, 'forward', 'notify'];
      const { buckets, ...state } = (await response.json()) as State;
      expect(Object.values(buckets)).toEqual([{ objects: 0, bytes: 0 }]);
      expect(state).toEqual({
        idle: true,
        now: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        due: [],
        events: {},
        queues: { ...Object.fromEntries(queues), 'sekisho-undelivered': empty },
        schedules: [{ name: 'sekisho-kev-refresh', every: 'rate(1 hour)', next: expect.any(String) }],
        // CISA's list has been loaded: a schedule begins when its rule is made.
        invocations: {
          ...Object.fromEntries(functions.map((name) => [`sekisho-${name}`, 0])),
          'sekisho-refresh-kev': 1,
        },
        blobReads: {},
        chat: [],
        calls: { 'dynamodb:GetItem': 1, 'dynamodb:PutItem': 1 },
        callsByFunction: { 'sekisho-refresh-kev': { 'dynamodb:GetItem': 1, 'dynamodb:PutItem': 1 } },
        denied: [],
      });

      started.child.kill(signal);
      const { code, stdout } = await started.ended;
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toEqual(ready);
    },
  );

  it('says which port is taken, and ends with 1', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, stdout, stderr } = await runCommand('start', '--empty', '--json', '--port', String(port));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`sekisho: port ${port} is taken; choose another`);
    await new Promise((resolve) => other.close(resolve));
  });
});
