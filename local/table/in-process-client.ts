/** The SDK's DynamoDB client for the engine in this process: same protocol, no socket. */
import { Readable } from 'node:stream';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type HttpRequest, HttpResponse } from '@smithy/core/protocols';
import type { Engine } from './engine.ts';

const send = async (engine: Engine, request: HttpRequest): Promise<{ readonly response: HttpResponse }> => {
  const lowerCased = Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]);
  const { statusCode, headers, body } = await engine({
    method: request.method,
    url: request.path,
    headers: Object.fromEntries(lowerCased),
    body: typeof request.body === 'string' ? Buffer.from(request.body) : Buffer.concat([request.body]),
  });
  return {
    response: new HttpResponse({ statusCode, headers: { ...headers }, body: Readable.from([Buffer.from(body)]) }),
  };
};

export const createInProcessClient = (engine: Engine): DynamoDBDocumentClient =>
  DynamoDBDocumentClient.from(
    new DynamoDBClient({
      region: 'local',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      maxAttempts: 1,
      requestHandler: { handle: (request: HttpRequest) => send(engine, request) },
    }),
  );
