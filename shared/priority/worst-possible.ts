/** What is not known may turn out worse: the worst outcome that is still possible, and the facts that would decide it. */
import type { Outcome } from './decision.ts';
import { isWorse } from './worst-outcome.ts';

/** A fact that is not known, as it would be at worst. */
export interface Opening<Facts> {
  /** Completes "would be Act if …". */
  readonly if: string;
  /** What the facts would then be. */
  readonly facts: Partial<Facts>;
  /** One clause: what is not known, and why. */
  readonly missing: string;
}

/** Undefined where no opening, alone or with others, gives a worse outcome. The fewest facts are named, the first of equals. */
export const worstPossible = <Facts extends object>(
  facts: Facts,
  openings: readonly Opening<Facts>[],
  outcomeOf: (facts: Facts) => Outcome,
): { readonly outcome: Outcome; readonly if: string } | undefined => {
  const now = outcomeOf(facts);
  let worst: { readonly outcome: Outcome; readonly some: readonly Opening<Facts>[] } = { outcome: now, some: [] };
  for (const some of subsets(openings)) {
    const outcome = outcomeOf(Object.assign({}, facts, ...some.map((opening) => opening.facts)));
    if (isWorse(outcome, worst.outcome)) worst = { outcome, some };
  }
  return worst.some.length === 0
    ? undefined
    : { outcome: worst.outcome, if: worst.some.map((opening) => opening.if).join(', and ') };
};

/** The smallest first. There are at most eight openings, so at most 256 subsets. */
const subsets = <T>(items: readonly T[]): readonly (readonly T[])[] => {
  const sets: T[][] = [[]];
  for (const item of items) sets.push(...sets.map((set) => [...set, item]));
  return sets.toSorted((left, right) => left.length - right.length);
};
