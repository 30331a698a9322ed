/** Files packed with gzip inside a layer, unpacked as they stream by: one level of it, all of a layer up to a limit. */
import { Gunzip } from 'fflate';
import type { ContentSink } from '../layer-reader.ts';
import type { ContentScan } from './scan-content.ts';

/**
 * Bytes that come out of all packed files of a layer. Those of distributions, manuals above all, have some 10 MB; what
 * is passed only by data sets takes half a minute of one processor.
 */
export const UNPACKED_LIMIT = 256 * 1024 * 1024;

/** Bytes that are unpacked at once: at 1,029 to 1, the most that deflate makes of them, 16 MiB. */
const PIECE = 16 * 1024;

/**
 * Bytes that may go in while nothing comes out. They are held and looked at again with every piece; a header has a
 * file's name, and a block that is stored 64 KiB.
 */
const MOST_HELD = 256 * 1024;

export const isPacked = (path: string): boolean => /\.t?gz$/.test(path);

/** False: these bytes are more than the layer may have; they are not read. */
export type Allowance = (bytes: number) => boolean;

/**
 * `scan`: of what is inside. `allows` is asked before every piece is read, with its length. What was found before the
 * limit, or before the place where the file is damaged, stays found: nobody gets at what is behind the damage.
 */
export const readUnpacked = (scan: ContentScan, allows: Allowance): ContentSink => {
  let ready: Uint8Array[] = [];
  const gunzip = new Gunzip((bytes) => ready.push(bytes));
  let open = true;
  let held = 0;

  const unpack = (piece: Uint8Array): void => {
    try {
      gunzip.push(piece);
    } catch {
      // No gzip in spite of its name, or damaged: it is read as it is, too.
      open = false;
    }
    held += piece.length;
    for (const bytes of ready) {
      if (bytes.length === 0) continue;
      held = 0;
      if (!allows(bytes.length)) {
        open = false;
        break;
      }
      scan.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    }
    ready = [];
    // Nothing but a header: nobody's content.
    if (held > MOST_HELD) open = false;
  };

  return {
    write: (chunk) => {
      // A copy: what is left of a piece is kept for the next one.
      for (let at = 0; at < chunk.length && open; at += PIECE) unpack(Uint8Array.from(chunk.subarray(at, at + PIECE)));
    },
    end: () => scan.end(),
  };
};
