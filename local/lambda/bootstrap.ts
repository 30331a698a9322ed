/** Runs in the thread of a handler: loads the handler once, then answers one event at a time, and is frozen in between. */
import { setImmediate as turn } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { getHeapStatistics } from 'node:v8';
import { parentPort, workerData } from 'node:worker_threads';
import { installClock } from '../clock-offset.ts';
import { errorFromImport, errorFromThrown, handlerNotFound, unhandledRejection } from './invocation-error.ts';
import { addedResources } from './left-running.ts';
import { FROZEN, type HandlerMessage, type Invocation, type ThreadSettings } from './protocol.ts';
import { isolateBytes } from './thread-memory.ts';

// Exit codes of Lambda's own Node.js runtime.
const EXIT_UNHANDLED_REJECTION = 128;
const EXIT_UNCAUGHT_EXCEPTION = 129;

/** What a connection gets to be given back to its pool, or to be closed, after the handler has answered. */
const GRACE_MS = 100;

/** Counted once more while the host has not yet taken what was written to the log. */
const OWN_RESOURCE = 'MessagePort';

type Handler = (event: unknown, context: object) => unknown;

const settings: ThreadSettings = workerData;
if (parentPort === null) throw new Error('A handler runs in a worker thread only.');
const port = parentPort;
const tell = (message: HandlerMessage): void => port.postMessage(message);
const gate = new Int32Array(settings.gate);
// Bound now: what the function does to its streams must not hold up the answer.
const streams = [process.stdout.write.bind(process.stdout), process.stderr.write.bind(process.stderr)];

installClock(settings.clockOffset);

process.on('unhandledRejection', (reason) => {
  tell({ kind: 'crash', error: unhandledRejection(reason) });
  process.exit(EXIT_UNHANDLED_REJECTION);
});
process.on('uncaughtException', (thrown) => {
  tell({ kind: 'crash', error: errorFromThrown(thrown) });
  process.exit(EXIT_UNCAUGHT_EXCEPTION);
});

const jsonOf = (answer: unknown): string => {
  // A function, a symbol and undefined have no JSON; Lambda answers null for them.
  try {
    return JSON.stringify(answer) ?? 'null';
  } catch (cause) {
    throw new Error('Unable to stringify response body', { cause });
  }
};

const answerTo = async (handler: Handler, { event, context, timeoutMs }: Invocation): Promise<HandlerMessage> => {
  // Timeouts run in real time, so the deadline must not move when the clock is advanced.
  const deadline = performance.now() + timeoutMs;
  try {
    const answer = await handler(JSON.parse(event), {
      ...context,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
    });
    const payload = jsonOf(answer);
    return { kind: 'result', payload, memoryBytes: isolateBytes(getHeapStatistics()) };
  } catch (thrown) {
    return { kind: 'error', error: errorFromThrown(thrown), memoryBytes: isolateBytes(getHeapStatistics()) };
  }
};

/** What ran before the module of the handler was loaded: this file's own. */
const before = process.getActiveResourcesInfo();
const told = new Set<string>();

/** What the handler or its module left running, but for what was told of before. */
const newlyLeft = async (): Promise<readonly string[]> => {
  const left = (): readonly string[] =>
    addedResources(before, process.getActiveResourcesInfo()).filter((kind) => kind !== OWN_RESOURCE && !told.has(kind));
  await turn();
  const atOnce = left();
  // A timer that fires in the time of grace is as much left running as one that does not.
  const timers = atOnce.filter((kind) => kind === 'Timeout');
  const others = (): readonly string[] => left().filter((kind) => kind !== 'Timeout');
  for (const end = performance.now() + GRACE_MS; others().length > 0 && performance.now() < end; ) await turn();
  const kinds = [...timers, ...others()];
  for (const kind of kinds) told.add(kind);
  return kinds;
};

const logWritten = async (): Promise<void> => {
  await Promise.all(streams.map((write) => new Promise<void>((resolve) => write('', () => resolve()))));
};

/** Stops this thread's event loop until the host opens the gate: no timer fires, no answer is read. */
const freeze = (left: readonly string[]): void => {
  Atomics.store(gate, 0, FROZEN);
  tell({ kind: 'settled', left });
  Atomics.wait(gate, 0, FROZEN);
};

const serve = (handler: Handler): void => {
  port.on('message', async (invocation: Invocation) => {
    // What happened while the thread was frozen comes first: a connection that was closed must not be used again.
    await turn();
    await turn();
    tell(await answerTo(handler, invocation));
    const left = await newlyLeft();
    await logWritten();
    freeze(left);
  });
  tell({ kind: 'ready' });
};

try {
  const { [settings.exportName]: handler } = await import(pathToFileURL(settings.file).href);
  if (typeof handler === 'function') serve(handler);
  else tell({ kind: 'crash', error: handlerNotFound(settings.handler) });
} catch (thrown) {
  tell({ kind: 'crash', error: errorFromImport(thrown) });
}
