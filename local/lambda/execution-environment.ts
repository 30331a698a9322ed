/** One execution environment of a function: a worker thread that loads the handler once and runs one event at a time. */
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';
import { runtimeExited, timedOut } from './invocation-error.ts';
import type { EnvironmentMessage, EnvironmentSettings, Invocation, InvocationError } from './protocol.ts';

/** Loading may take this long on top of the function's timeout (Lambda's limit of the init phase). */
const INIT_LIMIT_MS = 10_000;

export interface EnvironmentOptions extends EnvironmentSettings {
  readonly variables: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly onLog: (line: string) => void;
}

export type EnvironmentAnswer =
  | { readonly kind: 'result'; readonly payload: string }
  | { readonly kind: 'failure'; readonly error: InvocationError };

export interface ExecutionEnvironment {
  /** One at a time. An environment that timed out or crashed is no longer usable afterwards. */
  readonly invoke: (invocation: Invocation) => Promise<EnvironmentAnswer>;
  readonly usable: () => boolean;
  readonly terminate: () => Promise<void>;
}

type News =
  | EnvironmentMessage
  | { readonly kind: 'late' }
  | { readonly kind: 'fault'; readonly cause: unknown }
  | { readonly kind: 'exit'; readonly code: number };

const isOutOfMemory = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';

const answerFrom = (news: News, { context, timeoutMs }: Invocation): EnvironmentAnswer => {
  const requestId = context.awsRequestId;
  switch (news.kind) {
    case 'result':
      return news;
    case 'error':
    case 'crash':
      return { kind: 'failure', error: news.error };
    case 'late':
      return { kind: 'failure', error: timedOut(requestId, timeoutMs) };
    case 'fault':
      return {
        kind: 'failure',
        error: runtimeExited(requestId, isOutOfMemory(news.cause) ? 'signal: killed' : 'exit status 1'),
      };
    case 'exit':
      return {
        kind: 'failure',
        error: runtimeExited(requestId, news.code === 0 ? undefined : `exit status ${news.code}`),
      };
    case 'ready':
      throw new Error('An environment that had been loaded was loaded again.');
  }
};

export const startEnvironment = (options: EnvironmentOptions): ExecutionEnvironment => {
  const { file, exportName, handler, clockOffset, variables, memoryMb, onLog } = options;
  const worker = new Worker(new URL('./bootstrap.ts', import.meta.url), {
    workerData: { file, exportName, handler, clockOffset } satisfies EnvironmentSettings,
    env: { ...variables },
    argv: [],
    execArgv: [],
    stdout: true,
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  createInterface({ input: worker.stdout }).on('line', onLog);
  createInterface({ input: worker.stderr }).on('line', onLog);

  let usable = true;
  let hear: ((news: News) => void) | undefined;
  const tell = (news: News): void => {
    if (news.kind === 'crash' || news.kind === 'fault' || news.kind === 'exit') usable = false;
    // Between two events nobody waits for an answer; what went wrong then is only in the log, as it is in Lambda.
    if (hear !== undefined) hear(news);
    else if (news.kind === 'crash') onLog(JSON.stringify(news.error));
    else if (news.kind === 'fault') onLog(String(news.cause));
  };
  worker.on('message', (message: EnvironmentMessage) => tell(message));
  worker.on('error', (cause) => tell({ kind: 'fault', cause }));
  worker.on('exit', (code) => tell({ kind: 'exit', code }));

  const nextNews = (limitMs: number): Promise<News> =>
    new Promise((resolve) => {
      const timer = setTimeout(() => hear?.({ kind: 'late' }), limitMs);
      hear = (news) => {
        clearTimeout(timer);
        hear = undefined;
        resolve(news);
      };
    });

  const terminate = async (): Promise<void> => {
    usable = false;
    await worker.terminate();
  };

  let loaded = false;
  const load = async (invocation: Invocation): Promise<News> => {
    const news = await nextNews(INIT_LIMIT_MS + invocation.timeoutMs);
    loaded = news.kind === 'ready';
    return news;
  };

  return {
    usable: () => usable,
    terminate,
    invoke: async (invocation) => {
      worker.ref();
      if (!loaded) {
        const news = await load(invocation);
        if (news.kind !== 'ready') {
          await terminate();
          return answerFrom(news, invocation);
        }
      }
      worker.postMessage(invocation);
      const news = await nextNews(invocation.timeoutMs);
      if (news.kind === 'result' || news.kind === 'error') worker.unref();
      else await terminate();
      return answerFrom(news, invocation);
    },
  };
};
