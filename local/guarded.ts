/** Requests to the services that libraries answer, SQS and DynamoDB: checked and counted before they do. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as sqs from '@aws-sdk/client-sqs';
import { AwsError } from './endpoint/aws-error.ts';
import { credentialScopeOf } from './endpoint/credential-scope.ts';
import type { AwsCall, FinishedCall } from './endpoint/endpoint.ts';
import { readBody } from './endpoint/read-body.ts';
import { createRequestCheck } from './endpoint/request-check.ts';
import { writeUnknownService } from './endpoint/write-answer.ts';
import type { Handle } from './front.ts';

export interface GuardOptions {
  /** Throws an AwsError to refuse the call. */
  readonly admit: (call: AwsCall) => void | Promise<void>;
  /** Told of every call, refused or passed on. */
  readonly onCall: (call: FinishedCall) => void;
  readonly handle: (request: IncomingMessage, response: ServerResponse, body: Buffer) => void;
}

/** The largest request of DynamoDB, a batch write; those of SQS have 1 MiB. */
const MAX_BYTES = 16 * 1024 * 1024;

// The clients are asked for their models only: any Region does.
const CHECKS = new Map([
  [
    'dynamodb',
    createRequestCheck(
      { schemas: dynamodb, config: new dynamodb.DynamoDBClient({ region: 'us-east-1' }).config },
      { unknown: 'ValidationException', missing: 'ValidationException', type: 'SerializationException' },
    ),
  ],
  [
    'sqs',
    createRequestCheck(
      { schemas: sqs, config: new sqs.SQSClient({ region: 'us-east-1' }).config },
      { unknown: 'InvalidParameterValue', missing: 'MissingParameter', type: 'SerializationException' },
    ),
  ],
]);

export const guarded = ({ admit, onCall, handle }: GuardOptions): Handle => {
  const refuse = (request: IncomingMessage, response: ServerResponse, error: AwsError): void => {
    const { status, headers, body } = writeUnknownService(error, request.headers['content-type'] ?? '', randomUUID());
    // The SDK reads the code of an SQS error from here, as it did when SQS spoke XML.
    response.writeHead(status, { ...headers, 'x-amzn-query-error': `${error.code};Sender` }).end(body);
  };

  return async (request, response) => {
    const body = await readBody(request, MAX_BYTES);
    if (body === 'caller-gone') return;
    if (body === 'too-large')
      return refuse(
        request,
        response,
        new AwsError('RequestEntityTooLarge', `A request may have ${MAX_BYTES} bytes.`, { status: 413 }),
      );
    const call = callFrom(request, body);
    if (call === undefined) return handle(request, response, body);
    try {
      if (call.input !== undefined) CHECKS.get(call.service)?.(call.operation, call.input);
      await admit(call);
    } catch (error) {
      onCall({ ...call, error });
      if (!(error instanceof AwsError)) throw error;
      return refuse(request, response, error);
    }
    onCall(call);
    return handle(request, response, body);
  };
};

/** Undefined for a request that is not signed: the library refuses or answers it. */
const callFrom = ({ headers }: IncomingMessage, body: Buffer): AwsCall | undefined => {
  const scope = credentialScopeOf(headers.authorization);
  if (scope === undefined) return undefined;
  const target = headers['x-amz-target'];
  const operation = typeof target === 'string' ? target.replace(/^.*\./, '') : 'unknown';
  return { ...scope, operation, input: inputFrom(body) };
};

/** What is no JSON object is refused by the library itself. */
const inputFrom = (body: Buffer): object | undefined => {
  try {
    const input: unknown = JSON.parse(body.toString('utf8'));
    return typeof input === 'object' && input !== null ? input : undefined;
  } catch {
    return undefined;
  }
};
