/** What a family's scheme says: the outcome, how it came about, and the score inside the outcome's band. */
import { BANDS, scoreInBand } from './band.ts';
import type { Outcome, SeverityLabel } from './decision.ts';
import { type Factors, type IsolationClass, isolationClass, rawScore } from './factors.ts';

export interface Verdict<R extends string = string> {
  /** Before our rules. */
  readonly base: Outcome;
  readonly outcome: Outcome;
  readonly rules: readonly R[];
  readonly factors: Factors;
  readonly raw: number;
  readonly score: number;
  readonly label: SeverityLabel;
  readonly isoClass: IsolationClass;
}

export const verdict = <R extends string>(
  base: Outcome,
  outcome: Outcome,
  rules: readonly R[],
  factors: Factors,
  barriers: number | undefined,
): Verdict<R> => {
  const raw = rawScore(factors);
  return {
    base,
    outcome,
    rules,
    factors,
    raw,
    score: scoreInBand(outcome, raw),
    label: BANDS[outcome].label,
    isoClass: isolationClass(barriers),
  };
};
