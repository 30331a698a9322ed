/** Errors of an invocation in the form and the words in which Lambda reports them. */
import type { InvocationError } from './protocol.ts';

/** Synchronous invocation payload quota of Lambda, requests: 6 MiB. */
export const MAX_REQUEST_BYTES = 6_291_456;
/** The same quota for responses, which Lambda enforces with 100 bytes more. */
export const MAX_RESPONSE_BYTES = 6_291_556;

/** A thrown value of any kind. */
export const errorFromThrown = (thrown: unknown): InvocationError =>
  thrown instanceof Error
    ? { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') }
    : { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };

/** A failure to load the handler's module. */
export const errorFromImport = (thrown: unknown): InvocationError => {
  const error = errorFromThrown(thrown);
  if (thrown instanceof SyntaxError) {
    return { ...error, errorType: 'Runtime.UserCodeSyntaxError', errorMessage: String(thrown) };
  }
  if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_MODULE_NOT_FOUND') {
    return { ...error, errorType: 'Runtime.ImportModuleError', errorMessage: String(thrown) };
  }
  return error;
};

export const handlerNotFound = (handler: string): InvocationError => ({
  errorType: 'Runtime.HandlerNotFound',
  errorMessage: `${handler} is undefined or not exported`,
  trace: [],
});

export const unhandledRejection = (reason: unknown): InvocationError => ({
  ...errorFromThrown(reason),
  errorType: 'Runtime.UnhandledPromiseRejection',
  errorMessage: String(reason),
});

export const timedOut = (requestId: string, timeoutMs: number): InvocationError => ({
  errorType: 'Sandbox.Timedout',
  errorMessage: `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
  trace: [],
});

/** `how` is Lambda's phrase, e.g. `exit status 1` or `signal: killed`; a clean exit has none. */
export const runtimeExited = (requestId: string, how: string | undefined): InvocationError => ({
  errorType: 'Runtime.ExitError',
  errorMessage:
    how === undefined
      ? `RequestId: ${requestId} Error: Runtime exited without providing a reason`
      : `RequestId: ${requestId} Error: Runtime exited with error: ${how}`,
  trace: [],
});

export const requestTooLarge = (bytes: number): InvocationError => ({
  errorType: 'RequestEntityTooLargeException',
  errorMessage: `${bytes} byte payload is too large for the RequestResponse invocation type (limit ${MAX_REQUEST_BYTES} bytes)`,
  trace: [],
});

export const responseTooLarge = (bytes: number): InvocationError => ({
  errorType: 'Function.ResponseSizeTooLarge',
  errorMessage: `Response payload size (${bytes} bytes) exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`,
  trace: [],
});
