/** Files that other people's tools put there: opened only if they are files, and read to their end. */
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { readPart } from './file-part.ts';

export interface RegularFile {
  readonly handle: FileHandle;
  /** In bytes. */
  readonly size: number;
}

/** To be closed. Undefined: there is none of that name. Throws the file system's errors. */
export const openRegularFile = async (name: string): Promise<RegularFile | undefined> => {
  // Opening a named pipe would otherwise wait for somebody to write.
  const handle = await open(name, constants.O_RDONLY | constants.O_NONBLOCK).catch(noneIfMissing);
  if (handle === undefined) return undefined;
  const stat = await handle.stat();
  if (stat.isFile()) return { handle, size: stat.size };
  await handle.close();
  return undefined;
};

const noneIfMissing = (thrown: unknown): undefined => {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  if (code !== 'ENOENT' && code !== 'ENOTDIR') throw thrown;
};

/** Closes the file. Throws TOO_LARGE and the file system's errors. */
export const readWhole = async ({ handle, size }: RegularFile, limitBytes: number): Promise<Buffer> => {
  try {
    return await readPart(handle, { offset: 0, size }, limitBytes);
  } finally {
    await handle.close();
  }
};
