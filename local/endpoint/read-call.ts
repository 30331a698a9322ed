/** Reads which operation an HTTP request calls and the members that it sends, for each of the AWS protocols. */
import type { IncomingHttpHeaders } from 'node:http';
import type { NormalizedSchema } from '@smithy/core/schema';
import { AwsError } from './aws-error.ts';
import { queryMembers } from './query-members.ts';
import type { Operation, ServiceModel } from './service-model.ts';
import { wireName } from './validate.ts';

export interface AwsRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface UnreadCall {
  readonly operation: Operation;
  /** Members under their wire names, not yet checked. */
  readonly members: unknown;
}

const unknownOperation = (words: string, status: number): AwsError =>
  new AwsError('UnknownOperationException', `The service has no operation ${words}.`, { status });

const parseJson = (body: Buffer): unknown => {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsError('SerializationException', 'The body of the request is not JSON.');
  }
};

const queryValue = (schema: NormalizedSchema, values: readonly string[]): unknown => {
  if (schema.isListSchema()) return values;
  const [value = ''] = values;
  if (schema.isNumericSchema()) return Number(value);
  return schema.isBooleanSchema() ? value === 'true' : value;
};

const urlMembers = (operation: Operation, url: URL): Readonly<Record<string, unknown>> => {
  const labels = operation.http?.path.exec(url.pathname)?.groups ?? {};
  const members = Object.entries(labels).map(([name, value]): [string, unknown] => [name, decodeURIComponent(value)]);
  for (const [name, schema] of operation.input.structIterator()) {
    const key = schema.getMergedTraits().httpQuery;
    if (key !== undefined && url.searchParams.has(key)) {
      members.push([wireName(name, schema), queryValue(schema, url.searchParams.getAll(key))]);
    }
  }
  return Object.fromEntries(members);
};

const readRest = (model: ServiceModel, { method, url, body }: AwsRequest): UnreadCall => {
  const matches = [...model.operations.values()].filter(
    ({ http }) => http?.method === method && http.path.test(url.pathname),
  );
  // `/findings/import` is also a match of `/findings/{Id}`: the path with fewer labels is meant.
  const [operation] = matches.sort((a, b) => labelCount(a) - labelCount(b));
  if (operation === undefined) throw unknownOperation(`${method} ${url.pathname}`, 404);
  const sent = parseJson(body);
  if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return { operation, members: sent };
  return { operation, members: { ...sent, ...urlMembers(operation, url) } };
};

const labelCount = ({ http }: Operation): number => http?.path.source.split('(?<').length ?? 0;

const readJsonRpc = (model: ServiceModel, { headers, body }: AwsRequest): UnreadCall => {
  const target = String(headers['x-amz-target'] ?? '');
  const [service, name = ''] = target.split('.');
  const operation = service === model.target ? model.operations.get(name) : undefined;
  if (operation === undefined) throw unknownOperation(`"${target}"`, 400);
  return { operation, members: parseJson(body) };
};

const readQuery = (model: ServiceModel, { body }: AwsRequest): UnreadCall => {
  const { Action = '', Version: _, ...members } = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
  const operation = model.operations.get(Action);
  if (operation === undefined) throw unknownOperation(`"${Action}"`, 400);
  return { operation, members: queryMembers(operation.input, members) };
};

/** Throws UnknownOperationException, or SerializationException for a body that is not JSON. */
export const readCall = (model: ServiceModel, request: AwsRequest): UnreadCall => {
  if (model.protocol === 'restJson1') return readRest(model, request);
  return model.protocol === 'awsQuery' ? readQuery(model, request) : readJsonRpc(model, request);
};
