/** The main thread of an environment that is a process: starts the thread of the handler, and watches over the memory. */
import { getHeapStatistics } from 'node:v8';
import { newClockOffset, setClockOffsetMs } from '../clock-offset.ts';
import { type HandlerThread, startHandlerThread } from './handler-thread.ts';
import type { HandlerMessage, ProcessOrder, ProcessReport } from './protocol.ts';
import { isolateBytes } from './thread-memory.ts';

const LOOK_MS = 10;
const MB = 1024 * 1024;
/** Lambda starts Node.js with an old generation of nine tenths of the memory setting. */
const HEAP_SHARE = 0.9;

const clockOffset = newClockOffset();
let thread: HandlerThread | undefined;
let ended = false;
let usedMb = 0;

const tell = (report: ProcessReport): void => void process.send?.(report);
const killSelf = (): void => void process.kill(process.pid, 'SIGKILL');

/** The whole resident set, but for the isolate of this thread, which is none of the function's. */
const look = (memoryMb: number): void => {
  const bytes = process.memoryUsage.rss() - isolateBytes(getHeapStatistics());
  if (Math.ceil(bytes / MB) <= usedMb) return;
  usedMb = Math.ceil(bytes / MB);
  if (usedMb > memoryMb) killSelf();
  tell({ kind: 'memory', usedMb });
};

const start = ({ settings, variables, memoryMb }: ProcessOrder & { readonly kind: 'start' }): HandlerThread => {
  const looking = setInterval(look, LOOK_MS, memoryMb);
  const onMessage = (message: HandlerMessage): void => {
    look(memoryMb);
    tell({ kind: 'message', message });
  };
  const maxHeapMb = Math.floor(memoryMb * HEAP_SHARE);
  const started = startHandlerThread({
    settings,
    variables,
    clockOffset,
    memoryMb,
    maxHeapMb,
    capture: false,
    onMessage,
  });
  started.worker.on('error', (cause) => {
    console.error(String(cause));
    if ('code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY') killSelf();
  });
  started.worker.on('exit', (code) => {
    ended = true;
    clearInterval(looking);
    process.exitCode = code;
    process.disconnect();
  });
  return started;
};

process.on('message', (order: ProcessOrder) => {
  switch (order.kind) {
    case 'start':
      setClockOffsetMs(clockOffset, order.clockOffsetMs);
      thread = start(order);
      return;
    case 'clock':
      setClockOffsetMs(clockOffset, order.offsetMs);
      return;
    case 'invoke':
      usedMb = 0;
      thread?.invoke(order.invocation);
  }
});

// The host has ended without a word: nobody is left to end this process.
process.on('disconnect', () => {
  if (!ended) killSelf();
});
// A terminal signals all processes that it started; the host decides when its environments end.
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined);
