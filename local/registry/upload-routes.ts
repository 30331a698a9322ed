/** Pushing blobs: in one request, in chunks, or by mounting one that another repository has. */
import { randomUUID } from 'node:crypto';
import { type Digest, isDigest } from '../../shared/image/digest.ts';
import type { BlobStore, Upload } from './blob-store.ts';
import { answer, type Exchange } from './exchange.ts';
import { RegistryError } from './registry-error.ts';
import type { RegistryStore } from './registry-store.ts';

export interface UploadRoutes {
  /** POST /v2/NAME/blobs/uploads/ */
  readonly start: (exchange: Exchange) => Promise<void>;
  /** PATCH, PUT, GET or DELETE of /v2/NAME/blobs/uploads/ID */
  readonly next: (exchange: Exchange, id: string) => Promise<void>;
}

interface Session {
  readonly repository: string;
  readonly upload: Upload;
  receiving: boolean;
}

const CONTENT_RANGE = /^(\d+)-(\d+)$/;

/** Chunks come in order: one that starts elsewhere gets 416, and the client asks how far the upload is. */
const checkRange = (contentRange: string | undefined, size: number): number | undefined => {
  if (contentRange === undefined) return undefined;
  const [, start, end] = CONTENT_RANGE.exec(contentRange.replace(/^bytes[ =]/, '').replace(/\/.*$/, '')) ?? [];
  if (start === undefined || end === undefined) {
    throw new RegistryError('BLOB_UPLOAD_INVALID', `not a range: ${contentRange}`);
  }
  if (Number(start) !== size) throw new RegistryError('RANGE_INVALID', `the next byte is ${size}, not ${start}`);
  return Number(end) + 1;
};

const rangeOf = (size: number): string => `0-${Math.max(size - 1, 0)}`;

export const createUploadRoutes = (blobs: BlobStore, store: RegistryStore): UploadRoutes => {
  const sessions = new Map<string, Session>();

  const forget = async (id: string, { upload }: Session): Promise<void> => {
    sessions.delete(id);
    await upload.drop();
  };

  const receive = async ({ request }: Exchange, id: string, session: Session): Promise<void> => {
    if (session.receiving) throw new RegistryError('BLOB_UPLOAD_INVALID', 'a chunk of this upload is under way');
    const expectedEnd = checkRange(request.headers['content-range'], session.upload.size());
    session.receiving = true;
    try {
      await session.upload.append(request);
    } catch (error) {
      // How much of a broken chunk was written is not known, so the upload cannot be resumed: it starts again.
      await forget(id, session);
      throw error;
    }
    session.receiving = false;
    if (expectedEnd !== undefined && expectedEnd !== session.upload.size()) {
      await forget(id, session);
      throw new RegistryError('BLOB_UPLOAD_INVALID', 'the chunk does not have the length that its range says');
    }
  };

  const finish = async (exchange: Exchange, id: string, session: Session): Promise<void> => {
    const digest = exchange.query.get('digest');
    const actual = session.upload.digest();
    if (digest !== actual) {
      await forget(id, session);
      throw new RegistryError('DIGEST_INVALID', `the blob's digest is ${actual}, not ${digest}`);
    }
    sessions.delete(id);
    await session.upload.commit();
    answerStored(exchange, actual, session.upload.size());
  };

  const answerStored = (exchange: Exchange, digest: Digest, bytes: number): void => {
    store.linkBlob(exchange.repository, digest, bytes);
    const location = `/v2/${exchange.repository}/blobs/${digest}`;
    answer(exchange, 201, { location, 'docker-content-digest': digest });
  };

  const answerProgress = (exchange: Exchange, status: number, id: string, { upload }: Session): void =>
    answer(exchange, status, {
      location: `/v2/${exchange.repository}/blobs/uploads/${id}`,
      range: rangeOf(upload.size()),
      'docker-upload-uuid': id,
    });

  return {
    start: async (exchange) => {
      const { query, repository, request } = exchange;
      if (request.method !== 'POST') throw new RegistryError('UNSUPPORTED', 'an upload starts with POST');
      const mount = query.get('mount');
      // Without `from` no repository vouches for the blob, and the client uploads it, as the specification allows.
      const mounted = isDigest(mount) ? store.blobSize(query.get('from') ?? '', mount) : undefined;
      if (isDigest(mount) && mounted !== undefined) return answerStored(exchange, mount, mounted);
      const id = randomUUID();
      const session: Session = { repository, upload: blobs.startUpload(), receiving: false };
      sessions.set(id, session);
      await receive(exchange, id, session);
      return query.has('digest') ? finish(exchange, id, session) : answerProgress(exchange, 202, id, session);
    },
    next: async (exchange, id) => {
      const session = sessions.get(id);
      if (session === undefined || session.repository !== exchange.repository) {
        throw new RegistryError('BLOB_UPLOAD_UNKNOWN', 'there is no such upload');
      }
      switch (exchange.request.method) {
        case 'GET':
          return answerProgress(exchange, 204, id, session);
        case 'PATCH':
          await receive(exchange, id, session);
          return answerProgress(exchange, 202, id, session);
        case 'PUT':
          await receive(exchange, id, session);
          return finish(exchange, id, session);
        case 'DELETE':
          await forget(id, session);
          return answer(exchange, 204);
        default:
          throw new RegistryError('UNSUPPORTED', `an upload has no ${exchange.request.method}`);
      }
    },
  };
};
