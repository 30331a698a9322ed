/** What goes into a decision: the facts, where each is known from, and what is still open. */
import type { DecidedPoint } from './decision.ts';
import type { Selection } from './selection.ts';
import type { Opening } from './worst-possible.ts';

export interface Inputs<Facts> {
  readonly facts: Facts;
  readonly points: readonly DecidedPoint[];
  readonly openings: readonly Opening<Facts>[];
}

export const named = (name: string, selection: Selection): DecidedPoint => ({ name, ...selection });

/** A number as a point: one value, or the range that it may lie in. */
export const number = (name: string, value: number | undefined, range: string, evidence: string): DecidedPoint =>
  value === undefined
    ? { name, possible: [range], evidence }
    : { name, possible: [String(value)], taken: String(value), evidence };
