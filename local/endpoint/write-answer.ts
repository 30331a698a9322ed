/** Writes an operation's output, or an error, in the words of the service's protocol. */
import type { AwsError } from './aws-error.ts';
import { renderQueryAnswer, renderQueryError } from './query-xml.ts';
import type { Operation, ServiceModel } from './service-model.ts';

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

const CONTENT_TYPES = {
  restJson1: 'application/json',
  awsJson1_0: 'application/x-amz-json-1.0',
  awsJson1_1: 'application/x-amz-json-1.1',
  awsQuery: 'text/xml',
} as const;

const serialize = (model: ServiceModel, operation: Operation, output: object): string | Uint8Array => {
  if (operation.output.isUnitSchema()) return '{}';
  const serializer = model.codec().createSerializer();
  serializer.write(operation.output, output);
  const written = serializer.flush();
  return typeof written === 'string' || written instanceof Uint8Array ? written : '{}';
};

/** All of the output goes into the body: none of the operations that are written binds output to headers. */
export const writeOutput = (
  model: ServiceModel,
  operation: Operation,
  output: object,
  requestId: string,
): HttpAnswer => ({
  status: operation.http?.status ?? 200,
  headers: { 'content-type': CONTENT_TYPES[model.protocol], 'x-amzn-requestid': requestId },
  body:
    model.protocol === 'awsQuery'
      ? renderQueryAnswer(model.xmlNamespace, operation.name, output, requestId)
      : serialize(model, operation, output),
});

const jsonErrorBody = ({ code, message, members }: AwsError): string =>
  // Services differ in how they spell the member, and the SDK takes either.
  JSON.stringify({ ...members, __type: code, message, Message: message });

export const writeError = (model: ServiceModel, error: AwsError, requestId: string): HttpAnswer => ({
  status: error.status ?? model.errorStatus.get(error.code) ?? 400,
  headers: {
    'content-type': CONTENT_TYPES[model.protocol],
    'x-amzn-requestid': requestId,
    'x-amzn-errortype': error.code,
  },
  body: model.protocol === 'awsQuery' ? renderQueryError(error, requestId) : jsonErrorBody(error),
});

/** For a request that names no service of the runtime; a form is how the query protocol sends, and it wants XML. */
export const writeUnknownService = (error: AwsError, contentType: string, requestId: string): HttpAnswer => {
  const xml = contentType.startsWith('application/x-www-form-urlencoded');
  return {
    status: error.status ?? 400,
    headers: {
      'content-type': xml ? 'text/xml' : 'application/json',
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': error.code,
    },
    body: xml ? renderQueryError(error, requestId) : jsonErrorBody(error),
  };
};
