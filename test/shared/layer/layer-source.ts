/** Layers for tests: sources that count what is taken from them, and readers that note what they are given. */
import { createHash } from 'node:crypto';
import type { Digest } from '../../../shared/image/digest.ts';
import type { TarEntry } from '../../../shared/layer/layer-reader.ts';
import type { FactReader, LayerReaders } from '../../../shared/layer/layer-readers.ts';
import type { LayerToRead } from '../../../shared/layer/read-layer.ts';

export const sha256 = (bytes: Buffer): Digest => `sha256:${createHash('sha256').update(bytes).digest('hex')}` as Digest;

export interface CountedSource extends AsyncIterable<Uint8Array> {
  readonly taken: () => number;
  readonly isEnded: () => boolean;
}

/** `failure`: thrown once the chunks are given out. */
export const sourceOf = (chunks: Iterable<Uint8Array>, failure?: Error): CountedSource => {
  let taken = 0;
  let ended = false;
  return {
    taken: () => taken,
    isEnded: () => ended,
    async *[Symbol.asyncIterator]() {
      try {
        for (const chunk of chunks) {
          taken += chunk.length;
          yield chunk;
        }
        if (failure) throw failure;
      } finally {
        ended = true;
      }
    },
  };
};

/** As a network gives them. */
export const slices = (bytes: Buffer, size = 64 * 1024): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));

/** What a manifest says of the blob. */
export const layerOf = (blob: Buffer, more: Partial<LayerToRead> = {}): LayerToRead => ({
  digest: sha256(blob),
  size: blob.length,
  mediaType: 'application/vnd.oci.image.layer.v1.tar',
  now: () => 0,
  ...more,
});

export interface Noted {
  readonly entry: TarEntry;
  content: string;
  whole?: boolean;
}

const reader = <Facts>(facts: Facts): FactReader<Facts> => ({
  entry: () => undefined,
  facts: () => ({ ...facts, truncated: [] }),
});

export const QUIET: LayerReaders = {
  secrets: reader({ secrets: [] }),
  packages: reader({ components: [], databases: [] }),
  files: reader({ notable: [], system: {} }),
};

/** One of the readers notes all that it sees. */
export const notingReaders = (): { readonly readers: LayerReaders; readonly noted: readonly Noted[] } => {
  const noted: Noted[] = [];
  return {
    noted,
    readers: {
      ...QUIET,
      files: {
        ...QUIET.files,
        entry: (entry) => {
          const one: Noted = { entry, content: '' };
          noted.push(one);
          return {
            write: (chunk) => {
              one.content += chunk.toString('latin1');
            },
            end: (whole) => {
              one.whole = whole;
            },
          };
        },
      },
    },
  };
};
