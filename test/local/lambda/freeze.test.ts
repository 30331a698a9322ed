/** What goes on between two events: nothing, as on Lambda, in a thread and in a process alike. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { functionStarter, IN_PROCESS_MB, IN_THREAD_MB, until } from './function-starter.ts';

const started = functionStarter();
const { functionOf } = started;
afterEach(started.closeAll);

let server: Server;
let url: string;
beforeAll(async () => {
  // It answers, but for /never.
  server = createServer((request, response) => {
    if (request.url !== '/never') response.end('answered');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 150));

describe.each([
  ['a thread', IN_THREAD_MB],
  ['a process of its own', IN_PROCESS_MB],
])('an environment in %s', (_where, memoryMb) => {
  it('stands still between two events: its timers fire in the next one', async () => {
    const fn = await functionOf(
      `let ticks = 0;
       setInterval(() => { ticks += 1; }, 5).unref();
       export const handler = async (event) => {
         const before = ticks;
         if (event.wait) await new Promise((resolve) => setTimeout(resolve, 100));
         return { before, after: ticks };
       };`,
      { memoryMb },
    );
    const first = await fn.invoke({ wait: true });
    const seen = first.ok ? (first.payload as { after: number }).after : Number.NaN;
    expect(seen).toBeGreaterThan(2);
    await pause();
    const second = await fn.invoke({ wait: false });
    // One tick that was due when it was frozen, and one more on a slow machine; 150 ms would be thirty.
    expect(second).toMatchObject({ ok: true, payload: { before: expect.toSatisfy((n: number) => n - seen <= 5) } });
    expect(started.faults).toEqual([]);
  });

  it('fails in the next event by an error that was left for later', async () => {
    const fn = await functionOf(
      `let count = 0;
       export const handler = async () => {
         count += 1;
         if (count === 1) setTimeout(() => { throw new Error('too late'); }, 20);
         else await new Promise((resolve) => setTimeout(resolve, 1000));
         return count;
       };`,
      { memoryMb },
    );
    expect(await fn.invoke({})).toEqual({ ok: true, payload: 1 });
    await pause();
    expect(started.logs.join('\n')).not.toContain('too late');
    expect(await fn.invoke({})).toMatchObject({ ok: false, errorType: 'Error', errorMessage: 'too late' });
    expect(await fn.invoke({})).toEqual({ ok: true, payload: 1 });
  });

  it('is reported when it left a timer', async () => {
    const fn = await functionOf('export const handler = async () => { setTimeout(() => {}, 60000); };', { memoryMb });
    await fn.invoke({});
    expect(started.faults).toEqual(['on-test left a timer running when it answered; Lambda freezes it']);
  });

  describe('is reported, and ended', () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
    afterEach(() => void vi.useRealTimers());

    it.each([
      ['a loop', "setImmediate(() => { console.log('looping'); for (;;); });"],
      ['promises without end', "console.log('looping'); void (async () => { for (;;) await null; })();"],
    ])('when it left %s', async (_title, leave) => {
      const fn = await functionOf(
        `let count = 0;
         export const handler = async (event) => { count += 1; if (event.leave) { ${leave} } return count; };`,
        // Far more than the time in which the host gives up.
        { memoryMb, timeoutSeconds: 100_000 },
      );
      expect(await fn.invoke({ leave: false })).toEqual({ ok: true, payload: 1 });
      const outcome = fn.invoke({ leave: true });
      await until(() => expect(started.logs).toContain('looping'));
      await until(() => {
        vi.advanceTimersByTime(5_000);
        expect(started.faults).toEqual(['on-test left a loop running when it answered; Lambda freezes it']);
      });
      expect(await outcome).toEqual({ ok: true, payload: 2 });
      expect(await fn.invoke({ leave: false })).toEqual({ ok: true, payload: 1 });
    });
  });

  it('has written its log before it stands still', async () => {
    const fn = await functionOf(
      "export const handler = async () => { for (let line = 1; line <= 200; line += 1) console.log('line ' + line + 'x'.repeat(1000)); };",
      { memoryMb },
    );
    await fn.invoke({});
    await until(() => expect(started.logs.filter((line) => line.startsWith('line '))).toHaveLength(200));
  });

  it('takes a connection that the other side closed meanwhile for closed', async () => {
    const fn = await functionOf(
      `const http = await import('node:http');
       const agent = new http.Agent({ keepAlive: true });
       export const handler = (event) => new Promise((resolve, reject) =>
         http.get(event.url, { agent }, (answer) => answer.resume().on('end', () => resolve('fine'))).on('error', reject));`,
      { memoryMb },
    );
    for (const _event of [1, 2, 3]) {
      expect(await fn.invoke({ url })).toEqual({ ok: true, payload: 'fine' });
      server.closeAllConnections();
    }
  });
});

describe('a function', () => {
  it.each([
    ['a timer', 'setTimeout(() => {}, 60000);', 'a timer running'],
    ['a timer that fires soon', 'setTimeout(() => {}, 90);', 'a timer running'],
    ['a request without an answer', "fetch(event.url + '/never');", 'a network request running'],
    [
      'a child process',
      "(await import('node:child_process')).spawn(event.node, ['-e', 'setTimeout(() => {}, 1000)'], { stdio: 'ignore' });",
      'a child process running',
    ],
    ['a timer, and fails', "setTimeout(() => {}, 60000); throw new Error('failed');", 'a timer running'],
  ])('is reported when it left %s', async (_title, leave, what) => {
    const fn = await functionOf(`export const handler = async (event) => { ${leave} };`);
    await fn.invoke({ url, node: process.execPath });
    expect(started.faults).toEqual([`on-test left ${what} when it answered; Lambda freezes it`]);
  });

  it.each([
    ['a timer of its module', 'setInterval(() => {}, 1000);', ''],
    ['a new timer in each event', 'let timer;', 'clearTimeout(timer); timer = setTimeout(() => {}, 60000);'],
    ['a timer in its second event', 'let count = 0;', 'count += 1; if (count === 2) setTimeout(() => {}, 60000);'],
  ])('is reported once when it left %s', async (_title, load, leave) => {
    const fn = await functionOf(`${load} export const handler = async () => { ${leave} };`);
    for (const _event of [1, 2, 3]) await fn.invoke({});
    expect(started.faults).toEqual(['on-test left a timer running when it answered; Lambda freezes it']);
  });

  it('is reported for each kind that it left, and again in another environment', async () => {
    const fn = await functionOf(
      `setInterval(() => {}, 1000);
       export const handler = async (event) => {
         if (event.exit) process.exit(1);
         if (event.fetch) fetch(event.url + '/never');
       };`,
    );
    for (const event of [{}, { fetch: true }, { exit: true }, {}]) await fn.invoke({ url, ...event });
    expect(started.faults).toEqual([
      'on-test left a timer running when it answered; Lambda freezes it',
      'on-test left a network request running when it answered; Lambda freezes it',
      'on-test left a timer running when it answered; Lambda freezes it',
    ]);
  });

  it.each([
    ['nothing', ''],
    ['a timer that does not keep it alive', 'setTimeout(() => {}, 60000).unref();'],
    ['a timer that it cleared', 'clearTimeout(setTimeout(() => {}, 60000));'],
    [
      'connections that fetch keeps for later',
      'await Promise.all([1, 2].map(async () => (await fetch(event.url)).text()));',
    ],
    [
      'connections that an agent keeps for later',
      `const http = await import('node:http');
       globalThis.agent ??= new http.Agent({ keepAlive: true });
       await new Promise((resolve, reject) =>
         http.get(event.url, { agent }, (answer) => answer.resume().on('end', resolve)).on('error', reject));`,
    ],
    [
      'files that it has read',
      "await (await import('node:fs/promises')).readFile(event.node.slice(0, 0) || '/dev/null');",
    ],
    ['promises that are never settled', 'new Promise(() => {});'],
  ])('is not reported for %s', async (_title, leave) => {
    const fn = await functionOf(`export const handler = async (event) => { ${leave} return 'done'; };`);
    for (const _event of [1, 2, 3]) {
      expect(await fn.invoke({ url, node: process.execPath })).toEqual({ ok: true, payload: 'done' });
    }
    expect(started.faults).toEqual([]);
  });
});
