/** Environments as such, in a thread and in a process alike: what they are given, and how they end. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { writeBundle } from './bundle.ts';
import { functionStarter, hostProgram, IN_PROCESS_MB, IN_THREAD_MB, isAlive, until } from './function-starter.ts';

const started = functionStarter();
const { clock, functionOf } = started;
afterEach(async () => {
  vi.useRealTimers();
  await started.closeAll();
});

const sockets = new Set<Socket>();
let server: Server;
let port: number;
beforeAll(async () => {
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.resume();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : Number.NaN;
});
afterAll(() => void server.close());

const timedOut = {
  ok: false,
  errorType: 'Sandbox.Timedout',
  errorMessage: expect.stringMatching(/after 60\.00 seconds$/),
};

describe.each([
  ['a thread', IN_THREAD_MB],
  ['a process of its own', IN_PROCESS_MB],
])('an environment in %s', (_where, memoryMb) => {
  it('sees its own variables only', async () => {
    const fn = await functionOf('export const handler = async () => Object.keys(process.env).sort();', {
      memoryMb,
      environment: { TABLE_NAME: 'table', NODE_OPTIONS: '--enable-source-maps' },
    });
    expect(await fn.invoke({})).toEqual({
      ok: true,
      payload: [
        'AWS_CONFIG_FILE',
        'AWS_DEFAULT_REGION',
        'AWS_EXECUTION_ENV',
        'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
        'AWS_LAMBDA_FUNCTION_NAME',
        'AWS_LAMBDA_FUNCTION_VERSION',
        'AWS_LAMBDA_INITIALIZATION_TYPE',
        'AWS_LAMBDA_LOG_GROUP_NAME',
        'AWS_LAMBDA_LOG_STREAM_NAME',
        'AWS_REGION',
        'AWS_SHARED_CREDENTIALS_FILE',
        'LAMBDA_TASK_ROOT',
        'LANG',
        'NODE_OPTIONS',
        'PATH',
        'TABLE_NAME',
        'TZ',
        '_HANDLER',
      ],
    });
  });

  it('follows the clock, before, between and during events', async () => {
    clock.advance(3600);
    const fn = await functionOf(
      `export const handler = async (event) => {
         const before = Date.now();
         if (event.wait) {
           console.log('waiting');
           while (Date.now() - before < 3600000) await new Promise((resolve) => setTimeout(resolve, 5));
         }
         return Math.round((Date.now() - event.now) / 3600000);
       };`,
      { memoryMb, timeoutSeconds: 20 },
    );
    const now = clock.nowMs();
    expect(await fn.invoke({ now })).toEqual({ ok: true, payload: 0 });
    clock.advance(2 * 3600);
    expect(await fn.invoke({ now })).toEqual({ ok: true, payload: 2 });
    const during = fn.invoke({ now, wait: true });
    await until(() => expect(started.logs).toContain('waiting'));
    clock.advance(3600);
    expect(await during).toEqual({ ok: true, payload: 3 });
  });

  it.each([
    ['waits', 'await new Promise(() => {});'],
    ['never yields', 'for (;;) {}'],
  ])('is ended at its timeout when the handler %s, its sockets with it, and is not used again', async (_how, spend) => {
    const fn = await functionOf(
      `import { connect } from 'node:net';
       import { once } from 'node:events';
       let count = 0;
       export const handler = async (event) => {
         count += 1;
         if (!event.spend) return count;
         await once(connect(event.port, '127.0.0.1'), 'connect');
         ${spend}
       };`,
      { memoryMb, timeoutSeconds: 60 },
    );
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    expect(await fn.invoke({ spend: false })).toEqual({ ok: true, payload: 1 });
    const spent = fn.invoke({ spend: true, port });
    await until(() => expect(sockets.size).toBe(1));
    vi.advanceTimersByTime(60_000);
    expect(await spent).toMatchObject(timedOut);
    await until(() => expect(sockets.size).toBe(0));
    expect(await fn.invoke({ spend: false })).toEqual({ ok: true, payload: 1 });
  });

  it.each([
    ['an error of the handler', "throw new RangeError('too far');", 'RangeError', 'too far'],
    ['an exit', 'process.exit(7);', 'Runtime.ExitError', /exit status 7$/],
    ['an exit without an error', 'process.exit(0);', 'Runtime.ExitError', /without providing a reason$/],
    [
      'a stray rejection',
      "Promise.reject(new Error('stray')); await new Promise(() => {});",
      'Runtime.UnhandledPromiseRejection',
      'Error: stray',
    ],
  ])('tells of %s', async (_title, fail, errorType, message) => {
    const fn = await functionOf(`export const handler = async () => { ${fail} };`, { memoryMb });
    const errorMessage = typeof message === 'string' ? message : expect.stringMatching(message);
    expect(await fn.invoke({})).toMatchObject({ ok: false, errorType, errorMessage });
  });

  it('passes on events and answers of 5 MB', async () => {
    const fn = await functionOf('export const handler = async (event) => event;', { memoryMb, timeoutSeconds: 20 });
    const event = '"'.repeat(2_500_000);
    expect(await fn.invoke(event)).toEqual({ ok: true, payload: event });
  });

  it('is ended while it stands still', async () => {
    const fn = await functionOf('export const handler = async () => process.pid;', { memoryMb });
    const outcome = await fn.invoke({});
    await fn.close();
    const pid = outcome.ok ? Number(outcome.payload) : Number.NaN;
    expect(pid === process.pid || !isAlive(pid)).toBe(true);
  });

  it.each([
    ['after an event', 'await fn.invoke({});'],
    ['during an event', 'fn.invoke({ wait: true });'],
  ])('can be closed %s by a process that has nothing else to do', async (_when, use) => {
    const bundle = await writeBundle(
      'export const handler = (event) => (event.wait ? new Promise(() => {}) : Promise.resolve());',
    );
    const host = await writeBundle(
      hostProgram(bundle.file, memoryMb, `${use} await fn.close(); console.log('closed');`),
    );
    const run = promisify(execFile)(process.execPath, [host.file]);
    expect((await run).stdout).toMatch(/(^|\n)closed\n/);
    await Promise.all([bundle.remove(), host.remove()]);
  });
});
