/** What goes over the wire to the local runtime, which answers in this process: request bodies, and the blobs that are read. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface WireTap {
  /** Everything that was sent to any address but the registry's: calls of AWS and messages to chat. */
  readonly sent: () => readonly string[];
  /** Blobs that were read whole since the start or the last `forget`: by digest, how many bytes. */
  readonly blobsRead: () => ReadonlyMap<string, number>;
  readonly forget: () => void;
  readonly close: () => void;
}

/** `host`: `127.0.0.1:PORT`, of the runtime that is listened to. */
export const tapWire = (host: string): WireTap => {
  const bodies: Buffer[][] = [];
  const blobs = new Map<string, number>();

  const onRequest = (message: unknown): void => {
    const { request } = message as { readonly request: IncomingMessage };
    if (request.headers.host !== host || request.url?.startsWith('/v2/')) return;
    const chunks: Buffer[] = [];
    bodies.push(chunks);
    // Listening to `data` would let it flow before its reader is there.
    const push = request.push.bind(request);
    request.push = (chunk: Buffer | null, encoding?: BufferEncoding) => {
      if (chunk !== null) chunks.push(Buffer.from(chunk));
      return push(chunk, encoding);
    };
  };
  const onResponse = (message: unknown): void => {
    const { request, response } = message as { readonly request: IncomingMessage; readonly response: ServerResponse };
    const [, digest] = /^\/v2\/.+\/blobs\/(sha256:[a-f0-9]{64})$/.exec(request.url ?? '') ?? [];
    if (request.headers.host !== host || request.method !== 'GET' || digest === undefined) return;
    blobs.set(digest, (blobs.get(digest) ?? 0) + Number(response.getHeader('content-length')));
  };
  subscribe('http.server.request.start', onRequest);
  subscribe('http.server.response.finish', onResponse);
  return {
    sent: () => bodies.map((chunks) => Buffer.concat(chunks).toString('utf8')),
    blobsRead: () => new Map(blobs),
    forget: () => blobs.clear(),
    close: () => {
      unsubscribe('http.server.request.start', onRequest);
      unsubscribe('http.server.response.finish', onResponse);
    },
  };
};
