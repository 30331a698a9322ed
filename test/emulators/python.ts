/** A Python environment with the emulators in it, made once for each content of requirements.txt. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const REQUIREMENTS = path.join(import.meta.dirname, 'requirements.txt');
const SETUP_MS = 5 * 60_000;

export type PythonEnvironment =
  | { readonly kind: 'ready'; readonly python: string }
  | { readonly kind: 'no-python' }
  | { readonly kind: 'failed'; readonly step: string; readonly cause: unknown };

/** `cache`: a directory that may be deleted at any time. Takes what pip is configured with: index, certificates, proxy. */
export const preparePython = async (cache: string): Promise<PythonEnvironment> => {
  let version: string;
  try {
    version = (await run('python3', ['--version'])).stdout;
  } catch {
    return { kind: 'no-python' };
  }
  const content = createHash('sha256')
    .update(version)
    .update(await readFile(REQUIREMENTS));
  const directory = path.join(cache, `python-${content.digest('hex').slice(0, 16)}`);
  const python = path.join(directory, 'bin', 'python');
  if (existsSync(python)) return { kind: 'ready', python };

  // Built aside and then renamed: a broken set-up is never taken for a whole one.
  const building = `${directory}.${process.pid}`;
  const steps: readonly (readonly [string, string, readonly string[]])[] = [
    ['python3 -m venv', 'python3', ['-m', 'venv', building]],
    [
      'pip install',
      path.join(building, 'bin', 'python'),
      [
        '-m',
        'pip',
        'install',
        '--quiet',
        '--disable-pip-version-check',
        '--no-input',
        '--no-compile',
        '--no-deps',
      ].concat(['--only-binary', ':all:', '--require-hashes', '-r', REQUIREMENTS]),
    ],
  ];
  await mkdir(cache, { recursive: true });
  for (const [step, command, args] of steps) {
    try {
      await run(command, [...args], { timeout: SETUP_MS });
    } catch (cause) {
      await rm(building, { recursive: true, force: true });
      return { kind: 'failed', step, cause };
    }
  }
  await rename(building, directory);
  return { kind: 'ready', python };
};
