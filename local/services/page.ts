/** A page of a listing, and the token of the next one. */
import { AwsError } from '../endpoint/aws-error.ts';

export interface Page<T> {
  readonly items: T[];
  /** Undefined on the last page. */
  readonly nextToken: string | undefined;
}

const PREFIX = 'from-';

const offsetFrom = (token: string | undefined): number | undefined => {
  if (token === undefined) return 0;
  const text = Buffer.from(token, 'base64url').toString('utf8');
  const offset = text.startsWith(PREFIX) ? Number(text.slice(PREFIX.length)) : Number.NaN;
  return Number.isInteger(offset) ? offset : undefined;
};

/** Throws an AwsError with the service's code for a token that no listing has given. */
export const pageOf = <T>(
  all: readonly T[],
  size: number,
  token: string | undefined,
  invalidTokenCode: string,
): Page<T> => {
  const offset = offsetFrom(token);
  if (offset === undefined) throw new AwsError(invalidTokenCode, 'The pagination token is not valid.');
  const end = offset + size;
  return {
    items: all.slice(offset, end),
    nextToken: end < all.length ? Buffer.from(`${PREFIX}${end}`).toString('base64url') : undefined,
  };
};
