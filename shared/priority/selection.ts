/** What is known of one decision point: the values that are still possible, and where that is known from. */

export interface Selection<V extends string = string> {
  /** Mildest first, never empty. One value: it is known. */
  readonly possible: readonly V[];
  /** The value that the decision is made with; absent where an unknown point decides nothing. */
  readonly taken?: V;
  /** One clause: who says so, or why it is not known. Contains no text from an image. */
  readonly evidence: string;
}

export const selected = <V extends string>(value: V, evidence: string): Selection<V> => ({
  possible: [value],
  taken: value,
  evidence,
});

export const isOpen = ({ possible }: Selection): boolean => possible.length > 1;
