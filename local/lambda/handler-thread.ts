/** The thread in which a handler runs, which is frozen between two events as Lambda freezes an environment. */
import { Worker } from 'node:worker_threads';
import {
  FROZEN,
  type HandlerMessage,
  type HandlerSettings,
  type Invocation,
  THAWED,
  type ThreadSettings,
} from './protocol.ts';

export interface HandlerThreadOptions {
  readonly settings: HandlerSettings;
  readonly variables: Readonly<Record<string, string>>;
  readonly clockOffset: SharedArrayBuffer;
  readonly memoryMb: number;
  /** V8's own limit; near it V8 has little time to end the thread, and may end the process instead. */
  readonly maxHeapMb: number;
  /** Whether what the thread writes is kept for the caller; otherwise it goes where the process writes. */
  readonly capture: boolean;
  readonly onMessage: (message: HandlerMessage) => void;
}

export interface HandlerThread {
  readonly worker: Worker;
  /** Thaws the thread and gives it the event. */
  readonly invoke: (invocation: Invocation) => void;
}

/** Lambda starts Node.js with a semi-space of a twentieth of the memory setting; the young generation has three. */
const maxYoungMb = (memoryMb: number): number => 3 * Math.floor(memoryMb / 20);

/** Throws when no thread can be started with the NODE_OPTIONS among the variables. */
export const startHandlerThread = (options: HandlerThreadOptions): HandlerThread => {
  const { settings, variables, clockOffset, memoryMb, maxHeapMb, capture, onMessage } = options;
  const gate = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  const worker = new Worker(new URL('./bootstrap.ts', import.meta.url), {
    workerData: { ...settings, clockOffset, gate } satisfies ThreadSettings,
    env: { ...variables },
    argv: [],
    execArgv: [],
    stdout: capture,
    stderr: capture,
    resourceLimits: { maxOldGenerationSizeMb: maxHeapMb, maxYoungGenerationSizeMb: maxYoungMb(memoryMb) },
  });
  worker.on('message', onMessage);
  return {
    worker,
    invoke: (invocation) => {
      const state = new Int32Array(gate);
      if (Atomics.compareExchange(state, 0, FROZEN, THAWED) === FROZEN) Atomics.notify(state, 0);
      worker.postMessage(invocation);
    },
  };
};
