import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createKevFeed } from '../../local/kev-feed.ts';
import { type HttpServer, startServer } from '../support/http-server.ts';

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'sekisho-kev-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

const file = (content: string): string => {
  const name = path.join(directory, 'kev.json');
  writeFileSync(name, content);
  return name;
};

let server: HttpServer | undefined;
afterEach(() => server?.close());

const serve = async (feedFile?: string) => {
  const feed = await createKevFeed(feedFile);
  server = await startServer(feed.handle);
  const { url } = server;
  return async (method: string, query = '', body?: string) => {
    const response = await fetch(`${url}/${query}`, { method, ...(body !== undefined && { body }) });
    return { status: response.status, type: response.headers.get('content-type'), body: await response.text() };
  };
};

describe('the feed', () => {
  it('has a few entries at first, in CISA’s form', async () => {
    const ask = await serve();
    const { status, type, body } = await ask('GET');
    expect({ status, type }).toEqual({ status: 200, type: 'application/json' });
    const { count, catalogVersion, vulnerabilities } = JSON.parse(body);
    expect({ count, catalogVersion }).toEqual({ count: 4, catalogVersion: '2023.11.21' });
    expect(
      vulnerabilities.map((entry: Record<string, unknown>) => [
        entry.cveID,
        entry.dateAdded,
        entry.knownRansomwareCampaignUse,
      ]),
    ).toEqual([
      ['CVE-2021-44228', '2021-12-10', 'Known'],
      ['CVE-2014-6271', '2022-01-28', 'Unknown'],
      ['CVE-2023-44487', '2023-10-10', 'Unknown'],
      ['CVE-2023-4911', '2023-11-21', 'Unknown'],
    ]);
  });

  it('is that of a file where one is named', async () => {
    const ask = await serve(file('{"vulnerabilities":[]}'));
    expect((await ask('GET')).body).toBe('{"vulnerabilities":[]}');
  });

  it('is replaced by what is put, even if it is no JSON', async () => {
    const ask = await serve();
    for (const body of ['{"vulnerabilities":[{"cveID":"CVE-2026-0001"}]}', '<html>']) {
      expect((await ask('PUT', '', body)).status).toBe(200);
      expect(await ask('GET')).toMatchObject({ status: 200, body });
    }
  });

  it('fails as asked until it is replaced', async () => {
    const ask = await serve();
    expect((await ask('POST', '?status=503')).status).toBe(200);
    expect((await ask('GET')).status).toBe(503);
    expect((await ask('GET')).status).toBe(503);
    await ask('PUT', '', '{}');
    expect(await ask('GET')).toMatchObject({ status: 200, body: '{}' });
  });

  it.each(['', '?status=', '?status=200', '?status=5xx', '?status=5030'])(
    'is not made to fail by %j',
    async (query) => {
      const ask = await serve();
      expect((await ask('POST', query)).status).toBe(400);
      expect((await ask('GET')).status).toBe(200);
    },
  );

  it('takes nothing else', async () => {
    const ask = await serve();
    expect((await ask('DELETE')).status).toBe(405);
  });
});

describe('a file for the feed', () => {
  it('that is no JSON is refused by its name', async () => {
    await expect(createKevFeed(file('no JSON'))).rejects.toThrow(/kev\.json, cannot be read as JSON/);
  });

  it('that is not there is refused by its name', async () => {
    await expect(createKevFeed(path.join(directory, 'gone.json'))).rejects.toThrow(/gone\.json, cannot be read/);
  });
});
