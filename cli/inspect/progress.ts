/** How far the reading of layers is: one line that is written over, and nothing where nobody watches. */
import { shortDigest } from '../../shared/image/digest.ts';
import type { LayerProgress } from './layer-scans.ts';

export interface Progress {
  readonly show: (progress: LayerProgress) => void;
  readonly clear: () => void;
}

const BETWEEN_MS = 200;
const MIB = 1024 * 1024;

export const createProgress = (stream: NodeJS.WriteStream): Progress => {
  let shownAt = 0;
  let shown = false;
  return {
    show: ({ layer, done, total }) => {
      const now = Date.now();
      if (!stream.isTTY || now - shownAt < BETWEEN_MS) return;
      shownAt = now;
      shown = true;
      stream.write(`\r\u001B[Kreading layer ${shortDigest(layer)}: ${mib(done)} of ${mib(total)} MiB`);
    },
    clear: () => {
      if (shown) stream.write('\r\u001B[K');
      shown = false;
    },
  };
};

const mib = (bytes: number): string => (bytes / MIB).toFixed(1);
