/** What a function's host, its execution environments and the threads of their handlers say to each other. */

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

export interface HandlerSettings {
  /** Absolute path of the bundle, an ES module. */
  readonly file: string;
  readonly exportName: string;
  /** The handler as Lambda writes it, e.g. `index.handler`. */
  readonly handler: string;
}

/** What the thread of a handler is started with. */
export interface ThreadSettings extends HandlerSettings {
  readonly clockOffset: SharedArrayBuffer;
  /** One 32-bit number, `FROZEN` or `THAWED`. */
  readonly gate: SharedArrayBuffer;
}

export const THAWED = 0;
export const FROZEN = 1;

/** What the thread of a handler tells. */
export type HandlerMessage =
  | { readonly kind: 'ready' }
  /** The handler's answer as JSON text, and the memory of the thread at that moment, in bytes. */
  | { readonly kind: 'result'; readonly payload: string; readonly memoryBytes: number }
  /** The handler threw: the environment can be used again. */
  | { readonly kind: 'error'; readonly error: InvocationError; readonly memoryBytes: number }
  /** After an answer: the log is written, the thread freezes. `left` are the kinds of resources that were left running. */
  | { readonly kind: 'settled'; readonly left: readonly string[] }
  /** Loading failed, or something was thrown outside of the handler: the environment ends. */
  | { readonly kind: 'crash'; readonly error: InvocationError };

/** What the host tells an environment that is a process of its own. */
export type ProcessOrder =
  | {
      readonly kind: 'start';
      readonly settings: HandlerSettings;
      readonly variables: Readonly<Record<string, string>>;
      readonly memoryMb: number;
      readonly clockOffsetMs: number;
    }
  | { readonly kind: 'clock'; readonly offsetMs: number }
  | { readonly kind: 'invoke'; readonly invocation: Invocation };

/** What such a process tells. */
export type ProcessReport =
  | { readonly kind: 'message'; readonly message: HandlerMessage }
  /** More memory than it had before since the invocation began. */
  | { readonly kind: 'memory'; readonly usedMb: number };
