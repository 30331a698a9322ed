import { spawn } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { writeBundle } from './bundle.ts';
import { functionStarter, hostProgram, IN_PROCESS_MB, isAlive, until } from './function-starter.ts';

const started = functionStarter();
const { functionOf } = started;
afterEach(started.closeAll);

describe('an environment that is a process', () => {
  it('is ended by a signal without this process', async () => {
    const fn = await functionOf("export const handler = async () => process.kill(process.pid, 'SIGABRT');", {
      memoryMb: IN_PROCESS_MB,
    });
    expect(await fn.invoke({})).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('Runtime exited with error: signal: aborted'),
    });
  });

  it.each([
    ['stands still', "'fine'"],
    ['never yields', '(() => { for (;;); })()'],
  ])('ends with the process that started it, even when its handler %s', async (_title, answer) => {
    const bundle = await writeBundle(
      `export const handler = async () => { console.log('pid ' + process.pid); return ${answer}; };`,
    );
    const host = await writeBundle(
      hostProgram(bundle.file, IN_PROCESS_MB, 'setInterval(() => {}, 1000); await fn.invoke({});'),
    );
    const running = spawn(process.execPath, [host.file], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    running.stdout.on('data', (chunk) => (output += String(chunk)));
    await until(() => expect(output).toMatch(/pid \d+\n/));
    const pid = Number(/pid (\d+)/.exec(output)?.[1]);
    expect(isAlive(pid)).toBe(true);
    running.kill('SIGKILL');
    await until(() => expect(isAlive(pid)).toBe(false));
    await Promise.all([bundle.remove(), host.remove()]);
  });
});
