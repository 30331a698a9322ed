import { describe, expect, it } from 'vitest';
import { errorFromAws } from '../../../shared/aws/error-from-aws.ts';
import { SekishoError } from '../../../shared/base/errors.ts';

const thrown = (name: string, httpStatusCode?: number): Error =>
  Object.assign(new Error('words of the service'), { name, $metadata: { httpStatusCode } });

describe('what an SDK client threw', () => {
  it.each<[string, number | undefined, string]>([
    ['Throttling', 400, 'AWS_THROTTLED'],
    ['ThrottlingException', 400, 'AWS_THROTTLED'],
    ['ThrottledException', 400, 'AWS_THROTTLED'],
    ['TooManyRequestsException', 400, 'AWS_THROTTLED'],
    ['RequestLimitExceeded', 503, 'AWS_THROTTLED'],
    ['RequestThrottled', 403, 'AWS_THROTTLED'],
    ['ProvisionedThroughputExceededException', 400, 'AWS_THROTTLED'],
    ['LimitExceededException', 429, 'AWS_THROTTLED'],
    ['SomethingElse', 429, 'AWS_THROTTLED'],
    ['AccessDenied', 403, 'AWS_DENIED'],
    ['AccessDeniedException', 400, 'AWS_DENIED'],
    ['InvalidAccessException', 401, 'AWS_DENIED'],
    ['ExpiredTokenException', 400, 'AWS_DENIED'],
    ['UnrecognizedClientException', 400, 'AWS_DENIED'],
    ['KMSAccessDeniedException', 400, 'AWS_DENIED'],
    ['SomethingElse', 401, 'AWS_DENIED'],
    ['SomethingElse', 403, 'AWS_DENIED'],
    ['InternalServerError', 500, 'AWS_UNAVAILABLE'],
    ['ServiceUnavailable', 503, 'AWS_UNAVAILABLE'],
    ['TimeoutError', undefined, 'AWS_UNAVAILABLE'],
    ['ValidationException', 400, 'AWS_REJECTED'],
    ['InvalidInputException', 400, 'AWS_REJECTED'],
    ['ResourceNotFoundException', 404, 'AWS_REJECTED'],
  ])('%s with status %s is %s', (name, status, code) => {
    const error = errorFromAws(thrown(name, status), 'Reading it');
    expect(error).toMatchObject({ code, message: `Reading it failed: ${name}` });
  });

  it.each([
    ['a connection that was refused', Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })],
    ['a value that is no error', 'a text'],
    ['nothing', undefined],
    ['an error whose metadata is none', Object.assign(new Error('x'), { $metadata: null })],
  ])('%s may pass', (_, value) => {
    expect(errorFromAws(value, 'Reading it')).toMatchObject({ code: 'AWS_UNAVAILABLE', retryable: true });
  });

  it('keeps its own words out of the message, and itself as the cause', () => {
    const value = thrown('ValidationException', 400);
    const error = errorFromAws(value, 'Reading it');
    expect(error.message).not.toContain('words of the service');
    expect(error.cause).toBe(value);
  });

  it('that has a code already keeps it', () => {
    const error = new SekishoError('DIGEST_MISMATCH', 'Other bytes.');
    expect(errorFromAws(error, 'Reading it')).toBe(error);
  });
});
