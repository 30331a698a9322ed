/** The blobs of an OCI image layout: files named by their digests. */
import path from 'node:path';
import { SekishoError } from '../../shared/base/errors.ts';
import { type Digest, digestHex } from '../../shared/image/digest.ts';
import { piecesOfPart } from './file-part.ts';
import { openRegularFile, type RegularFile, readWhole } from './regular-file.ts';
import { sha256 } from './sha256.ts';

export interface LayoutBlobs {
  /** A document. Throws IMAGE_NOT_FOUND, TOO_LARGE, DIGEST_MISMATCH, and the file system's errors. */
  readonly read: (digest: Digest, limitBytes: number) => Promise<string>;
  /** Any bytes, not compared with their digest. Throws IMAGE_NOT_FOUND, and the file system's errors. */
  readonly pieces: (digest: Digest) => AsyncIterable<Uint8Array>;
}

export const layoutBlobs = (directory: string): LayoutBlobs => {
  const opened = async (digest: Digest): Promise<RegularFile> => {
    const file = await openRegularFile(path.join(directory, 'blobs', 'sha256', digestHex(digest)));
    if (file !== undefined) return file;
    throw new SekishoError('IMAGE_NOT_FOUND', `The layout does not have the blob ${digest}: it was not copied whole.`);
  };
  return {
    read: async (digest, limitBytes) => {
      const bytes = await readWhole(await opened(digest), limitBytes);
      if (sha256(bytes) !== digest)
        throw new SekishoError('DIGEST_MISMATCH', `The layout holds other bytes under ${digest}: copy it anew.`);
      return bytes.toString('utf8');
    },
    pieces: async function* (digest) {
      const { handle, size } = await opened(digest);
      try {
        yield* piecesOfPart(handle, { offset: 0, size });
      } finally {
        await handle.close();
      }
    },
  };
};
