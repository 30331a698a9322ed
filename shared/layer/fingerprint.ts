/** Tells two secrets apart without keeping a character of either. */
import { createHmac } from 'node:crypto';

/**
 * 32 hex digits of HMAC-SHA-256 over kind and value. Keyed, because many secrets are short or guessable: without the key
 * nobody can try values against it.
 */
export const fingerprintWith =
  (key: string) =>
  (kind: string, value: Buffer): string =>
    createHmac('sha256', key).update(kind).update('\0').update(value).digest('hex').slice(0, 32);
