/** What became of a record that did not fail. */
import type { Result } from '../base/result.ts';

/** `reason`: one clause for an operator, why there was nothing to do. It holds no secret value. */
export type Settled = { readonly kind: 'done' } | { readonly kind: 'ignored'; readonly reason: string };

export const DONE = { kind: 'done' } as const satisfies Settled;
export const ignored = (reason: string): Settled => ({ kind: 'ignored', reason });

/** The answer of a port, which knows no more than that it succeeded. */
export const done = <E>(result: Result<void, E>): Result<Settled, E> =>
  result.ok ? { ok: true, value: DONE } : result;
