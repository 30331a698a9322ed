/** One execution environment of a function: it loads the handler once and runs one event at a time. */
import { runtimeExited, timedOut } from './invocation-error.ts';
import { LOOP } from './left-running.ts';
import { startProcess } from './process-sandbox.ts';
import type { Invocation, InvocationError } from './protocol.ts';
import type { Sandbox, SandboxNews, SandboxOptions } from './sandbox.ts';
import { startThread } from './thread-sandbox.ts';

/** Loading may take this long on top of the function's timeout (Lambda's limit of the init phase). */
const INIT_LIMIT_MS = 10_000;
/** For the log to be written after an answer; a handler that left a loop running never gets there. */
const SETTLE_LIMIT_MS = 5_000;
/** A function with more memory is expected to use it: it gets a process, where all of it can be measured. */
const THREAD_MAX_MB = 512;

export type EnvironmentAnswer =
  | { readonly kind: 'result'; readonly payload: string }
  | { readonly kind: 'failure'; readonly error: InvocationError };

export interface EnvironmentRun {
  readonly answer: EnvironmentAnswer;
  /** The kinds of resources that ran on when the handler had answered, each told of once in an environment. */
  readonly left: readonly string[];
  readonly usedMb: number;
  readonly durationMs: number;
  /** Only of the invocation for which the handler was loaded. */
  readonly initMs: number | undefined;
}

export interface ExecutionEnvironment {
  /** One at a time. An environment that timed out or crashed is no longer usable afterwards. */
  readonly invoke: (invocation: Invocation) => Promise<EnvironmentRun>;
  readonly usable: () => boolean;
  readonly terminate: () => Promise<void>;
}

type News = SandboxNews | { readonly kind: 'late' };

const answerFrom = (news: News, { context, timeoutMs }: Invocation): EnvironmentAnswer => {
  const requestId = context.awsRequestId;
  switch (news.kind) {
    case 'result':
      return { kind: 'result', payload: news.payload };
    case 'error':
    case 'crash':
      return { kind: 'failure', error: news.error };
    case 'late':
      return { kind: 'failure', error: timedOut(requestId, timeoutMs) };
    case 'exit':
      return { kind: 'failure', error: runtimeExited(requestId, news.how) };
    case 'ready':
    case 'settled':
      throw new Error(`An environment told that it is ${news.kind} when an answer was due.`);
  }
};

/** Throws when the sandbox cannot be started with the function's NODE_OPTIONS. */
export const startEnvironment = (options: Omit<SandboxOptions, 'hear'>): ExecutionEnvironment => {
  const { memoryMb, onLog } = options;
  let usable = true;
  let loaded = false;
  let running = false;
  const heard: News[] = [];
  let waiting: ((news: News) => void) | undefined;

  const hear = (news: News): void => {
    if (news.kind === 'crash' || news.kind === 'exit') usable = false;
    if (waiting !== undefined) waiting(news);
    else if (running) heard.push(news);
    // Between two events nobody waits; what went wrong then is only in the log, as it is in Lambda.
    else if (news.kind === 'crash') onLog(JSON.stringify(news.error));
  };
  const startSandbox = memoryMb > THREAD_MAX_MB ? startProcess : startThread;
  const sandbox: Sandbox = startSandbox({ ...options, hear });

  const nextNews = (limitMs: number): Promise<News> =>
    new Promise((resolve) => {
      const first = heard.shift();
      if (first !== undefined) return resolve(first);
      const timer = setTimeout(hear, limitMs, { kind: 'late' } satisfies News);
      waiting = (news) => {
        clearTimeout(timer);
        waiting = undefined;
        resolve(news);
      };
    });

  const terminate = async (): Promise<void> => {
    usable = false;
    await sandbox.end();
  };

  const settle = async (): Promise<readonly string[]> => {
    const news = await nextNews(SETTLE_LIMIT_MS);
    if (news.kind === 'settled') return news.left;
    // The handler has answered: what comes after it is only in the log.
    if (news.kind === 'crash') onLog(JSON.stringify(news.error));
    await terminate();
    return news.kind === 'late' ? [LOOP] : [];
  };

  const answer = async (invocation: Invocation): Promise<EnvironmentRun> => {
    const created = performance.now();
    const first = loaded ? undefined : await nextNews(INIT_LIMIT_MS + invocation.timeoutMs);
    const begun = performance.now();
    loaded ||= first?.kind === 'ready';
    if (loaded) sandbox.invoke(invocation);
    const news = loaded || first === undefined ? await nextNews(invocation.timeoutMs) : first;
    const answered = performance.now();
    const survived = news.kind === 'result' || news.kind === 'error';
    const left = survived ? await settle() : [];
    if (!survived) await terminate();
    return {
      answer: answerFrom(news, invocation),
      left,
      usedMb: sandbox.usedMb(),
      durationMs: answered - begun,
      initMs: first === undefined ? undefined : begun - created,
    };
  };

  return {
    usable: () => usable,
    terminate,
    invoke: async (invocation) => {
      running = true;
      heard.length = 0;
      sandbox.hold(true);
      try {
        return await answer(invocation);
      } finally {
        running = false;
        if (usable) sandbox.hold(false);
      }
    },
  };
};
