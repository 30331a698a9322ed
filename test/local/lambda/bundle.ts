/** Handlers for tests: source text as the bundle of a function, in a folder of its own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Bundle {
  readonly file: string;
  readonly remove: () => Promise<void>;
}

export const writeBundle = async (source: string): Promise<Bundle> => {
  const folder = await mkdtemp(join(tmpdir(), 'sekisho-function-'));
  const file = join(folder, 'index.mjs');
  await writeFile(file, source);
  return { file, remove: () => rm(folder, { recursive: true }) };
};
