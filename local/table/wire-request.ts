/** One request in DynamoDB's wire protocol, read to its end, and the answer to it. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface WireAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
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
