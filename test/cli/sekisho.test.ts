import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { json } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand, startCommand } from './run-command.ts';

let folder: string;
let server: Server;
let endpoint: string;
/** What the server is asked, and what it answers to the next request. */
let asked: { readonly path: string | undefined; readonly body: unknown }[] = [];
let answer: (body: unknown) => { readonly status: number; readonly body: unknown };

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'sekisho-command-'));
  server = createServer(async (request, response) => {
    const body = await json(request);
    asked.push({ path: request.url, body });
    const answered = answer(body);
    response.writeHead(answered.status, { 'content-type': 'application/json' }).end(JSON.stringify(answered.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  rmSync(folder, { recursive: true });
});

const eventFile = (name: string, text: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};

describe.concurrent('the help', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['of sekisho', ['--help'], ['start', 'send', 'replay']],
    ['of start', ['start', '--help'], ['--once', '--empty', '--port <number>', '--json', 'Examples:']],
    ['of send', ['send', '--help'], ['<file|directory...>', '--endpoint <url>', 'JSON lines', 'Examples:']],
    ['of replay', ['replay', '--help'], ['<file|directory...>', 'JSON lines', 'rejected', 'Examples:']],
  ])('%s goes to the output and ends with 0', async (_title, args, words) => {
    const { code, stdout, stderr } = await runCommand(...args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const word of words) expect(stdout).toContain(word);
  });

  it('is the same on an older Node.js, by the one that was brought along', async () => {
    const { ended } = startCommand(['--help'], { olderNode: true });
    expect(await ended).toEqual(await runCommand('--help'));
  });
});

describe.concurrent('a wrong use', () => {
  it.each<[string, readonly string[], RegExp]>([
    ['no command', [], /^Usage: sekisho/],
    ['an unknown command', ['begin'], /unknown command 'begin'/],
    ['an unknown option', ['start', '--twice'], /unknown option '--twice'/],
    ['an argument too many', ['start', 'now'], /too many arguments/],
    ['a port that is no number', ['start', '--port', 'http'], /must be a port number from 0 to 65535/],
    ['a port that is too high', ['start', '--port', '65536'], /must be a port number from 0 to 65535/],
    ['no file', ['send'], /missing required argument 'file\|directory'/],
  ])('with %s ends with 2 and says why', async (_title, args, message) => {
    const { code, stdout, stderr } = await runCommand(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });

  it('ends with 2 on an older Node.js too', async () => {
    expect((await startCommand(['begin'], { olderNode: true }).ended).code).toBe(2);
  });
});

describe.concurrent('a start', () => {
  it.each<[string, string, string | undefined, string]>([
    ['a policy that is not there', '--policy', undefined, 'there is no such file'],
    ['a list that is not there', '--kev-feed', undefined, 'there is no such file'],
    ['another JSON for the list', '--kev-feed', '{}', 'CISA’s feed has no usable catalogVersion.'],
  ])('with %s ends at once with 1, and says so', async (_title, option, content, reason) => {
    const name = `start${option}-${content === undefined ? 'none' : 'other'}.json`;
    const file = content === undefined ? path.join(folder, name) : eventFile(name, content);
    expect(await runCommand('start', '--once', option, file)).toEqual({
      code: 1,
      stdout: '',
      stderr: `${file}: ${reason}\n`,
    });
  });
});

describe('sending events', () => {
  it('to nobody ends with 1 and says what to do', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const nobody = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`;
    await new Promise((resolve) => closed.close(resolve));
    const { code, stderr } = await runCommand('send', eventFile('one.json', '{}'), '--endpoint', nobody);
    expect(code).toBe(1);
    expect(stderr).toBe(
      `sekisho: nothing answers at ${nobody}; is "sekisho start" running there? Give its address with --endpoint.\n`,
    );
  });

  it('to something else ends with 1 and says so', async () => {
    answer = () => ({ status: 404, body: {} });
    const { code, stderr } = await runCommand('send', eventFile('one.json', '{}'), '--endpoint', endpoint);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: `sekisho: ${endpoint} answered 404; it is no local runtime of Sekisho.\n`,
    });
  });

  it('counts what was taken, ignored and rejected, and says why', async () => {
    asked = [];
    answer = () => ({
      status: 200,
      body: [
        { accepted: true, rules: ['sekisho-image-pushed'] },
        { accepted: true, rules: [], reason: 'no rule of the template takes this "Weather"' },
        { accepted: false, rules: [], reason: 'The event lacks detail.' },
      ],
    });
    const file = eventFile('three.jsonl', '{"id":"a"}\n{"id":"b"}\n{"id":"c"}\n');
    const { code, stdout, stderr } = await runCommand('send', file, '--endpoint', `${endpoint}/`);
    expect(asked).toEqual([{ path: '/_local/events', body: [{ id: 'a' }, { id: 'b' }, { id: 'c' }] }]);
    expect(stdout).toBe(`1 taken, 1 ignored, 1 rejected\nwhat became of them: ${endpoint}/_local/state\n`);
    expect(stderr).toBe(
      `sekisho: ${file}: ignored: no rule of the template takes this "Weather"\n` +
        `sekisho: ${file}: rejected: The event lacks detail.\n`,
    );
    expect(code).toBe(1);
  });

  it('ends with 0 when all were taken or ignored', async () => {
    answer = () => ({ status: 200, body: [{ accepted: true, rules: [] }] });
    const { code, stdout } = await runCommand('send', eventFile('one.json', '{}'), '--endpoint', endpoint);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '0 taken, 1 ignored, 0 rejected\n' });
  });

  it('sends 100 events a request, and the good ones although a file is bad', async () => {
    asked = [];
    answer = (body) => ({ status: 200, body: (body as unknown[]).map(() => ({ accepted: true, rules: ['rule'] })) });
    const [many, bad] = [eventFile('many.jsonl', '{"id":"a"}\n'.repeat(250)), eventFile('bad.json', '{')];
    const { code, stdout, stderr } = await runCommand('send', bad, many, '--endpoint', endpoint);
    expect(asked.map(({ body }) => (body as unknown[]).length)).toEqual([100, 100, 50]);
    expect(stdout).toContain('250 taken, 0 ignored, 1 rejected\n');
    expect(stderr).toContain(`sekisho: ${bad}: it is not JSON`);
    expect(stderr).toContain('250 of 250 sent');
    expect(code).toBe(1);
  });
});
