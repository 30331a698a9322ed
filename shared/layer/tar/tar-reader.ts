/**
 * A tar archive, read as it streams by. Our own reader, because every byte of every layer passes here: it copies no
 * content and bounds what a header may hold, which the packages for it do not, and it reads what the runtimes' unpackers
 * read: where the two differ, something could be hidden. From gzip it reads 435 MB/s where tar-stream reads 392, from a
 * plain tar 1,499 against 1,149.
 */
import type { ContentSink, TarEntry } from '../layer-reader.ts';
import { isExtension, MOST_EXTENSION_BYTES, NO_EXTENSIONS, withExtension } from './extensions.ts';
import { BLOCK_BYTES, isZeroBlock, parseHeader, type TarHeader } from './header.ts';
import { layerInvalid } from './layer-invalid.ts';
import { entryFrom, GNU_SPARSE, type ReadEntry } from './tar-entry.ts';

export interface TarReader {
  /** Keeps none of the chunk's bytes. Throws LAYER_INVALID, and what a sink throws. */
  readonly write: (chunk: Buffer) => void;
  /** Nothing more comes. Throws LAYER_INVALID where that is in the middle of an entry. */
  readonly end: () => void;
  /** Nothing more is read: a sink that is open ends with what it has. */
  readonly cut: () => void;
}

/** `sparse`: the sink gets the content without its holes, and ends as not whole. */
export type OnEntry = (entry: TarEntry, sparse: boolean) => ContentSink | undefined;

/** What the bytes that come next are. */
type Part =
  | { readonly kind: 'header' }
  | { readonly kind: 'sparse-map'; readonly of: ReadEntry }
  | { readonly kind: 'extension'; readonly typeflag: string; readonly bytes: Buffer }
  | { readonly kind: 'content'; readonly of: ReadEntry; readonly sink: ContentSink | undefined }
  /** Behind the archive's end, which two blocks of zeros mark: nobody unpacks it. */
  | { readonly kind: 'tail' };

/** Of a sparse map: not zero if one more block of it follows. */
const MORE_SPARSE_MAP = 504;

export const createTarReader = (onEntry: OnEntry): TarReader => {
  const block = Buffer.alloc(BLOCK_BYTES);
  let part: Part = { kind: 'header' };
  /** Bytes of the part that are still to come. */
  let left = BLOCK_BYTES;
  /** Bytes to skip before them. */
  let padding = 0;
  let zeroBlocks = 0;
  let extensions = NO_EXTENSIONS;

  const expect = (following: Part, bytes: number): void => {
    part = following;
    left = bytes;
    if (bytes === 0) finishPart();
  };

  const expectHeader = (contentBytes: number): void => {
    padding = (BLOCK_BYTES - (contentBytes % BLOCK_BYTES)) % BLOCK_BYTES;
    expect({ kind: 'header' }, BLOCK_BYTES);
  };

  const expectContent = (of: ReadEntry): void =>
    expect({ kind: 'content', of, sink: onEntry(of.entry, of.sparse) }, of.entry.size);

  const startEntry = (header: TarHeader): void => {
    const { typeflag, size } = header;
    if (isExtension(typeflag)) {
      if (size < 0 || size > MOST_EXTENSION_BYTES) throw layerInvalid('A tar header is longer than 1 MiB.');
      expect({ kind: 'extension', typeflag, bytes: Buffer.allocUnsafe(size) }, size);
      return;
    }
    const read = entryFrom(header, extensions);
    extensions = NO_EXTENSIONS;
    if (typeflag === GNU_SPARSE && header.moreSparseMap) expect({ kind: 'sparse-map', of: read }, BLOCK_BYTES);
    else expectContent(read);
  };

  const finishHeader = (): void => {
    if (isZeroBlock(block)) {
      zeroBlocks += 1;
      if (zeroBlocks === 2) expect({ kind: 'tail' }, Number.POSITIVE_INFINITY);
      else expectHeader(0);
      return;
    }
    if (zeroBlocks > 0) throw layerInvalid('A header follows a block of zeros.');
    startEntry(parseHeader(block));
  };

  /** All bytes of the part are there. */
  function finishPart(): void {
    const done = part;
    if (done.kind === 'header') finishHeader();
    else if (done.kind === 'sparse-map') {
      if (block[MORE_SPARSE_MAP] === 0) expectContent(done.of);
      else expect(done, BLOCK_BYTES);
    } else if (done.kind === 'extension') {
      extensions = withExtension(extensions, done.typeflag, done.bytes);
      expectHeader(done.bytes.length);
    } else if (done.kind === 'content') {
      expectHeader(done.of.entry.size);
      done.sink?.end(!done.of.sparse);
    }
  }

  const take = (bytes: Buffer): void => {
    if (part.kind === 'content') part.sink?.write(bytes);
    else if (part.kind === 'extension') bytes.copy(part.bytes, part.bytes.length - left);
    else if (part.kind !== 'tail') bytes.copy(block, BLOCK_BYTES - left);
    left -= bytes.length;
  };

  const cut = (): void => {
    const open = part;
    expect({ kind: 'tail' }, Number.POSITIVE_INFINITY);
    if (open.kind === 'content') open.sink?.end(false);
  };

  return {
    write: (chunk) => {
      for (let at = 0; at < chunk.length; ) {
        const skipped = Math.min(padding, chunk.length - at);
        padding -= skipped;
        at += skipped;
        const length = Math.min(left, chunk.length - at);
        if (length === 0) return;
        take(chunk.subarray(at, at + length));
        at += length;
        if (left === 0) finishPart();
      }
    },
    end: () => {
      const isBetweenEntries = part.kind === 'header' && left === BLOCK_BYTES && extensions === NO_EXTENSIONS;
      const isWhole = part.kind === 'tail' || isBetweenEntries;
      cut();
      if (!isWhole) throw layerInvalid('The archive ends in the middle of an entry.');
    },
    cut,
  };
};
