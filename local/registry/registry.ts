/** An OCI registry (distribution specification 1.1) with ECR's naming rules; any credentials are good. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../shared/base/clock.ts';
import type { Digest } from '../../shared/image/digest.ts';
import { type BlobReads, createBlobRoute } from './blob-routes.ts';
import { createBlobStore } from './blob-store.ts';
import { answerJson, type Exchange } from './exchange.ts';
import type { ImageAction } from './image-action.ts';
import { createManifestRoute, createReferrersRoute, createTagsRoute } from './manifest-routes.ts';
import { isRepositoryName } from './names.ts';
import { RegistryError } from './registry-error.ts';
import { createRegistryStore, type RegistryStore } from './registry-store.ts';
import { createUploadRoutes } from './upload-routes.ts';

export interface RegistryOptions {
  readonly clock: Clock;
  /** An image was pushed or deleted; called once the store shows it. */
  readonly onAction: (action: ImageAction) => void;
  /** A fault of the registry itself, which the client sees as status 500. */
  readonly onFault: (error: unknown) => void;
}

export interface Registry {
  /** Answers a request under /v2/, whose body must not have been read yet; never rejects. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly store: RegistryStore;
  /** By digest: whoever asked. */
  readonly blobReads: () => Readonly<Record<string, BlobReads>>;
  /** Deletes all blobs. */
  readonly close: () => Promise<void>;
}

type Route = (exchange: Exchange, argument: string) => void | Promise<void>;

const ROUTE =
  /^\/v2\/(?<repository>.+?)\/(?<rest>blobs\/uploads\/?|(?:blobs\/uploads|blobs|manifests|tags|referrers)\/[^/]+)$/;

/** How a stream fails whose other end is a client that went away, as clients do in the middle of layers. */
const HUNG_UP: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE']);

const isHangUp = (error: unknown): boolean => error instanceof Error && 'code' in error && HUNG_UP.has(error.code);

const answerError = (exchange: Exchange, error: unknown, onFault: (error: unknown) => void): void => {
  if (isHangUp(error)) return;
  const known = error instanceof RegistryError ? error : undefined;
  if (known === undefined) onFault(error);
  if (exchange.response.headersSent) {
    exchange.response.destroy();
    return;
  }
  const body = { errors: [{ code: known?.code ?? 'UNKNOWN', message: known?.message ?? 'the registry failed' }] };
  // What the client still sends is not read, so the connection cannot serve another request.
  exchange.response.writeHead(known?.status ?? 500, { 'content-type': 'application/json', connection: 'close' });
  exchange.response.end(exchange.request.method === 'HEAD' ? undefined : JSON.stringify(body));
  exchange.request.resume();
};

export const createRegistry = ({ clock, onAction, onFault }: RegistryOptions): Registry => {
  const blobs = createBlobStore();
  const reads = new Map<Digest, BlobReads>();
  const countRead = (digest: Digest, bytes: number): void => {
    const before = reads.get(digest);
    reads.set(digest, { reads: (before?.reads ?? 0) + 1, bytes: (before?.bytes ?? 0) + bytes });
  };
  const store = createRegistryStore({ clock, onAction });
  const uploads = createUploadRoutes(blobs, store);
  const routes: Readonly<Record<string, Route>> = {
    'blobs/uploads': (exchange, id) => (id === '' ? uploads.start(exchange) : uploads.next(exchange, id)),
    blobs: createBlobRoute(blobs, store, countRead),
    manifests: createManifestRoute(store),
    tags: createTagsRoute(store),
    referrers: createReferrersRoute(store),
  };

  const dispatch = async (exchange: Exchange, rest: string | undefined): Promise<void> => {
    const [, family, argument] = /^(blobs\/uploads|\w+)\/?(.*)$/.exec(rest ?? '') ?? [];
    const route = family === undefined ? undefined : routes[family];
    if (route === undefined || argument === undefined) throw new RegistryError('UNSUPPORTED', 'no such resource');
    if (!isRepositoryName(exchange.repository)) {
      throw new RegistryError('NAME_INVALID', `not a repository name: ${exchange.repository}`);
    }
    await route(exchange, argument);
  };

  return {
    handle: async (request, response) => {
      const url = URL.parse(request.url ?? '/', 'http://localhost') ?? new URL('http://localhost');
      const { repository = '', rest } = ROUTE.exec(url.pathname.replaceAll('%3A', ':'))?.groups ?? {};
      const exchange: Exchange = { request, response, query: url.searchParams, repository };
      response.setHeader('docker-distribution-api-version', 'registry/2.0');
      try {
        if (/^\/v2\/?$/.test(url.pathname)) answerJson(exchange, {});
        else await dispatch(exchange, rest);
      } catch (error) {
        answerError(exchange, error, onFault);
      }
    },
    store,
    blobReads: () => Object.fromEntries(reads),
    close: blobs.close,
  };
};
