/** Each outcome has a band of scores: the score orders findings of one outcome and never contradicts it. */
import { OUTCOMES, type Outcome, type SeverityLabel } from './decision.ts';

interface Band {
  readonly low: number;
  readonly high: number;
  readonly label: SeverityLabel;
  /** As people read it. */
  readonly name: string;
}

/** The labels are those that Security Hub derives from the same scores. */
export const BANDS: Readonly<Record<Outcome, Band>> = {
  act: { low: 90, high: 100, label: 'CRITICAL', name: 'Act' },
  attend: { low: 70, high: 89, label: 'HIGH', name: 'Attend' },
  'track*': { low: 40, high: 69, label: 'MEDIUM', name: 'Track*' },
  track: { low: 1, high: 39, label: 'LOW', name: 'Track' },
};

export const outcomeName = (outcome: Outcome): string => BANDS[outcome].name;

/** `raw` 0 to 100 → the outcome's band. */
export const scoreInBand = (outcome: Outcome, raw: number): number => {
  const { low, high } = BANDS[outcome];
  return low + roundHalfUp(((high - low) * raw) / 100);
};

export const roundHalfUp = (value: number): number => Math.floor(value + 0.5);

/** The outcome that many levels worse (or milder, when negative), never beyond the scale. */
export const step = (outcome: Outcome, levels: number): Outcome => {
  const index = Math.min(OUTCOMES.length - 1, Math.max(0, OUTCOMES.indexOf(outcome) + levels));
  return OUTCOMES[index] ?? outcome;
};
