/** A layer's bytes as the registry sends them: counted, hashed, and compared with what the manifest says. */
import { createHash } from 'node:crypto';
import { SekishoError } from '../base/errors.ts';
import type { Digest } from '../image/digest.ts';
import { digestOf } from './digest-of.ts';

export interface ExpectedBlob {
  readonly digest: Digest;
  readonly size: number;
}

export interface Blob {
  /**
   * What is still to come; whoever stops asking may go on with another call. Throws LAYER_MISMATCH as soon as there is
   * more than the manifest says, and what the source throws.
   */
  readonly chunks: () => AsyncGenerator<Buffer, void>;
  readonly bytes: () => number;
  /**
   * Reads what is left, and compares, unless `onBytes` stops it. Throws also DIGEST_MISMATCH, or LAYER_MISMATCH where
   * there is less than the manifest says.
   */
  readonly verify: () => Promise<void>;
  /** Ends the reading at the source. */
  readonly close: () => Promise<void>;
}

/** `onBytes`: told of every chunk before it is given out; false: no more are. */
export const createBlob = (
  source: AsyncIterable<Uint8Array>,
  { digest, size }: ExpectedBlob,
  onBytes: (bytes: number) => boolean,
): Blob => {
  const iterator = source[Symbol.asyncIterator]();
  const hash = createHash('sha256');
  let bytes = 0;
  let isStopped = false;

  const chunks = async function* (): AsyncGenerator<Buffer, void> {
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) {
      const chunk = Buffer.from(next.value.buffer, next.value.byteOffset, next.value.byteLength);
      bytes += chunk.length;
      if (bytes > size)
        throw new SekishoError('LAYER_MISMATCH', `The layer is longer than the manifest's ${size} bytes.`);
      hash.update(chunk);
      if (!onBytes(chunk.length)) {
        isStopped = true;
        return;
      }
      yield chunk;
    }
  };

  return {
    chunks,
    bytes: () => bytes,
    verify: async () => {
      const rest = chunks();
      while (!(await rest.next()).done);
      if (isStopped) return;
      if (digestOf(hash) !== digest)
        throw new SekishoError('DIGEST_MISMATCH', 'The layer does not have the digest that it was asked for by.');
      if (bytes < size)
        throw new SekishoError('LAYER_MISMATCH', `The layer is shorter than the manifest's ${size} bytes.`);
    },
    close: async () => {
      await iterator.return?.();
    },
  };
};
