/** One layer, read as it streams by and kept nowhere: what its readers find, and why if that is not all. */
import { createHash } from 'node:crypto';
import { SekishoError } from '../base/errors.ts';
import type { Digest } from '../image/digest.ts';
import { createBlob } from './blob.ts';
import { type Budget, DEFAULT_BUDGET } from './budget.ts';
import { decompress } from './decompress.ts';
import { digestOf } from './digest-of.ts';
import { createLayerListing } from './layer-listing.ts';
import { guardedReaders, type LayerReaders } from './layer-readers.ts';
import { LAYER_REPORT_VERSION, type LayerReport, type Truncation } from './layer-report.ts';
import { createMeter } from './meter.ts';
import { createTarReader } from './tar/tar-reader.ts';
import { unreadLayer } from './unread-layer.ts';

export interface LayerToRead {
  readonly digest: Digest;
  /** Bytes of the blob, as the manifest says. */
  readonly size: number;
  readonly mediaType: string;
  /** As the image's config says. */
  readonly expectedDiffId?: Digest;
  readonly budget?: Budget;
  /** Milliseconds. */
  readonly now: () => number;
  /** Ends the reading between two chunks; `source` should listen to it too. */
  readonly signal?: AbortSignal;
}

/**
 * Over a budget, or where the archive is damaged, the report says what was found so far, and `truncated` why it is not
 * all. A blob that is not what the manifest or the config says has no report, because reports are kept by digest:
 * DIGEST_MISMATCH, LAYER_MISMATCH. Throws also what the source and the signal throw. The source is always ended.
 */
export const readLayer = async (
  source: AsyncIterable<Uint8Array>,
  readers: LayerReaders,
  layer: LayerToRead,
): Promise<LayerReport> => {
  const { digest, expectedDiffId, budget = DEFAULT_BUDGET } = layer;
  const meter = createMeter(budget, layer.now);
  const blob = createBlob(source, layer, (bytes) => {
    layer.signal?.throwIfAborted();
    meter.addCompressed(bytes);
    return meter.passed() === undefined;
  });
  try {
    if (layer.mediaType.includes('+encrypted'))
      return unreadLayer(digest, { by: 'encrypted', text: 'the layer is encrypted' });

    const guarded = guardedReaders(readers);
    const listing = createLayerListing(budget);
    const tar = createTarReader((entry, isSparse) => {
      meter.addEntry();
      if (meter.passed()) return undefined;
      listing.add(entry, isSparse);
      return guarded.entry(entry);
    });
    const { chunks, compression, consumed } = decompress(blob.chunks());
    const tarHash = createHash('sha256');
    const unreadable = await damageOf(async () => {
      for await (const chunk of chunks) {
        layer.signal?.throwIfAborted();
        for (const piece of piecesOf(chunk)) {
          tarHash.update(piece);
          meter.addUncompressed(piece.length, consumed());
          tar.write(piece);
          if (meter.passed()) return;
        }
      }
      if (!meter.passed()) tar.end();
    });
    tar.cut();

    const damage = meter.passed() ? undefined : unreadable;
    // A damaged archive may have been damaged on its way: then it is not what the registry keeps.
    if (!meter.passed()) await blob.verify();
    const passed = meter.passed();
    const diffId = passed || damage ? undefined : digestOf(tarHash);
    if (diffId && expectedDiffId && diffId !== expectedDiffId)
      throw new SekishoError('DIGEST_MISMATCH', 'The layer unpacks to something else than the config says.');
    const { truncated, ...facts } = guarded.facts();
    const { truncated: unlisted, ...listed } = listing.facts();
    return {
      version: LAYER_REPORT_VERSION,
      digest,
      ...(diffId && { diffId }),
      // What is no tar may be compressed in a way that is not known here.
      compression: damage && compression() === 'none' ? 'unknown' : compression(),
      size: blob.bytes(),
      uncompressedSize: meter.uncompressedBytes(),
      ...listed,
      truncated: [...(damage ? [damage] : []), ...(passed ? [passed] : []), ...unlisted, ...truncated],
      ...facts,
    };
  } finally {
    await blob.close();
  }
};

/** Bytes between two looks at the clock: what a hostile file costs its readers grows with what they are given. */
const PIECE_BYTES = 64 * 1024;

function* piecesOf(chunk: Buffer): Generator<Buffer> {
  for (let at = 0; at < chunk.length; at += PIECE_BYTES) yield chunk.subarray(at, at + PIECE_BYTES);
}

/** What is wrong with the archive; undefined: nothing. Anything else that goes wrong is thrown on. */
const damageOf = async (read: () => Promise<void>): Promise<Truncation | undefined> => {
  try {
    await read();
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof SekishoError)) throw thrown;
    if (thrown.code === 'LAYER_INVALID') return { by: 'unreadable-archive', text: clauseFrom(thrown.message) };
    if (thrown.code === 'TOO_LARGE') return { by: 'bytes', text: clauseFrom(thrown.message) };
    throw thrown;
  }
};

const clauseFrom = (sentence: string): string =>
  `${sentence.charAt(0).toLowerCase()}${sentence.slice(1).replace(/\.$/, '')}`;
