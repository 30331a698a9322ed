/** An execution environment in a thread of this process: cheap to start, its memory watched from outside. */
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { startHandlerThread } from './handler-thread.ts';
import type { HandlerMessage } from './protocol.ts';
import { KILLED, type Sandbox, type SandboxOptions } from './sandbox.ts';
import { isolateBytes, usedMbOfThread } from './thread-memory.ts';

/** A loop that fills Buffers takes some 20 MB in this time. */
const LOOK_MS = 20;
/** Where V8 itself ends the thread: far above the setting, because near its limit V8 may end the whole process. */
const HEAP_FACTOR = 2;
const END_MS = 10_000;
const STUCK = Symbol('stuck');

const isOutOfMemory = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';

export const startThread = (options: SandboxOptions): Sandbox => {
  const { settings, variables, memoryMb, clock, onLog, onFault, hear } = options;
  let usedMb = 0;
  let ended = false;
  let looking: NodeJS.Timeout | undefined;

  const exit = (how: string | undefined): void => {
    clearInterval(looking);
    if (!ended) hear({ kind: 'exit', how });
    ended = true;
  };
  /** False when it is more than the function may have. */
  const fits = (bytes: number): boolean => {
    const now = usedMbOfThread(bytes);
    usedMb = Math.min(Math.max(usedMb, now), memoryMb);
    if (now > memoryMb) exit(KILLED);
    return now <= memoryMb;
  };
  const onMessage = (message: HandlerMessage): void => {
    const answered = message.kind === 'result' || message.kind === 'error';
    if (answered) clearInterval(looking);
    if (!ended && (!answered || fits(message.memoryBytes))) hear(message);
  };

  const thread = startHandlerThread({
    settings,
    variables,
    clockOffset: clock.offset,
    memoryMb,
    maxHeapMb: memoryMb * HEAP_FACTOR,
    capture: true,
    onMessage,
  });
  const { worker } = thread;
  createInterface({ input: worker.stdout }).on('line', onLog);
  createInterface({ input: worker.stderr }).on('line', onLog);
  worker.on('error', (cause) => {
    if (isOutOfMemory(cause)) usedMb = memoryMb;
    else onLog(String(cause));
    exit(isOutOfMemory(cause) ? KILLED : 'exit status 1');
  });
  worker.on('exit', (code) => exit(code === 0 ? undefined : `exit status ${code}`));

  /** The host looks, because a handler that never yields leaves its own thread no time to look at itself. */
  const watch = (): void => {
    let asked = false;
    looking = setInterval(() => {
      if (asked) return;
      asked = true;
      worker.getHeapStatistics().then(
        (statistics) => {
          asked = false;
          if (!ended) fits(isolateBytes(statistics));
        },
        // Rejected only when the thread has ended, and that is told by itself.
        () => undefined,
      );
    }, LOOK_MS);
    looking.unref();
  };
  watch();

  return {
    usedMb: () => usedMb,
    hold: (held) => (held ? worker.ref() : worker.unref()),
    invoke: (invocation) => {
      clearInterval(looking);
      usedMb = 0;
      watch();
      thread.invoke(invocation);
    },
    end: async () => {
      if ((await Promise.race([worker.terminate(), wait(END_MS, STUCK, { ref: false })])) === STUCK) {
        onFault(new Error('V8 does not interrupt the loop of a handler; its thread ends with this process only.'));
      }
    },
  };
};
