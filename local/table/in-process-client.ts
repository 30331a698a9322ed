/** The SDK's DynamoDB client for the engine in this process: same protocol, no socket. */
import type { Server } from 'node:http';
import { Readable } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type HttpRequest, HttpResponse } from '@smithy/core/protocols';
import { forward } from './wire-request.ts';

const send = (engine: Server, request: HttpRequest): Promise<{ readonly response: HttpResponse }> =>
  new Promise((resolve) => {
    const headers: Record<string, string> = {};
    const response = {
      statusCode: 200,
      setHeader: (name: string, value: string | number) => {
        headers[name.toLowerCase()] = String(value);
      },
      end: (body = '') => {
        const { statusCode } = response;
        resolve({ response: new HttpResponse({ statusCode, headers, body: Readable.from([Buffer.from(body)]) }) });
      },
    };
    const lowerCased = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]);
    forward(
      engine,
      {
        method: request.method,
        url: request.path,
        headers: Object.fromEntries(lowerCased),
        body: typeof request.body === 'string' ? Buffer.from(request.body) : Buffer.concat([request.body]),
      },
      response,
    );
  });

export const createInProcessClient = (engine: Server): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      region: 'local',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
      requestHandler: { handle: (request: HttpRequest) => send(engine, request) },
    }),
  );
