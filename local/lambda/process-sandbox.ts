/** An execution environment in a process of its own: its whole memory counts, and nothing it does reaches this process. */
import { fork } from 'node:child_process';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { clockOffsetMs } from '../clock-offset.ts';
import type { ProcessOrder, ProcessReport } from './protocol.ts';
import { KILLED, type Sandbox, type SandboxOptions } from './sandbox.ts';

/** The words of Lambda's own host for the signals that end a Node.js process. */
const SIGNALS: Readonly<Record<string, string>> = {
  SIGKILL: KILLED,
  SIGABRT: 'signal: aborted',
  SIGSEGV: 'signal: segmentation fault',
  SIGTRAP: 'signal: trace/breakpoint trap',
  SIGTERM: 'signal: terminated',
};

const phraseOf = (code: number | null, signal: NodeJS.Signals | null): string | undefined => {
  if (signal !== null) return SIGNALS[signal] ?? `signal: ${signal}`;
  return code === 0 ? undefined : `exit status ${code}`;
};

export const startProcess = (options: SandboxOptions): Sandbox => {
  const { settings, variables, memoryMb, clock, onLog, hear } = options;
  const child = fork(new URL('./supervisor.ts', import.meta.url), [], {
    env: { ...variables },
    execPath: process.execPath,
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const streams = [child.stdout, child.stderr].filter((stream) => stream instanceof Socket);
  for (const input of streams) createInterface({ input }).on('line', onLog);
  // A failure to send means that the process has ended, which is told by itself.
  const send = (order: ProcessOrder): void => void child.send(order, () => undefined);
  const stopListening = clock.onAdvance(() => send({ kind: 'clock', offsetMs: clockOffsetMs(clock.offset) }));

  let usedMb = 0;
  let ending = false;
  child.on('message', (report: ProcessReport) => {
    if (report.kind === 'memory') usedMb = report.usedMb;
    else hear(report.message);
  });
  const exited = new Promise<string | undefined>((resolve) => {
    child.once('exit', (code, signal) => {
      if (signal === 'SIGKILL' && !ending) usedMb = memoryMb;
      resolve(phraseOf(code, signal));
    });
  });
  // What it told last may still be on its way when the system already tells of its end.
  const disconnected = new Promise<void>((resolve) => child.once('disconnect', resolve));
  const failed = new Promise<string>((resolve) => {
    child.once('error', (cause) => {
      onLog(String(cause));
      resolve('exit status 1');
    });
  });
  const gone = Promise.race([failed, disconnected.then(() => exited)]).then((how) => {
    stopListening();
    hear({ kind: 'exit', how });
  });

  send({ kind: 'start', settings, variables, memoryMb, clockOffsetMs: clockOffsetMs(clock.offset) });

  const hold = (held: boolean): void => {
    for (const handle of [child, child.channel, ...streams]) held ? handle?.ref() : handle?.unref();
  };

  return {
    usedMb: () => usedMb,
    hold,
    invoke: (invocation) => send({ kind: 'invoke', invocation }),
    end: async () => {
      ending = true;
      // Whoever waits for the end may have nothing else to stay alive for.
      hold(true);
      child.kill('SIGKILL');
      await gone;
      // A child of its own may hold its pipes for longer than it lives.
      hold(false);
    },
  };
};
