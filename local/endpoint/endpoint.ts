/** The AWS endpoint: takes any signed AWS API request, checks it against the service's model and answers it. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError, notImplemented } from './aws-error.ts';
import { constraintProblems, validationMessage } from './constraint-problems.ts';
import { type CredentialScope, credentialScopeOf } from './credential-scope.ts';
import type { LocalService } from './local-service.ts';
import { readBody } from './read-body.ts';
import { type AwsRequest, readCall } from './read-call.ts';
import { type Operation, type ServiceModel, serviceModelFrom } from './service-model.ts';
import { problemsOf } from './validate.ts';
import { type HttpAnswer, writeError, writeOutput, writeUnknownService } from './write-answer.ts';

export interface AwsCall {
  readonly service: string;
  /** The operation; for a request that names none of the service's, its method and path or its target. */
  readonly operation: string;
  readonly accessKeyId: string;
  readonly region: string;
  /** With timestamps as Date and blobs as bytes; undefined when it could not be read. */
  readonly input: object | undefined;
}

export interface FinishedCall extends AwsCall {
  /** An AwsError that the caller saw, or a fault of the runtime that the caller saw as InternalFailure. */
  readonly error?: unknown;
}

export interface EndpointOptions {
  readonly services: readonly LocalService[];
  /** Told of every call once it is answered. */
  readonly onCall?: (call: FinishedCall) => void;
  /** Throws an AwsError to refuse the call before its handler runs. */
  readonly authorize?: (call: AwsCall) => void | Promise<void>;
}

export interface Endpoint {
  /** Answers one request; rejects only when `onCall` throws. `body` is for a server that has already read it. */
  readonly handle: (request: IncomingMessage, response: ServerResponse, body?: Buffer) => Promise<void>;
}

/** Above the largest request of any service here: 6 MB for Security Hub's BatchImportFindings. */
const MAX_REQUEST_BYTES = 16 * 1024 * 1024;

interface Offered {
  readonly service: LocalService;
  readonly model: ServiceModel;
}

const refuseIf = (problems: readonly string[], { service }: Offered): void => {
  if (problems.length === 0) return;
  throw new AwsError(service.invalidInputCode, validationMessage(problems), {
    members: service.invalidInputMembers ?? {},
  });
};

const parseInput = async (chosen: Offered, operation: Operation, members: unknown): Promise<object> => {
  const { model } = chosen;
  if (operation.input.isUnitSchema()) return {};
  refuseIf(
    problemsOf(operation.input, members).map(({ text }) => text),
    chosen,
  );
  // The members of the query protocol were texts, and have their types by now.
  if (model.protocol === 'awsQuery') return typeof members === 'object' && members !== null ? members : {};
  return model.codec().createDeserializer().read(operation.input, JSON.stringify(members));
};

/** Throws the service's own error for an input that breaks its schema or its constraints. */
const readInput = async (chosen: Offered, operation: Operation, members: unknown): Promise<object> => {
  const input = await parseInput(chosen, operation, members);
  refuseIf(constraintProblems(chosen.service.constraints?.[operation.name] ?? {}, input), chosen);
  return input;
};

const awsErrorFrom = (thrown: unknown): AwsError =>
  thrown instanceof AwsError
    ? thrown
    : new AwsError('InternalFailure', 'The local runtime failed; its log says why.', { status: 500 });

export const createEndpoint = ({ services, onCall, authorize }: EndpointOptions): Endpoint => {
  const offered = new Map<string, Offered>(
    services.map((service) => [service.name, { service, model: serviceModelFrom(service.client) }]),
  );

  const answer = async (scope: CredentialScope, chosen: Offered, request: AwsRequest): Promise<HttpAnswer> => {
    const requestId = randomUUID();
    const words = String(request.headers['x-amz-target'] ?? `${request.method} ${request.url.pathname}`);
    let call: AwsCall = { ...scope, operation: words, input: undefined };
    try {
      const { operation, members } = readCall(chosen.model, request);
      call = { ...call, operation: operation.name };
      const handler = chosen.service.handlers[operation.name];
      if (handler === undefined) throw notImplemented(`${scope.service} ${operation.name}`);
      const input = await readInput(chosen, operation, members);
      call = { ...call, input };
      await authorize?.(call);
      const answered = writeOutput(chosen.model, operation, await handler(input, scope), requestId);
      onCall?.(call);
      return answered;
    } catch (error) {
      onCall?.({ ...call, error });
      return writeError(chosen.model, awsErrorFrom(error), requestId);
    }
  };

  const answerRequest = async (request: IncomingMessage, body: Buffer | 'too-large'): Promise<HttpAnswer> => {
    const refuse = (error: AwsError): HttpAnswer =>
      writeUnknownService(error, request.headers['content-type'] ?? '', randomUUID());
    const scope = credentialScopeOf(request.headers.authorization);
    if (scope === undefined) {
      return refuse(new AwsError('MissingAuthenticationToken', 'The request is not signed.', { status: 403 }));
    }
    const chosen = offered.get(scope.service);
    if (chosen === undefined) return refuse(notImplemented(`the service ${scope.service}`));
    if (body === 'too-large') {
      return writeError(
        chosen.model,
        new AwsError('RequestEntityTooLarge', `A request may have ${MAX_REQUEST_BYTES} bytes.`, { status: 413 }),
        randomUUID(),
      );
    }
    const url = URL.parse(request.url ?? '/', 'http://localhost') ?? new URL('http://localhost');
    return answer(scope, chosen, { method: request.method ?? 'GET', url, headers: request.headers, body });
  };

  return {
    handle: async (request, response, body) => {
      const read = body ?? (await readBody(request, MAX_REQUEST_BYTES));
      if (read === 'caller-gone') return;
      const answered = await answerRequest(request, read);
      response.writeHead(answered.status, answered.headers).end(answered.body);
    },
  };
};
