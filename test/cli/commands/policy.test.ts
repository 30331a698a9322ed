import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { policyCommand } from '../../../cli/commands/policy.ts';
import { parsePolicy } from '../../../shared/policy/parse-policy.ts';
import { BUILT_IN_POLICY } from '../../../shared/policy/policy.ts';

const TODAY = '2026-11-20';
const clock = { now: () => new Date(`${TODAY}T23:59:59.000Z`) };

let folder: string;
let printed: string;
let told: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'sekisho-policy-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  [printed, told] = ['', ''];
  vi.spyOn(console, 'log').mockImplementation((line) => {
    printed += `${line}\n`;
  });
  vi.spyOn(console, 'error').mockImplementation((line) => {
    told += `${line}\n`;
  });
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = undefined;
});

const policyFile = (text: string): string => {
  const file = path.join(folder, 'policy.yaml');
  writeFileSync(file, text);
  return file;
};

const run = (...args: readonly string[]) => policyCommand(clock).parseAsync(args, { from: 'user' });

const SUPPRESSED = (expires: string, id = 'zlib') =>
  `  - {id: ${id}, match: {packages: [${id}]}, reason: x, owner: me, expires: ${expires}}\n`;

describe('sekisho policy check', () => {
  it('says what a policy holds, and ends with 0', async () => {
    const file = policyFile(
      `version: 1\ncontext: [{id: a, criticality: low}]\nsuppressions:\n${SUPPRESSED('2027-03-01')}${SUPPRESSED('2027-01-31', 'curl')}`,
    );
    await run('check', file);
    expect([printed, told, process.exitCode]).toEqual([
      `${file}: policy@2548160a7c31: 1 context rule, 0 routing rules, 2 suppressions (the next expires on 2027-01-31)\n`,
      '',
      undefined,
    ]);
  });

  it('says that a policy of nothing holds nothing', async () => {
    const file = policyFile('version: 1\n');
    await run('check', file);
    expect(printed).toBe(`${file}: built-in: 0 context rules, 0 routing rules, 0 suppressions\n`);
  });

  it('refuses a file of nothing at all', async () => {
    const file = policyFile('');
    await run('check', file);
    expect([printed, process.exitCode]).toEqual(['', 1]);
    expect(told).toContain(`${file}:1:1: The file says nothing`);
  });

  it.each([
    [
      'thresholds: {chat: attend, mention: attend}',
      'chat from attend on (not track); mention from attend on (not act)',
    ],
    ['thresholds: {chat: act}', 'chat from act on (not track); image from act on (not attend)'],
    ['floor: bod-26-04', 'floor bod-26-04'],
    [
      'dueDates: {act: 1, track*: 90, track: 120, follow: bod-26-04}',
      'due: act in 1 day (not in 3 days), track* in 90 days (not in 60 days), track in 120 days (not with the next rebuild), as bod-26-04 says',
    ],
    ['floor: bod-26-04\ndueDates: {attend: 7}', 'floor bod-26-04; due: attend in 7 days (not in 14 days)'],
  ])('says how %s differs from the built-in policy', async (text, difference) => {
    await run('check', policyFile(`version: 1\n${text}\n`));
    expect(printed.split('\n').slice(1)).toEqual([`  unlike the built-in policy: ${difference}`, '']);
  });

  it.each([
    ['2026-11-20', true],
    ['2026-12-04', true],
    ['2026-12-05', false],
  ])('warns of a suppression that expires on %s: %s', async (expires, warned) => {
    const file = policyFile(`version: 1\nsuppressions:\n${SUPPRESSED(expires)}`);
    await run('check', file);
    expect(told).toBe(
      warned ? `${file}: suppression zlib of me expires on ${expires}: renew it, or delete it then\n` : '',
    );
    expect(process.exitCode).toBeUndefined();
  });

  it('says what is wrong and where, and ends with 1', async () => {
    const file = policyFile('version: 1\ncontxt: []\nfloor: nist\n');
    await run('check', file);
    expect([printed, told, process.exitCode]).toEqual([
      '',
      `${file}:2:1: \`contxt\` is not known here; did you mean \`context\`?\n${file}:3:8: \`floor: nist\` must be bod-26-04.\n`,
      1,
    ]);
  });

  it('says how to begin where there is no file', async () => {
    const file = path.join(folder, 'none.yaml');
    await run('check', file);
    expect([told, process.exitCode]).toEqual([
      `${file}: there is no such file\nBegin one with: sekisho policy init > policy.yaml\n`,
      1,
    ]);
  });

  it('says why a file cannot be read', async () => {
    await run('check', folder);
    expect([told, process.exitCode]).toEqual([`${folder}: it is a directory\n`, 1]);
  });
});

describe('the help', () => {
  it.each([
    ['policy', ['check', 'init']],
    ['check', ['[file]', 'file:line:column', 'Examples:']],
    ['init', ['sekisho policy init > policy.yaml']],
  ])('of %s says what there is', (name, words) => {
    const policy = policyCommand(clock);
    const command = policy.commands.find((one) => one.name() === name) ?? policy;
    let help = '';
    command.configureOutput({
      writeOut: (text) => {
        help += text;
      },
    });
    command.outputHelp();
    for (const word of words) expect(help).toContain(word);
  });
});

describe('sekisho policy init', () => {
  it('prints the built-in policy', async () => {
    await run('init');
    expect(parsePolicy(printed, TODAY)).toEqual({ ok: true, value: BUILT_IN_POLICY });
  });

  it('prints examples that are right when their comments are taken away', () => {
    const text = readFileSync(new URL('../../../cli/commands/policy-init.yaml', import.meta.url), 'utf8');
    const uncommented = text
      .replaceAll(/^(\w+): \[\]$/gm, '$1:')
      .replaceAll(/^#( {2}.*)$/gm, '$1')
      .replaceAll(/^# (floor:|bases:|signing:| {2})/gm, '$1');
    expect(parsePolicy(uncommented, TODAY)).toMatchObject({
      ok: true,
      value: {
        context: [{ id: 'payments' }],
        routing: [{ id: 'trials' }],
        floor: 'bod-26-04',
        dueDates: { follow: 'bod-26-04' },
        suppressions: [{ id: 'kernel-headers' }, { id: 'jobs-without-health-check' }],
        bases: { allowed: ['docker.io/library/node:*'] },
        signing: { keys: [{ id: 'build' }, { id: 'release' }] },
      },
    });
  });
});
