/** Functions for tests: made from source text, with what they log and what is told about them. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, vi } from 'vitest';
import { createClock, type LocalClock } from '../../../local/clock.ts';
import { createFunction, type FunctionOptions, type LocalFunction } from '../../../local/lambda/function.ts';
import { writeBundle } from './bundle.ts';

export interface FunctionStarter {
  readonly clock: LocalClock;
  readonly logs: string[];
  readonly faults: string[];
  /** `source` is an ES module with the export `handler`. */
  readonly functionOf: (source: string, options?: Partial<FunctionOptions>) => Promise<LocalFunction>;
  /** Also forgets what was logged. */
  readonly closeAll: () => Promise<void>;
}

export const functionStarter = (): FunctionStarter => {
  const clock = createClock();
  const closers: (() => Promise<void>)[] = [];
  const logs: string[] = [];
  const faults: string[] = [];
  return {
    clock,
    logs,
    faults,
    functionOf: async (source, options = {}) => {
      const bundle = await writeBundle(source);
      const fn = createFunction({
        name: 'on-test',
        file: bundle.file,
        exportName: 'handler',
        timeoutSeconds: 3,
        memoryMb: 256,
        environment: {},
        account: '111122223333',
        region: 'eu-west-1',
        clock,
        onLog: (line) => logs.push(line),
        onFault: (error) => faults.push(error instanceof Error ? error.message : String(error)),
        ...options,
      });
      closers.push(() => fn.close().then(bundle.remove));
      return fn;
    },
    closeAll: async () => {
      await Promise.all(closers.splice(0).map((close) => close()));
      logs.length = 0;
      faults.length = 0;
    },
  };
};

/** A program for a Node.js process of its own, which holds a function as `fn`; `use` is what it does with it. */
export const hostProgram = (file: string, memoryMb: number, use: string): string =>
  `import { createClock } from ${JSON.stringify(import.meta.resolve('../../../local/clock.ts'))};
   import { createFunction } from ${JSON.stringify(import.meta.resolve('../../../local/lambda/function.ts'))};
   const fn = createFunction({
     name: 'on-test', file: ${JSON.stringify(file)}, exportName: 'handler', timeoutSeconds: 60,
     memoryMb: ${memoryMb}, environment: {}, account: '111122223333', region: 'eu-west-1',
     clock: createClock(), onLog: console.log, onFault: console.log,
   });
   ${use}`;

/** Waits for as long as a busy machine may need. */
export const until = (check: () => void | Promise<void>): Promise<void> =>
  vi.waitFor(check, { timeout: 20_000, interval: 5 });

/** What Lambda answers when the system ended the process for its memory. */
export const killed = {
  ok: false,
  errorType: 'Runtime.ExitError',
  errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Runtime exited with error: signal: killed$/),
  trace: [],
};

/** Keeps whatever it is asked to fill its memory with. */
export const filler = (fill: string): string =>
  `const keep = [];
   export const handler = async (event) => { if (event.fill) { ${fill} } return keep.length; };`;

/** Memory settings for which a function runs in a thread, and in a process of its own. */
export const IN_THREAD_MB = 512;
export const IN_PROCESS_MB = 513;

/** A process that has ended is still listed until its parent has asked how; Linux says so in its state. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    const state = `/proc/${pid}/stat`;
    return !existsSync(state) || !readFileSync(state, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
};
