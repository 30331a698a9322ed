/** `node cli/sekisho.js …` as a user runs it: a child process, what it wrote, and how it ended. */
import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { text } from 'node:stream/consumers';

const COMMAND = path.resolve(import.meta.dirname, '../../cli/sekisho.js');

/** Makes the first process take itself for an older Node.js, as it is installed on many machines. */
export const OLDER_NODE = [
  '--import',
  `data:text/javascript,${encodeURIComponent(
    "if (process.env.NODE_IS_OLD) { delete process.env.NODE_IS_OLD; Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.0.0' } }); }",
  )}`,
];

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartedCommand {
  readonly child: ChildProcess;
  /** The first piece of the standard output. */
  readonly firstOutput: Promise<string>;
  readonly ended: Promise<Ended>;
}

export const startCommand = (
  args: readonly string[],
  { olderNode = false }: { readonly olderNode?: boolean } = {},
): StartedCommand => {
  const { SEKISHO_ENDPOINT: _, ...env } = process.env;
  const child = spawn(process.execPath, [...(olderNode ? OLDER_NODE : []), COMMAND, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, NO_COLOR: '1', ...(olderNode && { NODE_IS_OLD: '1' }) },
  });
  const code = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const firstOutput = new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))));
  const ended = Promise.all([code, text(child.stdout), text(child.stderr)]).then(([code, stdout, stderr]) => ({
    code,
    stdout,
    stderr,
  }));
  return { child, firstOutput, ended };
};

export const runCommand = (...args: readonly string[]): Promise<Ended> => startCommand(args).ended;
