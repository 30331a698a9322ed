/** A part of an open file: an entry of an archive. */
import type { FileHandle } from 'node:fs/promises';
import { SekishoError } from '../../shared/base/errors.ts';

/** In bytes. */
export interface FilePart {
  readonly offset: number;
  readonly size: number;
}

const PIECE_BYTES = 1024 * 1024;

/** All of it. Throws TOO_LARGE, LAYER_INVALID where the file ends before, and the file system's errors. */
export const readPart = async (file: FileHandle, part: FilePart, limitBytes: number): Promise<Buffer> => {
  if (part.size > limitBytes)
    throw new SekishoError('TOO_LARGE', `A document of the archive has ${part.size} bytes, more than ${limitBytes}.`);
  const pieces: Uint8Array[] = [];
  for await (const piece of piecesOfPart(file, part)) pieces.push(piece);
  return Buffer.concat(pieces);
};

/** Throws LAYER_INVALID where the file ends before the part does, and the file system's errors. */
export async function* piecesOfPart(file: FileHandle, { offset, size }: FilePart): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size; ) {
    const piece = Buffer.allocUnsafe(Math.min(PIECE_BYTES, size - at));
    const { bytesRead } = await file.read(piece, 0, piece.length, offset + at);
    if (bytesRead === 0) throw new SekishoError('LAYER_INVALID', 'The archive is cut off: it ends within a file.');
    at += bytesRead;
    yield piece.subarray(0, bytesRead);
  }
}
