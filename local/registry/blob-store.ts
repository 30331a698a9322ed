/** The bytes of blobs in a temporary directory, by digest; layers of several GB pass through it as streams. */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, type ReadStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { type Digest, isDigest } from '../../shared/image/digest.ts';

/** A blob on its way in: chunks are appended until it is committed under its digest or dropped. */
export interface Upload {
  /** Bytes received so far. */
  readonly size: () => number;
  readonly append: (chunk: Readable) => Promise<void>;
  /** Of the bytes received so far. */
  readonly digest: () => Digest;
  readonly commit: () => Promise<void>;
  readonly drop: () => Promise<void>;
}

export interface BlobStore {
  readonly startUpload: () => Upload;
  readonly open: (digest: Digest, range?: { readonly start: number; readonly end: number }) => ReadStream;
  readonly close: () => Promise<void>;
}

type Store = (digest: Digest, path: string) => Promise<void>;

const uploadTo = (path: string, store: Store): Upload => {
  const hash = createHash('sha256');
  let size = 0;
  const digest = (): Digest => {
    const text = `sha256:${hash.copy().digest('hex')}`;
    if (!isDigest(text)) throw new Error(`not a digest: ${text}`);
    return text;
  };
  async function* hashed(chunk: Readable): AsyncGenerator<Buffer> {
    for await (const bytes of chunk) {
      hash.update(bytes);
      size += bytes.length;
      yield bytes;
    }
  }
  return {
    size: () => size,
    append: (chunk) => pipeline(hashed(chunk), createWriteStream(path, { flags: 'a' })),
    digest,
    commit: () => store(digest(), path),
    drop: () => rm(path, { force: true }),
  };
};

export const createBlobStore = (): BlobStore => {
  const directory = mkdtempSync(join(tmpdir(), 'sekisho-registry-'));
  const pathOf = (digest: Digest): string => join(directory, digest.slice('sha256:'.length));
  const store: Store = (digest, path) => rename(path, pathOf(digest));
  return {
    startUpload: () => uploadTo(join(directory, `upload-${randomUUID()}`), store),
    open: (digest, range) => createReadStream(pathOf(digest), range),
    close: () => rm(directory, { recursive: true, force: true }),
  };
};
