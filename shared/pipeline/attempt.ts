/** A call that may fail, as a result; and what becomes of it where a fact may be missing. */
import { type SekishoError, sekishoErrorFrom } from '../base/errors.ts';
import { unknown } from '../base/known.ts';
import { err, ok, type Result } from '../base/result.ts';

export const attempt = async <T>(call: () => Promise<T>): Promise<Result<T, SekishoError>> => {
  try {
    return ok(await call());
  } catch (thrown) {
    return err(sekishoErrorFrom(thrown));
  }
};

/** Unknown with the reason; fails only with what may be well at the next try: the queue brings the records back. */
export const unknownUnlessRetryable = (error: SekishoError): Result<ReturnType<typeof unknown>, SekishoError> =>
  error.retryable ? err(error) : ok(unknown(error.message));
