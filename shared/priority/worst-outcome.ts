/** Outcomes compared: CISA's levels are ordered, mildest first. */
import { OUTCOMES, type Outcome } from './decision.ts';

/** Whether `left` is worse than `right`; anything is worse than nothing. */
export const isWorse = (left: Outcome, right: Outcome | undefined): boolean =>
  right === undefined || OUTCOMES.indexOf(left) > OUTCOMES.indexOf(right);

/** The worst of them; undefined when there is none. */
export const worstOutcome = (outcomes: readonly (Outcome | undefined)[]): Outcome | undefined =>
  outcomes.reduce<Outcome | undefined>(
    (worst, outcome) => (outcome !== undefined && isWorse(outcome, worst) ? outcome : worst),
    undefined,
  );

export const worseOutcome = (left: Outcome, right: Outcome): Outcome => (isWorse(right, left) ? right : left);
