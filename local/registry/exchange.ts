/** One request to the registry and the ways to answer it. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  readonly repository: string;
}

export const answer = ({ response }: Exchange, status: number, headers: OutgoingHttpHeaders = {}): void => {
  response.writeHead(status, { 'content-length': 0, ...headers }).end();
};

/** A HEAD request gets the headers that a GET gets, and no body. */
export const answerBytes = (
  { request, response }: Exchange,
  bytes: Buffer,
  contentType: string,
  headers: OutgoingHttpHeaders = {},
): void => {
  response.writeHead(200, { 'content-type': contentType, 'content-length': bytes.length, ...headers });
  response.end(request.method === 'HEAD' ? undefined : bytes);
};

export const answerJson = (exchange: Exchange, body: unknown, headers: OutgoingHttpHeaders = {}): void =>
  answerBytes(exchange, Buffer.from(JSON.stringify(body)), 'application/json', headers);
