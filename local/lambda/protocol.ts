/** What a function's host and its execution environment, a worker thread, say to each other. */

export interface InvocationError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** The constant part of the context object that a handler is given. */
export interface InvocationContext {
  readonly awsRequestId: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
}

export interface Invocation {
  /** The event as JSON text. */
  readonly event: string;
  readonly context: InvocationContext;
  readonly timeoutMs: number;
}

export interface EnvironmentSettings {
  /** Absolute path of the bundle, an ES module. */
  readonly file: string;
  readonly exportName: string;
  /** The handler as Lambda writes it, e.g. `index.handler`. */
  readonly handler: string;
  readonly clockOffset: SharedArrayBuffer;
}

export type EnvironmentMessage =
  | { readonly kind: 'ready' }
  /** The handler's answer as JSON text. */
  | { readonly kind: 'result'; readonly payload: string }
  /** The handler threw: the environment can be used again. */
  | { readonly kind: 'error'; readonly error: InvocationError }
  /** Loading failed, or something was thrown outside of the handler: the environment ends. */
  | { readonly kind: 'crash'; readonly error: InvocationError };
