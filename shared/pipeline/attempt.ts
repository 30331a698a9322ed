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

/** Throws what may be well at the next try: the queue brings the records back. */
export const unknownUnlessRetryable = (error: SekishoError): ReturnType<typeof unknown> => {
  if (error.retryable) throw error;
  return unknown(error.message);
};
