/** Files that are read at random places: held whole, one at a time, in memory that the next one uses again. */
import type { ContentSink, TarEntry } from '../layer-reader.ts';

/**
 * `content` is overwritten by the next file: nothing of it may be kept. `undefined`: it was cut off. The entries of a
 * layer come one after the other, so one piece of memory is enough for all.
 */
export type HoldFile = (entry: TarEntry, done: (content: Buffer | undefined) => void) => ContentSink;

/** For files of at most `mostBytes`: the caller does not ask for larger ones. */
export const createHeldFile = (mostBytes: number): HoldFile => {
  let memory: Buffer | undefined;
  return ({ size }, done) => {
    let held = 0;
    return {
      write: (chunk) => {
        // All of it at once: pages that nothing was written to take no memory, and growing would leave garbage behind.
        memory ??= Buffer.allocUnsafeSlow(mostBytes);
        held += chunk.copy(memory, held, 0, Math.max(0, size - held));
      },
      end: (whole) => done(whole && held === size ? (memory?.subarray(0, size) ?? Buffer.alloc(0)) : undefined),
    };
  };
};
