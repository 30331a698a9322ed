/** What goes over the wire to the local runtime, which answers in this process: the bodies of calls and of messages to chat. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

export interface WireTap {
  /** One for each request so far to any address but the registry's. */
  readonly sent: () => readonly string[];
  readonly close: () => void;
}

const CHANNEL = 'http.server.request.start';

/** `host`: `127.0.0.1:PORT`, of the runtime that is listened to. */
export const tapWire = (host: string): WireTap => {
  const bodies: Buffer[][] = [];
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
  subscribe(CHANNEL, onRequest);
  return {
    sent: () => bodies.map((chunks) => Buffer.concat(chunks).toString('utf8')),
    close: () => {
      unsubscribe(CHANNEL, onRequest);
    },
  };
};
