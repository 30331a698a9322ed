/** The layers of a store's image, scanned on this machine, each once. */
import { SekishoError } from '../../shared/base/errors.ts';
import type { Digest } from '../../shared/image/digest.ts';
import type { Descriptor } from '../../shared/image/manifest.ts';
import { fingerprintWith } from '../../shared/layer/fingerprint.ts';
import type { LayerReport } from '../../shared/layer/layer-report.ts';
import { scanLayer } from '../../shared/layer/scan-layer.ts';
import type { ImageStore } from './image-store.ts';

/** How far one layer was read: `done` of `total` bytes. */
export interface LayerProgress {
  readonly layer: Digest;
  readonly done: number;
  readonly total: number;
}

export interface LayerScanOptions {
  readonly fingerprintKey: string;
  readonly onProgress: (progress: LayerProgress) => void;
}

/** `diffId`: what the config says that the layer unpacks to. Throws what the store and `scanLayer` throw. */
export type ReportOf = (layer: Descriptor, diffId: Digest | undefined) => Promise<LayerReport>;

export const createLayerScans = (store: ImageStore, { fingerprintKey, onProgress }: LayerScanOptions): ReportOf => {
  const fingerprint = fingerprintWith(fingerprintKey);
  const reports = new Map<string, Promise<LayerReport>>();
  const scan: ReportOf = async ({ digest, size, mediaType }, diffId) => {
    try {
      const source = await store.layers.open(store.image, digest);
      return await scanLayer(
        counted(source, (done) => onProgress({ layer: digest, done, total: size })),
        {
          digest,
          size,
          mediaType,
          ...(diffId !== undefined && { expectedDiffId: diffId }),
          now: Date.now,
          fingerprint,
        },
      );
    } catch (thrown) {
      throw thrown instanceof SekishoError ? naming(digest, thrown) : thrown;
    }
  };
  return (layer, diffId) => {
    // A layer that two configs disagree about is not what one of them says.
    const key = `${layer.digest} ${layer.size} ${diffId}`;
    const report = reports.get(key) ?? scan(layer, diffId);
    reports.set(key, report);
    return report;
  };
};

/** An image has many layers. */
const naming = (layer: Digest, error: SekishoError): SekishoError =>
  error.message.includes(layer)
    ? error
    : new SekishoError(error.code, `${error.message.replace(/\.$/, '')}: ${layer}.`, { cause: error });

async function* counted(
  source: AsyncIterable<Uint8Array>,
  onBytes: (done: number) => void,
): AsyncGenerator<Uint8Array> {
  let done = 0;
  for await (const piece of source) {
    done += piece.byteLength;
    onBytes(done);
    yield piece;
  }
}
