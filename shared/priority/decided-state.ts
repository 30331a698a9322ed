/** Which of two decisions about one finding stands: any order and any duplication of their deliveries ends alike. */
import { createHash } from 'node:crypto';
import type { Decision } from './decision.ts';
import type { Handling } from './handling.ts';

export interface DecidedState {
  /** Of the finding, as its source gave it; text order is age order. A newer one stands whenever it was decided. */
  readonly version: string;
  /** ISO 8601 in UTC with milliseconds; absent in what an older version of Sekisho kept, which reads as earlier. */
  readonly decidedAt?: string;
  /** Of decision and handling: what was decided again, and alike, has the same. */
  readonly fingerprint?: string;
}

/** Of 16 hexadecimal digits. */
export const decisionFingerprint = (decision: Decision, handling: Handling): string =>
  createHash('sha256')
    .update(JSON.stringify([decision, handling]))
    .digest('hex')
    .slice(0, 16);

/** Positive where the left one stands, 0 where they are the same. The fingerprint only decides between equal times. */
export const compareStates = (left: DecidedState, right: DecidedState): number =>
  compareText(left.version, right.version) ||
  compareText(left.decidedAt ?? '', right.decidedAt ?? '') ||
  compareText(left.fingerprint ?? '', right.fingerprint ?? '');

/** The same state of the finding, decided alike: no news, whenever it was. */
export const isSameDecision = (left: DecidedState, right: DecidedState): boolean =>
  left.version === right.version && left.fingerprint === right.fingerprint;

const compareText = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);
