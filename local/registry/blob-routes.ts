/** Pulling and deleting blobs. */
import { pipeline } from 'node:stream/promises';
import { type Digest, isDigest } from '../../shared/image/digest.ts';
import type { BlobStore } from './blob-store.ts';
import { answer, type Exchange } from './exchange.ts';
import { RegistryError } from './registry-error.ts';
import type { RegistryStore } from './registry-store.ts';

interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * `bytes=START-` or `bytes=START-END`; any other form is ignored, and the whole blob is the answer. Throws RANGE_INVALID
 * for one that ends before it starts, or starts after the blob's end.
 */
const rangeFrom = (header: string | undefined, size: number): ByteRange | undefined => {
  const [, start, end] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? [];
  if (start === undefined) return undefined;
  const last = Math.min(end ? Number(end) : size - 1, size - 1);
  if (Number(start) > last) throw new RegistryError('RANGE_INVALID', `the blob has ${size} bytes, not ${header}`);
  return { start: Number(start), end: last };
};

/** How often a blob was asked for, and how many of its bytes were sent. */
export interface BlobReads {
  readonly reads: number;
  readonly bytes: number;
}

export type OnBlobRead = (digest: Digest, bytes: number) => void;

/** GET, HEAD or DELETE of /v2/NAME/blobs/DIGEST */
export const createBlobRoute =
  (blobs: BlobStore, store: RegistryStore, onRead: OnBlobRead) =>
  async (exchange: Exchange, digest: string): Promise<void> => {
    const { request, response, repository } = exchange;
    if (!isDigest(digest)) throw new RegistryError('DIGEST_INVALID', `not a sha256 digest: ${digest}`);
    const size = store.blobSize(repository, digest);
    if (size === undefined) throw new RegistryError('BLOB_UNKNOWN', `the repository does not have ${digest}`);
    if (request.method === 'DELETE') {
      store.unlinkBlob(repository, digest);
      return answer(exchange, 202);
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      throw new RegistryError('UNSUPPORTED', `a blob has no ${request.method}`);
    }
    const range = rangeFrom(request.headers.range, size);
    response.writeHead(range === undefined ? 200 : 206, {
      'content-type': 'application/octet-stream',
      'content-length': range === undefined ? size : range.end - range.start + 1,
      'docker-content-digest': digest,
      'accept-ranges': 'bytes',
      ...(range !== undefined && { 'content-range': `bytes ${range.start}-${range.end}/${size}` }),
    });
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    const bytes = blobs.open(digest, range);
    // Also of a download that is broken off.
    bytes.once('close', () => onRead(digest, bytes.bytesRead));
    await pipeline(bytes, response);
  };
