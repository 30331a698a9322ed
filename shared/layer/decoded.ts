/** What a decompressor of Node makes of a source, with both working at the same time and neither far ahead. */
import type { Gunzip, ZstdDecompress } from 'node:zlib';
import { SekishoError } from '../base/errors.ts';
import { layerInvalid } from './tar/layer-invalid.ts';

export type Decoder = Gunzip | ZstdDecompress;

/** How many chunks may wait for whoever reads them. */
const READY_CHUNKS = 2;

/**
 * Not a pipeline: chunks that came before an error are given out before it is thrown, and whoever leaves early finds the
 * source where the decompressor left it. Throws LAYER_INVALID where the stream is damaged or goes on behind its end,
 * TOO_LARGE where it needs more memory than the decoder was given, and what the source throws.
 */
export async function* decoded(decoder: Decoder, pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  const ready: Buffer[] = [];
  let failure: { readonly thrown: unknown } | undefined;
  let isOver = false;
  let wake = (): void => {};

  decoder.on('data', (chunk: Buffer) => {
    ready.push(chunk);
    if (ready.length >= READY_CHUNKS) decoder.pause();
    wake();
  });
  decoder.once('error', (error) => {
    failure ??= { thrown: decoderError(error) };
  });
  for (const event of ['end', 'close'])
    decoder.once(event, () => {
      isOver = true;
      wake();
    });

  const feeding = feed(decoder, pieces).catch((thrown: unknown) => {
    failure ??= { thrown };
    // What it was given before is worth reading.
    if (isOpen(decoder)) decoder.end();
    return 0;
  });

  try {
    while (!isOver || ready.length > 0) {
      const chunk = ready.shift();
      if (chunk === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      } else {
        // Before the chunk is looked at: the next one is made in the meantime, by another thread.
        decoder.resume();
        yield chunk;
      }
    }
  } finally {
    decoder.destroy();
    await feeding;
  }
  if (failure) throw failure.thrown;
  // Node drops what follows the end without a word.
  if (decoder.bytesWritten < (await feeding)) throw layerInvalid('Bytes follow the end of the compressed stream.');
}

/** How many bytes the decoder was given, to the source's end or its own. */
const feed = async (decoder: Decoder, pieces: AsyncIterable<Buffer>): Promise<number> => {
  let bytes = 0;
  for await (const piece of pieces) {
    if (!isOpen(decoder)) return bytes + piece.length;
    bytes += piece.length;
    if (!decoder.write(piece)) await drained(decoder);
  }
  if (isOpen(decoder)) decoder.end();
  return bytes;
};

const isOpen = (decoder: Decoder): boolean => !decoder.destroyed && !decoder.readableEnded;

const drained = (decoder: Decoder): Promise<void> =>
  new Promise((resolve) => {
    const settle = (): void => {
      for (const event of WAYS_ON) decoder.off(event, settle);
      resolve();
    };
    for (const event of WAYS_ON) decoder.once(event, settle);
  });

const WAYS_ON = ['drain', 'end', 'close'] as const;

const decoderError = (error: Error): SekishoError =>
  'code' in error && error.code === 'ZSTD_error_frameParameter_windowTooLarge'
    ? new SekishoError('TOO_LARGE', 'The layer can only be decompressed with more memory than is allowed.', {
        cause: error,
      })
    : layerInvalid('The compressed stream is damaged.', error);
