import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPolicyFile } from '../../../cli/replay/read-policy-file.ts';
import { BUILT_IN_POLICY } from '../../../shared/policy/policy.ts';

let file: string;
beforeAll(() => {
  file = path.join(mkdtempSync(path.join(tmpdir(), 'sekisho-read-policy-')), 'policy.yaml');
});
afterAll(() => rmSync(path.dirname(file), { recursive: true }));

const read = (text: string, today = '2026-11-20') => {
  writeFileSync(file, text);
  return readPolicyFile(file, today);
};

describe('a policy file', () => {
  it('is read with what it leaves out filled in', async () => {
    expect(await read('version: 1\nthresholds: {chat: attend}\n')).toEqual({
      ok: true,
      value: {
        ...BUILT_IN_POLICY,
        name: expect.stringMatching(/^policy@[0-9a-f]{12}$/),
        thresholds: { chat: 'attend', image: 'attend', mention: 'act' },
      },
    });
  });

  it('with mistakes gives a line for each, with its place', async () => {
    expect(await read('version: 1\ntresholds: {}\nfloor: bod\n')).toEqual({
      ok: false,
      error: [expect.stringMatching(/policy\.yaml:2:1: .*`thresholds`/), expect.stringMatching(/policy\.yaml:3:8: /)],
    });
  });

  it('is read as of the day that is given', async () => {
    const text = (expires: string) =>
      `version: 1\nsuppressions:\n  - {id: a, match: {packages: [a]}, reason: x, owner: me, expires: ${expires}}\n`;
    expect((await read(text('2026-12-01'), '2026-12-01')).ok).toBe(true);
    expect(await read(text('2026-12-01'), '2026-12-02')).toMatchObject({ ok: false });
  });

  it('that is not there is told', async () => {
    expect(await readPolicyFile('no/such/policy.yaml', '2026-11-20')).toEqual({
      ok: false,
      error: ['no/such/policy.yaml: there is no such file'],
    });
  });

  it('that is a directory is told', async () => {
    const folder = path.dirname(file);
    expect(await readPolicyFile(folder, '2026-11-20')).toEqual({
      ok: false,
      error: [`${folder}: it is a directory`],
    });
  });
});
