/** What looks at a layer's entries while they stream by. Each reader knows one thing; a scan gives every entry to all. */

export type EntryType =
  | 'file'
  | 'directory'
  | 'symlink'
  | 'hardlink'
  | 'character-device'
  | 'block-device'
  | 'fifo'
  | 'other';

export interface TarEntry {
  /** As it lands in the image: without a leading slash, without `.` and `..`; printable. `etc/passwd`. */
  readonly path: string;
  /** As the archive writes it; for comparisons only, never for output. */
  readonly rawName: string;
  readonly type: EntryType;
  /** Permission bits with setuid, setgid and sticky. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Bytes of content. */
  readonly size: number;
  /** Of links, as the archive writes it. */
  readonly linkName?: string;
  /** The raw value of the extended attribute `security.capability`. */
  readonly capability?: Buffer;
  /** Of devices; absent where the archive's reader does not tell. */
  readonly device?: { readonly major: number; readonly minor: number };
}

/** Takes the content of one entry, in pieces. */
export interface ContentSink {
  /** The bytes are overwritten after the call returns: copy what is kept. */
  readonly write: (chunk: Buffer) => void;
  /** `whole`: every byte of the entry was given; false where a budget cut it. Called once, also after a cut. */
  readonly end: (whole: boolean) => void;
}

export interface LayerReader {
  /** Called for every entry in order. A sink: the reader wants the content, of regular files only. */
  readonly entry: (entry: TarEntry) => ContentSink | undefined;
}

/** A sink that hands over the whole content at its end, if that is at most `limit` bytes; `undefined`: longer, or cut. */
export const collect = (limit: number, done: (content: Buffer | undefined) => void): ContentSink => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  return {
    write: (chunk) => {
      bytes += chunk.length;
      if (bytes <= limit) chunks.push(Buffer.from(chunk));
      else chunks.length = 0;
    },
    end: (whole) => done(whole && bytes <= limit ? Buffer.concat(chunks) : undefined),
  };
};
