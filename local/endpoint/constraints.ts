/**
 * What a service's model asks of an input beyond its types: lengths, counts, ranges, patterns, enumerations, and rules
 * between members. The SDK's schemas leave these out, so each service has them written by hand in a table beside it.
 */

export type Constraint =
  | { readonly kind: 'length' | 'items' | 'entries' | 'range'; readonly min: number; readonly max: number }
  | { readonly kind: 'pattern'; readonly pattern: RegExp }
  | { readonly kind: 'one-of'; readonly values: readonly string[] };

/** Of a text in Unicode code points, of a blob in bytes. */
export const length = (min: number, max: number): Constraint => ({ kind: 'length', min, max });

/** How many members a list has. */
export const items = (min: number, max: number): Constraint => ({ kind: 'items', min, max });

/** How many entries a map has. */
export const entries = (min: number, max: number): Constraint => ({ kind: 'entries', min, max });

/** Of a whole number, both ends included. */
export const range = (min: number, max: number): Constraint => ({ kind: 'range', min, max });

/** What a text must match; the whole of it where the expression says `^` and `$`. */
export const pattern = (expression: RegExp): Constraint => ({ kind: 'pattern', pattern: expression });

/** A list of values, or an enumeration as the SDK exports it. */
export const oneOf = (values: readonly string[] | Readonly<Record<string, string>>): Constraint => ({
  kind: 'one-of',
  values: Object.values(values),
});

/**
 * Constraints by path: member names with dots between them, `[]` for each item of a list, `{}` for each value of a map
 * and `{key}` for each of its keys, as in `filters[].value` or `tags{key}`. What is not sent breaks nothing.
 */
export type MemberConstraints = Readonly<Record<string, Constraint | readonly Constraint[]>>;

/** What is wrong between the members of an input: one sentence, or undefined where nothing is. */
export type CrossRule = { broken(input: object): string | undefined }['broken'];

export interface OperationConstraints {
  readonly members?: MemberConstraints;
  /** A rule may declare its operation's own input type, as a handler may. */
  readonly together?: readonly CrossRule[];
}

/** By the operation's name. */
export type ConstraintTable = Readonly<Record<string, OperationConstraints>>;
