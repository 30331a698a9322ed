/** Every way in which Sekisho can fail, in one table: what it means, and whether trying again can help. */

export interface ErrorMeaning {
  readonly retryable: boolean;
  readonly meaning: string;
}

export const ERRORS = {
  EVENT_INVALID: { retryable: false, meaning: 'The event lacks a field that its detail-type must have.' },
  IMAGE_NOT_FOUND: { retryable: false, meaning: 'The registry has no image with this digest in this repository.' },
  MANIFEST_INVALID: {
    retryable: false,
    meaning: 'The manifest is not one that the OCI image specification describes.',
  },
  CONFIG_INVALID: {
    retryable: false,
    meaning: 'The image config is not one that the OCI image specification describes.',
  },
  DIGEST_MISMATCH: { retryable: false, meaning: 'The bytes that were read do not have the digest that was asked for.' },
  LAYER_INVALID: {
    retryable: false,
    meaning: 'The layer is not an archive that the OCI image specification describes.',
  },
  LAYER_MISMATCH: { retryable: false, meaning: 'The layer is longer or shorter than the manifest says.' },
  TOO_LARGE: { retryable: false, meaning: 'The document is larger than the limit that is read into memory.' },
  FINDING_REFUSED: {
    retryable: false,
    meaning: 'Security Hub refused the finding; sending it again gives the same answer.',
  },
  DESTINATION_NOT_CONFIGURED: { retryable: false, meaning: 'The chat destination has no address yet.' },
  DESTINATION_REFUSED: { retryable: false, meaning: 'The chat destination refused the message for good.' },
  DESTINATION_UNAVAILABLE: { retryable: true, meaning: 'The chat destination did not take the message this time.' },
  AWS_DENIED: { retryable: true, meaning: 'AWS denied the call; IAM changes take time, so it is tried again.' },
  AWS_THROTTLED: { retryable: true, meaning: 'AWS throttled the call.' },
  AWS_UNAVAILABLE: { retryable: true, meaning: 'AWS did not answer, or answered with a server error.' },
  WRITE_CONFLICT: { retryable: true, meaning: 'Others wrote the same item at the same time, and were faster.' },
  AWS_REJECTED: { retryable: false, meaning: 'AWS rejected the call as wrong.' },
  REGISTRY_DENIED: { retryable: false, meaning: 'The registry gives no right to read the image.' },
  REGISTRY_UNAVAILABLE: { retryable: true, meaning: 'The registry did not answer, or answered with an error.' },
  ADDRESS_REFUSED: { retryable: false, meaning: 'The address is not one that Sekisho may call.' },
  EVIDENCE_AWAITED: {
    retryable: true,
    meaning: 'Another was asking about the same vulnerability, and its answer was not there yet.',
  },
  FEED_UNAVAILABLE: { retryable: true, meaning: 'A public feed that Sekisho reads did not answer this time.' },
  FEED_INVALID: {
    retryable: true,
    meaning: 'A public feed is not as its publisher describes it; what was loaded before stays.',
  },
  UNEXPECTED: { retryable: true, meaning: 'A fault in Sekisho itself; it is tried again and then dead-lettered.' },
} as const satisfies Record<string, ErrorMeaning>;

export type ErrorCode = keyof typeof ERRORS;

/** An error with a code of the table. `message` is one sentence for an operator and holds no secret value. */
export class SekishoError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'SekishoError';
    this.code = code;
  }

  get retryable(): boolean {
    return ERRORS[this.code].retryable;
  }
}

/** Any thrown value as a coded error; what carries no code is `UNEXPECTED`. */
export const sekishoErrorFrom = (thrown: unknown): SekishoError =>
  thrown instanceof SekishoError
    ? thrown
    : // The message is not carried over: it may quote what was being worked on.
      new SekishoError('UNEXPECTED', `An unexpected ${thrown instanceof Error ? thrown.name : 'value'} was thrown.`, {
        cause: thrown,
      });
