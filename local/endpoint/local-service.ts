/** An AWS service as the local runtime offers it: its SDK client's model and the operations that are written. */
import type { NoUndefined } from '@smithy/types';
import type { ConstraintTable } from './constraints.ts';
import type { SdkClient } from './service-model.ts';

/** Who calls: the access key tells the runtime which function it is. */
export interface CallContext {
  readonly accessKeyId: string;
  readonly region: string;
}

/**
 * Answers one operation. The endpoint has checked the input against the operation's schema before, so a handler may
 * declare that operation's own input type: a method's parameter may be narrower, a function's may not.
 */
export type Handler = { answer(input: object, context: CallContext): object | Promise<object> }['answer'];

/** An operation's input after the check: what the model requires is there. */
export type Checked<Input> = NoUndefined<Input>;

export interface LocalService {
  /** As the SigV4 credential scope spells it: `securityhub`, `events`. */
  readonly name: string;
  readonly client: SdkClient;
  /** The service's own code for an input that breaks its schema or its constraints. */
  readonly invalidInputCode: string;
  /** Further members that the model requires of that error. */
  readonly invalidInputMembers?: Readonly<Record<string, unknown>>;
  /** What inputs are held to beyond the schema, by operation. */
  readonly constraints?: ConstraintTable;
  readonly handlers: Readonly<Record<string, Handler>>;
}
