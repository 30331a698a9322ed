/** The whole service on the local runtime, from the synthesised template, for tests. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Runtime, startRuntime } from '../../local/runtime.ts';
import type { RuntimeSwitches } from '../../local/runtime-options.ts';
import { synthesise } from '../../local/synthesise.ts';

export const LOCAL = { account: '111122223333', region: 'eu-west-1' } as const;

export interface Assembly {
  readonly directory: string;
  readonly start: (switches?: RuntimeSwitches) => Promise<Runtime>;
  readonly remove: () => Promise<void>;
}

export const synthesiseForTest = async (): Promise<Assembly> => {
  const directory = await mkdtemp(path.join(tmpdir(), 'sekisho-test-'));
  await synthesise(directory, LOCAL);
  return {
    directory,
    start: (switches) => startRuntime({ assembly: directory, ...LOCAL, ...switches }),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
};

/** Works everything off, moving the clock to each next due item. */
export const workOff = async (runtime: Runtime): Promise<void> => {
  await runtime.settled();
  for (let [next] = (await runtime.state()).due; next !== undefined; [next] = (await runtime.state()).due) {
    runtime.advance(Math.max(0, Math.ceil((Date.parse(next.at) - runtime.now().getTime()) / 1000)));
    await runtime.settled();
  }
};

/** The same without waiting for batching windows in real time: a clock that moves ends them. */
export const hurry = async (runtime: Runtime): Promise<void> => {
  // A batching window at a time: whenever the clock moves, the whole table is searched for what has expired.
  const moving = setInterval(() => runtime.advance(5), 250);
  try {
    await workOff(runtime);
  } finally {
    clearInterval(moving);
  }
};
