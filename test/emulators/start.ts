/** Starts the emulators for a run of their tests, and stops them after it; without Python there is nothing to start. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import type { Party } from './parties.ts';
import { preparePython } from './python.ts';
import { type Emulator, startEmulator } from './server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The endpoint of each emulator; undefined when the run is skipped. */
    readonly emulators: Readonly<Record<Party, string>> | undefined;
  }
}

const CACHE = path.resolve(import.meta.dirname, '../../node_modules/.cache/emulators');

/** Vitest calls it before all files, and what it gives after all. */
export default async (project: TestProject): Promise<(() => Promise<void>) | undefined> => {
  const prepared = await preparePython(CACHE);
  if (prepared.kind !== 'ready') {
    const reason = prepared.kind === 'no-python' ? 'this machine has no python3' : `${prepared.step} failed`;
    // Where Python is there, a run that has to tell something must not pass for want of a package.
    if (prepared.kind === 'failed' && process.env.CI) throw new Error(reason, { cause: prepared.cause });
    if (prepared.kind === 'failed') console.error(prepared.cause);
    console.log(`The tests with emulators are skipped: ${reason}.`);
    project.provide('emulators', undefined);
    return undefined;
  }
  const home = path.join(CACHE, `run-${process.pid}`);
  const started: Emulator[] = [];
  const stopAll = async (): Promise<void> => {
    await Promise.all(started.map(({ stop }) => stop()));
    await rm(home, { recursive: true, force: true });
  };
  const start = async (party: Party): Promise<string> => {
    const emulator = await startEmulator(party, prepared.python, path.join(home, party));
    started.push(emulator);
    return emulator.endpoint;
  };
  const starting = [start('moto'), start('ministack')] as const;
  try {
    const [moto, ministack] = await Promise.all(starting);
    project.provide('emulators', { moto, ministack });
  } catch (thrown) {
    await Promise.allSettled(starting);
    await stopAll();
    throw thrown;
  }
  return async () => {
    if (project.vitest.state.getCountOfFailedTests() > 0)
      for (const { endpoint, log } of started)
        console.error(`What ${endpoint} wrote at last:\n${log().slice(-10_000)}`);
    await stopAll();
  };
};
