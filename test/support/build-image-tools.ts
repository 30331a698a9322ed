/** Debian's own tools for images, none of them written here, and what of them this machine lacks. */
import { execFile, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** Why images cannot be built here; undefined: they can. */
export const cannotBuild = (tools: readonly string[]): string | undefined => {
  const missing = tools.filter((tool) => spawnSync(tool, ['--version']).error !== undefined);
  if (missing.length > 0) return `${missing.join(', ')} cannot be run here`;
  return process.getuid?.() === 0 ? undefined : 'a root file system is built by root alone';
};

export interface Workshop {
  readonly folder: string;
  /** In the folder; gives the standard output. Rejects with what the tool said if it fails. */
  readonly run: (tool: string, ...args: readonly string[]) => Promise<string>;
  readonly skopeo: (...args: readonly string[]) => Promise<string>;
  /** With a storage of its own in the folder. */
  readonly buildah: (...args: readonly string[]) => Promise<string>;
  readonly remove: () => Promise<void>;
}

export const createWorkshop = async (): Promise<Workshop> => {
  const folder = await mkdtemp(path.join(tmpdir(), 'sekisho-images-'));
  const run: Workshop['run'] = async (tool, ...args) => {
    const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, BUILDAH_ISOLATION: 'chroot' } };
    return (await promisify(execFile)(tool, args, options)).stdout;
  };
  const storage = ['--storage-driver', 'vfs', '--root', `${folder}/storage`, '--runroot', `${folder}/run`];
  await mkdir(path.join(folder, 'run'));
  return {
    folder,
    run,
    skopeo: (...args) => run('skopeo', '--insecure-policy', ...args),
    buildah: (...args) => run('buildah', ...storage, ...args),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
};
