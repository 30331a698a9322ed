import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EventLine, ReplayLine, type SummaryLine } from '../../cli/replay/replay-line.ts';
import { baseEvent } from '../shared/events/base-event.ts';
import { runCommand } from './run-command.ts';

const COMMAND = path.resolve(import.meta.dirname, '../../cli/sekisho.js');
const OWN_EVENTS = path.resolve(import.meta.dirname, '../fixtures/events');
const RECORDED = path.resolve(import.meta.dirname, '../../../shared/fixtures');
const isThere = existsSync(RECORDED);
if (!isThere) console.warn('the recorded events are not here: their replay is skipped');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sekisho-replay-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const write = (name: string, text: string | Buffer): string => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
};

interface Output {
  readonly events: readonly EventLine[];
  readonly summary: SummaryLine['summary'];
}

/** Every line fits the schema, and the last alone is the summary. */
const outputOf = (stdout: string): Output => {
  const lines = stdout.split('\n').slice(0, -1);
  const parsed = lines.map((line) => ReplayLine.parse(JSON.parse(line)));
  const events = parsed.flatMap((line) => ('outcome' in line ? [line] : []));
  const last = parsed.at(-1);
  if (last === undefined || !('summary' in last)) throw new Error('the last line is no summary');
  expect(events).toHaveLength(parsed.length - 1);
  return { events, summary: last.summary };
};

const replay = async (...paths: readonly string[]): Promise<Output> => {
  const { code, stdout, stderr } = await runCommand('replay', ...paths);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return outputOf(stdout);
};

describe.concurrent('replaying our own events', () => {
  it('says one line for each, in byte order of their paths, and then the summary', async () => {
    const { events, summary } = await replay(OWN_EVENTS);
    expect(events.map(({ file, outcome }) => [path.basename(file), outcome])).toEqual([
      ['ecr-image-push.json', 'recorded'],
      ['guardduty-attack-sequence-ecs.json', 'decided'],
      ['guardduty-ecs-fargate.json', 'decided'],
      ['guardduty-eks-node.json', 'decided'],
      ['inspector-finding.json', 'decided'],
    ]);
    expect(summary).toEqual({ events: 5, decided: 4, recorded: 1, ignored: 0, rejected: 0 });
  });

  it('says the same bytes each time', async () => {
    const [first, second] = await Promise.all([runCommand('replay', OWN_EVENTS), runCommand('replay', OWN_EVENTS)]);
    expect(first.stdout).toBe(second.stdout);
  });

  it('takes the paths in the order given, with the state that the earlier ones left', async () => {
    const early = write('early.json', baseEvent('inspector-finding', { 'detail.updatedAt': '2026-03-02T09:00:00Z' }));
    const late = write('late.json', baseEvent('inspector-finding', { 'detail.updatedAt': '2026-03-02T10:00:00Z' }));
    const { events } = await replay(late, early);
    expect(events.map(({ file, outcome, asff }) => [file, outcome, asff.length])).toEqual([
      [late, 'decided', 1],
      [early, 'decided', 0],
    ]);
    expect(events[1]?.reason).toMatch(/^a newer state of this finding stands/);
  });
});

const NO_EVENTS: readonly (readonly [string, string | Buffer, string])[] = [
  ['an empty file', '', 'it is empty'],
  ['an empty list', '[]', 'it is an empty list: there is no event in it'],
  ['text', 'hello', 'it is not JSON: it is some other text'],
  [
    'a file that is cut off',
    '{"detail-type": "ECR',
    'it is not JSON: it is damaged, cut off, or holds several events that are not one a line',
  ],
  ['other bytes', Buffer.from([0xff, 0x00, 0x80]), 'it is not UTF-8 text'],
  [
    'lists in one another, a megabyte of them',
    '['.repeat(500_000) + ']'.repeat(500_000),
    'it is nested deeper than 500 levels, as no event is',
  ],
  [
    'a prototype',
    '{"__proto__": {"detail-type": "x"}}',
    'it has no detail-type, source and detail: it is no EventBridge event',
  ],
];

/** All of them in one replay. */
const replayOfNoEvents = (): Promise<Output> => {
  noEvents ??= replay(...NO_EVENTS.map(([name, content]) => write(`none/${name}.json`, content)));
  return noEvents;
};
let noEvents: Promise<Output> | undefined;

describe('replaying what is no event', () => {
  it.each(NO_EVENTS)('like %s gives one line with the reason', async (name, _content, reason) => {
    const { events } = await replayOfNoEvents();
    expect(events.filter(({ file }) => path.basename(file) === `${name}.json`)).toEqual([
      expect.objectContaining({ detailType: null, outcome: 'rejected', reason, decisions: [], asff: [] }),
    ]);
  });

  it('is counted, and ends with 0', async () => {
    const { summary } = await replayOfNoEvents();
    const count = NO_EVENTS.length;
    expect(summary).toEqual({ events: count, decided: 0, recorded: 0, ignored: 0, rejected: count });
  });

  it('beside what is one: each record has its own line', async () => {
    const push = baseEvent('ecr-image-push');
    const lines = write('mixed.jsonl', `\uFEFF${push}\r\noops\r\n\r\n{"id":1}\r\n${push}\r\n`);
    const list = write('mixed.json', `[${push}, 42, ${push}]`);
    const { events, summary } = await replay(lines, list);
    expect(events.map(({ outcome, reason }) => (outcome === 'rejected' ? reason : outcome))).toEqual([
      'recorded',
      'line 2 is not JSON (one event a line was expected)',
      'it has no detail-type, source and detail: it is no EventBridge event',
      'recorded',
      'recorded',
      'it is a number, not an EventBridge event',
      'recorded',
    ]);
    expect(summary).toEqual({ events: 7, decided: 0, recorded: 4, ignored: 0, rejected: 3 });
  });

  it('shows no secret that is in it', async () => {
    const secret = `ghp_${'aB3'.repeat(12)}`;
    const damaged = write('damaged-secret.json', `{"token": ${secret}}`);
    const other = write(
      'other-secret.json',
      JSON.stringify({ token: secret, 'detail-type': secret, detail: { secret } }),
    );
    const { stdout, stderr } = await runCommand('replay', damaged, other);
    expect(stdout + stderr).not.toContain(secret);
  });
});

describe.concurrent('a path', () => {
  it('that does not exist ends with 1, and the others are worked on', async () => {
    const missing = path.join(folder, 'missing.json');
    const { code, stdout, stderr } = await runCommand('replay', missing, path.join(OWN_EVENTS, 'ecr-image-push.json'));
    expect({ code, stderr }).toEqual({ code: 1, stderr: `sekisho: ${missing}: there is no such file\n` });
    expect(outputOf(stdout).summary).toEqual({ events: 1, decided: 0, recorded: 1, ignored: 0, rejected: 0 });
  });

  it('of a directory without event files ends with 1', async () => {
    const empty = path.dirname(write('empty/README.md', '# nothing'));
    const { code, stdout, stderr } = await runCommand('replay', empty);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `sekisho: ${empty}: it holds no .json, .jsonl or .ndjson file\n`,
    });
    expect(outputOf(stdout).summary.events).toBe(0);
  });

  it('must be given', async () => {
    const { code, stdout, stderr } = await runCommand('replay');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/missing required argument 'file\|directory'/);
  });
});

describe.concurrent('a replay with a policy and CISA’s list', () => {
  const finding = path.join(OWN_EVENTS, 'inspector-finding.json');

  it('decides with both, and says the same bytes each time', async () => {
    const policy = write(
      'shop.yaml',
      'version: 1\ncontext:\n  - {id: shop, match: {repositories: ["shop/*"]}, criticality: high}\n',
    );
    const kev = write(
      'kev.json',
      '{"catalogVersion":"1","dateReleased":"2026-03-01T12:00:00Z","vulnerabilities":[{"cveID":"CVE-2026-10001","dateAdded":"2026-03-01"}]}',
    );
    const args = ['replay', finding, '--policy', policy, '--kev', kev];
    const [first, second] = await Promise.all([runCommand(...args), runCommand(...args, '--today', '2026-06-01')]);
    expect(outputOf(first.stdout).events[0]?.decisions[0]).toMatchObject({
      decision: 'act',
      handling: { destinations: ['slack'], mention: true },
    });
    expect(second.stdout).toBe(first.stdout);
  });

  it('that are not right ends with 1, before anything is replayed', async () => {
    const policy = write('wrong.yaml', 'version: 1\ntresholds: {}\n');
    const kev = write('wrong.json', '{}');
    const { code, stdout, stderr } = await runCommand('replay', finding, '--policy', policy, '--kev', kev);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trimEnd().split('\n')).toEqual([
      expect.stringContaining(`${policy}:2:1: `),
      `${kev}: CISA’s feed has no usable catalogVersion.`,
    ]);
  });

  it('of a day that is none is a usage error', async () => {
    const { code, stderr } = await runCommand('replay', finding, '--today', '2026-02-30');
    expect(code).toBe(2);
    expect(stderr).toContain('It must be a day such as 2026-11-20.');
  });
});

describe('replaying thousands of events', () => {
  const many = (): string => {
    const event: unknown = JSON.parse(baseEvent('ecr-image-push'));
    return write('many.jsonl', `${JSON.stringify(event)}\n`.repeat(3000));
  };

  it('tells how far it is, beside the output', async () => {
    const { code, stdout, stderr } = await runCommand('replay', many());
    expect(code).toBe(0);
    expect(outputOf(stdout).summary.recorded).toBe(3000);
    expect(stderr).toBe(
      '· 1000 events\n· 2000 events\n· 3000 events: 0 decided, 3000 recorded, 0 ignored, 0 rejected\n',
    );
  });

  it('ends quietly when nobody reads on', async () => {
    const child = spawn(process.execPath, [COMMAND, 'replay', many()], { stdio: ['ignore', 'pipe', 'pipe'] });
    let stderr = '';
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect(code).toBe(0);
    expect(stderr.replaceAll(/· \d+ events\n/g, '')).toBe('');
  });
});

describe.skipIf(!isThere)('replaying the recordings', () => {
  let output: Output;
  beforeAll(async () => {
    output = await replay(path.join(RECORDED, 'given'), path.join(RECORDED, 'synthetic'));
  });

  const isEvent = (file: string): boolean => 'detail-type' in JSON.parse(readFileSync(file, 'utf8'));
  const named = (line: EventLine): string => path.relative(RECORDED, line.file);

  it('loses none', () => {
    expect(output.summary).toEqual({ events: 124, decided: 9, recorded: 3, ignored: 30, rejected: 82 });
  });

  it('rejects whatever is no event, says what it looks like, and nothing else', () => {
    for (const line of output.events) {
      if (isEvent(line.file)) continue;
      expect(line).toMatchObject({ detailType: null, outcome: 'rejected' });
      expect(line.reason).toMatch(/^it has no detail-type, source and detail: it looks like .* \([\w, ]+\), not like/);
    }
    const rejected = output.events.filter(({ file, outcome }) => outcome === 'rejected' && isEvent(file));
    expect(rejected.map((line) => [named(line), line.reason])).toEqual([]);
  });

  // The documentation shortened the digests in both.
  it('records a push and decides a finding whose image has no usable digest', () => {
    const lineOf = (name: string) => output.events.find((line) => named(line) === `given/${name}.json`);
    expect(lineOf('ecr/image-action-push-tag')).toMatchObject({
      outcome: 'recorded',
      reason: 'the push to my-repository-name names no usable digest: its image is unknown',
    });
    expect(lineOf('inspector2/finding-ecr-active-2021-inuse')).toMatchObject({
      outcome: 'decided',
      decisions: [{ decision: 'track' }],
      asff: [{ Title: 'CVE-2019-17498 in libssh2 (amazon/amazon-ecs-sample:latest)' }],
    });
  });

  it.each<[string, Readonly<Record<string, number>>]>([
    ['ECR Image Action', { ignored: 3, recorded: 3 }],
    ['ECR Image Scan', { ignored: 3 }],
    ['ECR Pull Through Cache Action', { ignored: 2 }],
    ['ECR Referrer Action', { ignored: 1 }],
    ['ECR Replication Action', { ignored: 1 }],
    ['ECR Scan Resource Change', { ignored: 1 }],
    ['ECS Task State Change', { ignored: 1 }],
    ['GuardDuty Finding', { decided: 6, ignored: 2 }],
    ['Inspector2 Coverage', { ignored: 2 }],
    ['Inspector2 Finding', { decided: 3, ignored: 2 }],
    ['Inspector2 Scan', { ignored: 3 }],
    ['Findings Imported V2', { ignored: 3 }],
    ['Security Hub Findings - Custom Action', { ignored: 4 }],
    ['Security Hub Findings - Imported', { ignored: 2 }],
  ])('takes "%s" as %o', (detailType, counts) => {
    const outcomes = output.events.filter((line) => line.detailType === detailType).map(({ outcome }) => outcome);
    const counted = Object.groupBy(outcomes, (outcome) => outcome);
    expect(Object.fromEntries(Object.entries(counted).map(([outcome, all]) => [outcome, all.length]))).toEqual(counts);
  });

  it('gives a reason for each that is not simply decided', () => {
    const silent = output.events.filter(({ outcome, reason }) => outcome !== 'decided' && !reason);
    expect(silent).toEqual([]);
    const unsent = output.events.filter(
      ({ outcome, reason, asff }) => outcome === 'decided' && !reason && asff.length !== 1,
    );
    expect(unsent).toEqual([]);
  });

  it.each<[string, readonly string[]]>([
    ['guardduty-attacksequence-ecs', ['act']],
    ['guardduty-attacksequence-eks', ['act']],
    ['guardduty-runtime-ecs-fargate-cryptominer', ['attend']],
    ['guardduty-runtime-eks-cgroups-release-agent', ['act']],
    ['guardduty-runtime-eks-mounts-host-dir', ['act']],
    ['guardduty-runtime-eks-runc-escape', ['act']],
    ['inspector2-finding-ecr-closed', ['track']],
    ['inspector2-finding-ecr-suppressed', ['track']],
  ])('decides %s as %s', (name, decisions) => {
    const line = output.events.find((one) => named(one) === `synthetic/${name}.json`);
    expect(line?.decisions.map(({ decision }) => decision)).toEqual(decisions);
  });
});
