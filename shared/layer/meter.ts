/** Counts what was read of a layer, and says when that is enough. */
import type { Budget } from './budget.ts';
import type { Truncation } from './layer-report.ts';

export interface Meter {
  /** Of the blob, with those before. */
  readonly addCompressed: (bytes: number) => void;
  /** Of the tar, with those before; `from`: how many bytes of the blob were taken in so far to make them. */
  readonly addUncompressed: (bytes: number, from: number) => void;
  readonly addEntry: () => void;
  readonly uncompressedBytes: () => number;
  /** The first budget that was passed; undefined: all is within them. Once passed, it stays so. */
  readonly passed: () => Truncation | undefined;
}

/** `now`: milliseconds. */
export const createMeter = (budget: Budget, now: () => number): Meter => {
  const start = now();
  let compressed = 0;
  let uncompressed = 0;
  let entries = 0;
  let passed: Truncation | undefined;

  const pass = (by: Truncation['by'], text: string): void => {
    passed ??= { by, text: `${text}; the rest was not read, and the digest not checked` };
  };
  const checkTime = (): void => {
    if (now() - start > budget.milliseconds)
      pass('time', `the layer takes longer than ${budget.milliseconds / 1000} seconds`);
  };

  return {
    addCompressed: (bytes) => {
      compressed += bytes;
      if (compressed > budget.compressedBytes)
        pass('bytes', `the layer is larger than ${budget.compressedBytes} bytes as it is stored`);
      checkTime();
    },
    addUncompressed: (bytes, from) => {
      uncompressed += bytes;
      if (uncompressed > budget.uncompressedBytes)
        pass('bytes', `the layer is larger than ${budget.uncompressedBytes} bytes when it is unpacked`);
      if (uncompressed > budget.ratioFreeBytes && uncompressed > from * budget.ratio)
        pass('ratio', `the layer unpacks to more than ${budget.ratio} times its size`);
      checkTime();
    },
    addEntry: () => {
      entries += 1;
      if (entries > budget.entries) pass('files', `the layer has more than ${budget.entries} entries`);
    },
    uncompressedBytes: () => uncompressed,
    passed: () => passed,
  };
};
