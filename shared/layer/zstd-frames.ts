/** The frames of a zstd stream (RFC 8878), told apart without decompressing them. */
import { layerInvalid } from './tar/layer-invalid.ts';

/**
 * The stream's bytes without its skippable frames; no chunk goes over the end of a frame. Node's decompressor needs it
 * so: it takes the end of a frame, and a skippable frame, for the end of the stream if more follows in the same chunk,
 * and drops the rest without a word. Throws LAYER_INVALID for what is no frame.
 */
export async function* zstdFrames(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  const field = Buffer.alloc(MAGIC_BYTES);
  let part = MAGIC;
  let left = part.bytes;
  for await (const chunk of chunks) {
    /** Where that begins which was not given out yet. */
    let start = 0;
    for (let at = 0; at < chunk.length; ) {
      const end = Math.min(at + left, chunk.length);
      if (part.isField) chunk.copy(field, part.bytes - left, at, end);
      left -= end - at;
      at = end;
      while (left === 0) {
        if (part.kind === 'last-block') yield chunk.subarray(start, at);
        if (part.kind === 'last-block' || part.kind === 'skippable') start = at;
        const heldBytes = part.kind === 'magic' ? MAGIC_BYTES - (at - start) : 0;
        part = partAfter(part, field);
        if (part.kind === 'descriptor' && heldBytes > 0) yield Buffer.from(field.subarray(0, heldBytes));
        left = part.bytes;
      }
    }
    if (part.isOfFrame && start < chunk.length) yield chunk.subarray(start);
  }
  if (part.kind !== 'magic' || left !== MAGIC_BYTES)
    throw layerInvalid('The zstd stream ends in the middle of a frame.');
}

const MAGIC_BYTES = 4;
const FRAME = 0xfd2fb528;
/** The last four bits are free. */
const SKIPPABLE = 0x184d2a50;
const CHECKSUM_BYTES = 4;

interface Part {
  readonly kind:
    | 'magic'
    | 'skippable-size'
    | 'skippable'
    | 'descriptor'
    | 'header'
    | 'block-header'
    | 'block'
    | 'last-block';
  readonly bytes: number;
  /** What comes next depends on its bytes. */
  readonly isField: boolean;
  /** Known to belong to a frame that is to be decompressed. */
  readonly isOfFrame: boolean;
  /** Bytes behind the frame's last block. */
  readonly checksumBytes: number;
}

const MAGIC: Part = { kind: 'magic', bytes: MAGIC_BYTES, isField: true, isOfFrame: false, checksumBytes: 0 };

const partAfter = (part: Part, field: Buffer): Part => {
  const { checksumBytes } = part;
  switch (part.kind) {
    case 'skippable':
    case 'last-block':
      return MAGIC;
    case 'magic': {
      const magic = field.readUInt32LE(0);
      if (magic === FRAME) return { ...MAGIC, kind: 'descriptor', bytes: 1, isOfFrame: true };
      if ((magic & ~0xf) >>> 0 === SKIPPABLE) return { ...MAGIC, kind: 'skippable-size' };
      throw layerInvalid('What follows a zstd frame is no frame.');
    }
    case 'skippable-size':
      return { ...MAGIC, kind: 'skippable', bytes: field.readUInt32LE(0), isField: false };
    case 'descriptor':
      return { kind: 'header', isField: false, isOfFrame: true, ...headerSize(field.readUInt8(0)) };
    case 'header':
    case 'block':
      return { kind: 'block-header', bytes: 3, isField: true, isOfFrame: true, checksumBytes };
    case 'block-header': {
      const { bytes, isLast } = blockSize(field.readUIntLE(0, 3));
      const block = { isField: false, isOfFrame: true, checksumBytes };
      return isLast
        ? { kind: 'last-block', bytes: bytes + checksumBytes, ...block }
        : { kind: 'block', bytes, ...block };
    }
  }
};

/** Of what follows the descriptor: window, dictionary and content size. */
const headerSize = (descriptor: number): Pick<Part, 'bytes' | 'checksumBytes'> => {
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >> 6;
  const sizeBytes = sizeFlag === 0 ? Number(isSingleSegment) : 1 << sizeFlag;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 0x3] ?? 0;
  return {
    bytes: Number(!isSingleSegment) + dictionaryBytes + sizeBytes,
    checksumBytes: descriptor & 0x4 ? CHECKSUM_BYTES : 0,
  };
};

const REPEATED_BYTE = 1;
const RESERVED = 3;

const blockSize = (header: number): { readonly bytes: number; readonly isLast: boolean } => {
  const type = (header >> 1) & 0x3;
  if (type === RESERVED) throw layerInvalid('A zstd block is of no known type.');
  return { bytes: type === REPEATED_BYTE ? 1 : header >> 3, isLast: (header & 1) === 1 };
};
