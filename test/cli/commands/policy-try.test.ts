import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { policyTryCommand } from '../../../cli/commands/policy-try.ts';

const EVENTS = path.resolve(import.meta.dirname, '../../fixtures/events');
const clock = { now: () => new Date('2026-11-20T23:59:59.000Z') };

let folder: string;
let printed: string;
let told: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sekisho-policy-try-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  [printed, told] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
  vi.spyOn(console, 'error').mockImplementation((line) => {
    told += `${line}\n`;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

const write = (name: string, text: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};

const run = (...args: readonly string[]) => policyTryCommand(clock).parseAsync(args, { from: 'user' });

const SHOP = 'version: 1\ncontext:\n  - {id: shop, match: {repositories: ["shop/*"]}, criticality: high}\n';
const KEV = JSON.stringify({
  catalogVersion: '2026.03.01',
  dateReleased: '2026-03-01T12:00:00Z',
  vulnerabilities: [{ cveID: 'CVE-2026-10001', dateAdded: '2026-03-01' }],
});

describe('sekisho policy try', () => {
  it('says what would change, and ends with 0', async () => {
    await run(write('policy.yaml', SHOP), EVENTS);
    expect(printed).toMatch(/^4 active findings of 4, from 4 events; beside them 1 recorded\n/);
    expect(printed).toContain('1 decision would change:\n  Track → Attend: 1\n');
    expect(printed).toContain('    why:   policy rule shop says criticality high');
    expect({ told, code: process.exitCode }).toEqual({ told: '', code: undefined });
  });

  it('prints the same as one JSON object', async () => {
    await run(write('policy.yaml', SHOP), EVENTS, '--json');
    expect(JSON.parse(printed)).toMatchObject({
      events: { decided: 4, recorded: 1, ignored: 0, rejected: 0 },
      spread: {
        before: { act: 2, attend: 0, 'track*': 1, track: 1 },
        after: { act: 2, attend: 1, 'track*': 1, track: 0 },
      },
      changes: { transitions: [{ from: 'track', to: 'attend', findings: 1 }] },
    });
  });

  it('compares with another policy, where one is named', async () => {
    const file = write('policy.yaml', SHOP);
    await run(file, EVENTS, '--against', file);
    expect(printed).toContain('No decision would change.');
  });

  it('takes CISA’s list for both', async () => {
    await run(write('policy.yaml', SHOP), EVENTS, '--kev', write('kev.json', KEV), '--json');
    expect(JSON.parse(printed).changes.transitions).toEqual([{ from: 'attend', to: 'act', findings: 1 }]);
  });

  it('lists 20 changes, and all with --all', async () => {
    const event = JSON.stringify(
      JSON.parse(`{"detail-type":"Inspector2 Finding","source":"aws.inspector2","account":"111122223333","region":"eu-west-1",
        "time":"2026-03-02T09:20:11Z","detail":{"findingArn":"arn:N","awsAccountId":"111122223333","status":"ACTIVE",
        "type":"PACKAGE_VULNERABILITY","exploitAvailable":"YES","packageVulnerabilityDetails":{"vulnerabilityId":"CVE-2026-1"},
        "resources":[{"type":"AWS_ECR_CONTAINER_IMAGE","id":"arn:aws:ecr:eu-west-1:111122223333:repository/shop/web/sha256:${'1'.repeat(64)}"}]}}`),
    );
    const events = Array.from({ length: 25 }, (_, n) => event.replace('arn:N', `arn:${n}`)).join('\n');
    const [policy, file] = [write('policy.yaml', SHOP), write('many.jsonl', events)];
    await run(policy, file, '--json');
    expect(JSON.parse(printed).changes).toMatchObject({ all: 25, findings: { length: 20 } });
    printed = '';
    await run(policy, file, '--json', '--all');
    expect(JSON.parse(printed).changes.findings).toHaveLength(25);
  });

  it('with a policy that is not right prints its problems, and ends with 1', async () => {
    const file = write('wrong.yaml', 'version: 1\ntresholds: {}\n');
    await run(file, EVENTS);
    expect({ printed, code: process.exitCode }).toEqual({ printed: '', code: 1 });
    expect(told).toMatch(/wrong\.yaml:2:1: /);
  });

  it('tells all that is wrong with its files at once', async () => {
    const wrong = write('wrong.yaml', 'version: 2\n');
    await run(wrong, EVENTS, '--against', 'no/such.yaml', '--kev', write('kev.json', '{}'));
    expect(told.trimEnd().split('\n')).toEqual([
      expect.stringContaining('wrong.yaml:1:10: '),
      'no/such.yaml: there is no such file',
      expect.stringContaining('kev.json: CISA’s feed has no usable catalogVersion.'),
    ]);
  });

  it('with a path that cannot be read ends with 1, and works on the others', async () => {
    await run(write('policy.yaml', SHOP), 'no/such.json', path.join(EVENTS, 'inspector-finding.json'));
    expect(process.exitCode).toBe(1);
    expect(told).toBe('sekisho: no/such.json: there is no such file\n');
    expect(printed).toContain('1 active finding of 1, from 1 event\n');
  });

  it.each<[string, string, string]>([
    [
      'a path that is not there',
      'no/such.json',
      'sekisho: no/such.json: there is no such file\nsekisho: no findings were read\n',
    ],
    [
      'a file of another kind',
      'policy.yaml',
      'sekisho: FILE: rejected: it is not JSON: it is some other text\nsekisho: no findings were read; 1 rejected (sekisho replay says why, event by event)\n',
    ],
    [
      'many events that are none',
      'none.jsonl',
      `${'sekisho: FILE: rejected: it is a number, not an EventBridge event\n'.repeat(3)}sekisho: and 2 more rejected\nsekisho: no findings were read; 5 rejected (sekisho replay says why, event by event)\n`,
    ],
  ])('over %s prints no tables, says why, and ends with 1', async (_, name, message) => {
    const policy = write('policy.yaml', SHOP);
    write('none.jsonl', '[1,2,3,4,5]');
    const file = name.startsWith('no/') ? name : path.join(folder, name);
    await run(policy, file);
    expect({ printed, told, code: process.exitCode }).toEqual({
      printed: '',
      told: message.replaceAll('FILE', file),
      code: 1,
    });
  });

  it('over nothing still prints its JSON object', async () => {
    await run(write('policy.yaml', SHOP), 'no/such.json', '--json');
    expect(JSON.parse(printed)).toMatchObject({ findings: { all: 0, active: 0 } });
    expect(process.exitCode).toBe(1);
  });
});
