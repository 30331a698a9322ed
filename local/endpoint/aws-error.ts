/** An error as an AWS service answers it: a code that the SDK turns into an exception class, and one sentence. */

interface AwsErrorOptions {
  /** Without it the status is the one that the service's model gives the code, or 400. */
  readonly status?: number;
  /** Further members of a modelled error, such as a ValidationException's `reason`. */
  readonly members?: Readonly<Record<string, unknown>>;
}

export class AwsError extends Error {
  readonly code: string;
  readonly status: number | undefined;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, options: AwsErrorOptions = {}) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = options.status;
    this.members = options.members ?? {};
  }
}

/** What AWS offers and this runtime does not: said with 501, which no SDK retries. */
export const notImplemented = (what: string): AwsError =>
  new AwsError('NotImplemented', `The local runtime does not implement ${what}.`, { status: 501 });
