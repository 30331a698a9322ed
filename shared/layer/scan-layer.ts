/** One layer, read once for everything that is looked for in layers. */
import { createFileReader } from './files/file-reader.ts';
import type { LayerReport } from './layer-report.ts';
import { createPackageReader } from './packages/package-reader.ts';
import { type LayerToRead, readLayer } from './read-layer.ts';
import { createSecretReader } from './secrets/secret-reader.ts';

export interface ScanLayerOptions extends LayerToRead {
  /** A keyed hash of a secret's kind and value, to tell two apart. */
  readonly fingerprint: (kind: string, value: Buffer) => string;
}

/** As `readLayer`. `source`: the blob's bytes; it has its own limit on how long it keeps one waiting. */
export const scanLayer = (source: AsyncIterable<Uint8Array>, options: ScanLayerOptions): Promise<LayerReport> => {
  const { fingerprint, ...layer } = options;
  const readers = {
    secrets: createSecretReader({ fingerprint }),
    packages: createPackageReader(),
    files: createFileReader(),
  };
  return readLayer(source, readers, layer);
};
