/** Runs in the worker thread of an execution environment: loads the handler once, then answers one event at a time. */
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { installClock } from '../clock-offset.ts';
import { errorFromImport, errorFromThrown, handlerNotFound, unhandledRejection } from './invocation-error.ts';
import type { EnvironmentMessage, EnvironmentSettings, Invocation } from './protocol.ts';

// Exit codes of Lambda's own Node.js runtime.
const EXIT_UNHANDLED_REJECTION = 128;
const EXIT_UNCAUGHT_EXCEPTION = 129;

const settings: EnvironmentSettings = workerData;
if (parentPort === null) throw new Error('An execution environment runs in a worker thread only.');
const port = parentPort;
const tell = (message: EnvironmentMessage): void => port.postMessage(message);

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

const serve = (handler: (event: unknown, context: object) => unknown): void => {
  port.on('message', async ({ event, context, timeoutMs }: Invocation) => {
    // Timeouts run in real time, so the deadline must not move when the clock is advanced.
    const deadline = performance.now() + timeoutMs;
    try {
      const answer = await handler(JSON.parse(event), {
        ...context,
        callbackWaitsForEmptyEventLoop: true,
        getRemainingTimeInMillis: () => Math.max(0, Math.floor(deadline - performance.now())),
      });
      tell({ kind: 'result', payload: jsonOf(answer) });
    } catch (thrown) {
      tell({ kind: 'error', error: errorFromThrown(thrown) });
    }
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
