/** A fact that may be missing: unknown is a value with a reason, never a default. */
export type Known<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly reason: string };

export const known = <T>(value: T): { readonly known: true; readonly value: T } => ({ known: true, value });
export const unknown = (reason: string): { readonly known: false; readonly reason: string } => ({
  known: false,
  reason,
});
