/** The one port: AWS requests by their signature's scope, the registry under /v2/, the runtime's own under /_local/. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { credentialScopeOf } from './endpoint/credential-scope.ts';

export type Handle = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

export interface FrontRoutes {
  readonly queues: Handle;
  readonly buckets: Handle;
  readonly tables: Handle;
  readonly services: Handle;
  readonly registry: Handle;
  readonly own: Handle;
}

export interface Front {
  readonly port: number;
  /** Until then every request is answered 503. */
  readonly open: (routes: FrontRoutes) => void;
  readonly close: () => Promise<void>;
}

/** Listens on 127.0.0.1 only. `port` 0 takes any free one. Rejects when the port is taken. */
export const listen = async (port: number, onFault: (error: unknown) => void): Promise<Front> => {
  let routes: FrontRoutes | undefined;
  const server = createServer((request, response) => {
    answer(routes, request, response).catch((error: unknown) => {
      onFault(error);
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { 'content-type': 'text/plain' }).end('the local runtime failed');
    });
  });
  // Clients of the registry send large layers slowly; the default of five minutes would cut them off.
  server.requestTimeout = 0;
  await started(server, port);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return {
    port: address.port,
    open: (opened) => {
      routes = opened;
    },
    close: () => closed(server),
  };
};

const answer = async (
  routes: FrontRoutes | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  if (routes) return routeOf(request, routes)(request, response);
  response.writeHead(503, { 'content-type': 'text/plain' }).end('the local runtime is starting');
};

/** A page in the user's browser can send requests here too: it says where it comes from, or calls us by another name. */
const isFromPage = ({ headers }: IncomingMessage): boolean =>
  (headers.origin !== undefined && headers.origin !== `http://${headers.host}`) ||
  !/^(127\.0\.0\.1|localhost)(:\d+)?$/.test(headers.host ?? '');

const refuse: Handle = (_request, response) => {
  response.writeHead(403, { 'content-type': 'text/plain' }).end('the local runtime does not answer web pages');
};

const routeOf = (request: IncomingMessage, routes: FrontRoutes): Handle => {
  const path = request.url ?? '/';
  const scope = credentialScopeOf(request.headers.authorization);
  // Signed, the root is S3's list of buckets; to a person it is the front door.
  if (path === '/_local' || path.startsWith('/_local/') || (path === '/' && scope === undefined))
    return isFromPage(request) ? refuse : routes.own;
  if (scope === undefined) return path === '/v2' || path.startsWith('/v2/') ? routes.registry : routes.services;
  if (scope.service === 'sqs') return routes.queues;
  if (scope.service === 's3') return routes.buckets;
  return scope.service === 'dynamodb' ? routes.tables : routes.services;
};

const started = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        'code' in cause && cause.code === 'EADDRINUSE'
          ? new Error(`port ${port} is taken; choose another`, { cause })
          : cause,
      ),
    );
    server.listen(port, '127.0.0.1', () => resolve());
  });

const closed = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
