/** Tar archives written by hand, also those that no tool would write. */
import { pack } from 'tar-stream';

export interface Block {
  readonly name?: string | Buffer;
  readonly typeflag?: string;
  readonly mode?: string;
  readonly uid?: string | Buffer;
  readonly size?: string | Buffer;
  readonly linkName?: string;
  readonly magic?: string;
  readonly prefix?: string;
  readonly major?: string;
  readonly minor?: string;
  /** Bytes to put elsewhere: offset and value. */
  readonly patch?: readonly (readonly [number, Buffer | string])[];
  readonly checksum?: string;
}

export const octal = (value: number, digits = 11): string => `${value.toString(8).padStart(digits, '0')}\0`;

export const tarBlock = (block: Block): Buffer => {
  const bytes = Buffer.alloc(512);
  const put = (offset: number, value: Buffer | string): void => {
    Buffer.from(value).copy(bytes, offset);
  };
  put(0, block.name ?? 'file');
  put(100, block.mode ?? '0000644\0');
  put(108, block.uid ?? '0000000\0');
  put(116, '0000000\0');
  put(124, block.size ?? octal(0));
  put(136, octal(0));
  put(156, block.typeflag ?? '0');
  put(157, block.linkName ?? '');
  put(257, block.magic ?? 'ustar\x0000');
  put(329, block.major ?? '');
  put(337, block.minor ?? '');
  put(345, block.prefix ?? '');
  for (const [offset, value] of block.patch ?? []) put(offset, value);
  put(148, ' '.repeat(8));
  put(
    148,
    block.checksum ??
      `${bytes
        .reduce((sum, byte) => sum + byte, 0)
        .toString(8)
        .padStart(6, '0')}\0 `,
  );
  return bytes;
};

export const padded = (content: Buffer | string): Buffer => {
  const bytes = Buffer.from(content);
  return Buffer.concat([bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]);
};

/** A header with its content. */
export const tarEntry = (block: Block, content: Buffer | string = ''): Buffer =>
  Buffer.concat([tarBlock({ size: octal(Buffer.from(content).length), ...block }), padded(content)]);

export const paxRecord = (key: string, value: Buffer | string): Buffer => {
  const body = Buffer.concat([Buffer.from(` ${key}=`), Buffer.from(value), Buffer.from('\n')]);
  let length = body.length + 1;
  while (String(length).length + body.length !== length) length = String(length).length + body.length;
  return Buffer.concat([Buffer.from(String(length)), body]);
};

export const paxHeader = (...records: readonly Buffer[]): Buffer =>
  tarEntry({ name: 'pax', typeflag: 'x' }, Buffer.concat(records));

export const TAR_END = Buffer.alloc(1024);

export const tarOf = (...entries: readonly Buffer[]): Buffer => Buffer.concat([...entries, TAR_END]);

export interface PackedEntry {
  readonly name: string;
  readonly type?: 'file' | 'directory' | 'symlink' | 'link';
  readonly mode?: number;
  readonly uid?: number;
  readonly linkname?: string;
  readonly pax?: Readonly<Record<string, string>>;
  readonly content?: Buffer | string;
}

/** As tar-stream writes it. */
export const packed = async (entries: readonly PackedEntry[]): Promise<Buffer> => {
  const archive = pack();
  for (const { content, pax, ...header } of entries)
    archive.entry({ ...header, ...(pax && { pax: { ...pax } }) }, Buffer.from(content ?? ''));
  archive.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of archive) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
};

/** Cut into pieces of these sizes, again and again. */
export const inPieces = (bytes: Buffer, sizes: readonly number[]): readonly Buffer[] => {
  const pieces: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? bytes.length;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
};
