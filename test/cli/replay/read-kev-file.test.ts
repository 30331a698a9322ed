import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readKevFile } from '../../../cli/replay/read-kev-file.ts';

let file: string;
beforeAll(() => {
  file = path.join(mkdtempSync(path.join(tmpdir(), 'sekisho-read-kev-')), 'kev.json');
});
afterAll(() => rmSync(path.dirname(file), { recursive: true }));

const FEED = {
  catalogVersion: '2026.11.02',
  dateReleased: '2026-11-02T18:00:12.3456Z',
  vulnerabilities: [{ cveID: 'CVE-2021-44228', dateAdded: '2021-12-10', knownRansomwareCampaignUse: 'Known' }],
};

const read = (text: string) => {
  writeFileSync(file, text);
  return readKevFile(file, '2026-11-20');
};

describe('a file with CISA’s list', () => {
  it('is as old as the release that it is', async () => {
    expect(await read(JSON.stringify(FEED))).toEqual({
      ok: true,
      value: {
        version: '2026.11.02',
        loadedAt: '2026-11-02T18:00:12.345Z',
        entries: new Map([['CVE-2021-44228', { dateAdded: '2021-12-10', ransomware: true }]]),
      },
    });
  });

  it.each([
    ['none', undefined],
    ['one that is no date', 'lately'],
    ['a number', { on: 3 }],
  ])('with %s for the release is of today', async (_, dateReleased) => {
    expect(await read(JSON.stringify({ ...FEED, dateReleased }))).toMatchObject({
      value: { loadedAt: '2026-11-20T00:00:00.000Z' },
    });
  });

  it.each([
    ['no JSON', 'CVE-2021-44228\n', 'CISA’s feed is not JSON.'],
    ['another JSON', '[]', 'CISA’s feed has no usable JSON object.'],
    ['an empty list', JSON.stringify({ ...FEED, vulnerabilities: [] }), 'CISA’s feed has no usable vulnerabilities.'],
  ])('that is %s is told', async (_, text, reason) => {
    expect(await read(text)).toEqual({ ok: false, error: `${file}: ${reason}` });
  });

  it('that is not there is told', async () => {
    expect(await readKevFile('no/such/kev.json', '2026-11-20')).toEqual({
      ok: false,
      error: 'no/such/kev.json: there is no such file',
    });
  });
});
