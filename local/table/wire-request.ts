/** One request in DynamoDB's wire protocol, read to its end, and its way into the engine. */
import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** What the engine needs of an HTTP response. */
export interface WireResponse {
  statusCode: number;
  readonly setHeader: (name: string, value: string | number) => unknown;
  readonly end: (body?: string) => unknown;
}

/** The operation's name, or nothing when the request has no target. */
export const operationOf = (request: WireRequest): string | undefined =>
  String(request.headers['x-amz-target'] ?? '').split('.')[1];

/** `body` when it is read already. Rejects when the client hangs up before the end. */
export const readWireRequest = async (request: IncomingMessage, body?: Buffer): Promise<WireRequest> => ({
  method: request.method ?? '',
  url: request.url ?? '/',
  headers: request.headers,
  body: body ?? (await buffer(request)),
});

/**
 * Lets the engine answer. It gets a finished request and never the connection itself: it would end the process when a
 * client hangs up halfway, as a function does that runs out of time.
 */
export const forward = (engine: Server, { body, ...head }: WireRequest, response: WireResponse): void => {
  engine.emit('request', Object.assign(Readable.from([body]), head), response);
};
