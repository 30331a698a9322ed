/** What an AWS SDK client threw, as a coded error: by name and status, never by message text. */
import { type ErrorCode, SekishoError } from '../base/errors.ts';

const THROTTLED = new Set([
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TooManyRequestsException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'ProvisionedThroughputExceededException',
  'LimitExceededException',
  'OverLimit',
]);

const DENIED = new Set([
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedException',
  'InvalidAccessException',
  'ExpiredTokenException',
  'UnrecognizedClientException',
  'KMSAccessDeniedException',
]);

interface ThrownByAws {
  readonly name: string;
  readonly status: number | undefined;
}

/** `what` says in a few words which call it was; the service's own message is kept as the cause only. */
export const errorFromAws = (thrown: unknown, what: string): SekishoError => {
  if (thrown instanceof SekishoError) return thrown;
  const aws = readThrown(thrown);
  return new SekishoError(codeOf(aws), `${what} failed: ${aws.name}`, { cause: thrown });
};

const codeOf = ({ name, status }: ThrownByAws): ErrorCode => {
  if (THROTTLED.has(name) || status === 429) return 'AWS_THROTTLED';
  if (DENIED.has(name) || status === 401 || status === 403) return 'AWS_DENIED';
  // Without a status no answer came back: a refused or reset connection, a timeout, a name that did not resolve.
  if (status === undefined || status >= 500) return 'AWS_UNAVAILABLE';
  return 'AWS_REJECTED';
};

const readThrown = (thrown: unknown): ThrownByAws => {
  if (!(thrown instanceof Error)) return { name: 'a value that is no error', status: undefined };
  const metadata = '$metadata' in thrown ? thrown.$metadata : undefined;
  const status =
    typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata
      ? metadata.httpStatusCode
      : undefined;
  return { name: thrown.name, status: typeof status === 'number' ? status : undefined };
};
