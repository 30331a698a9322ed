/** An AWS endpoint of one service with handlers of the test's own: for answers that a healthy service never gives. */
import { createEndpoint } from '../../local/endpoint/endpoint.ts';
import type { LocalService } from '../../local/endpoint/local-service.ts';
import { type HttpServer, startServer } from './http-server.ts';

export const startService = (service: LocalService): Promise<HttpServer> => {
  const endpoint = createEndpoint({ services: [service] });
  return startServer((request, response) => void endpoint.handle(request, response));
};
