/** The points that facts add to the score; within a band they order the findings. */
import { roundHalfUp } from './band.ts';
import type { Exploitation, Exposure, Mwi } from './decision-points.ts';

export type Factors = Readonly<Record<string, number>>;
export type IsolationClass = 'strong' | 'moderate' | 'weak' | 'unknown';

/** The sum of all barriers' weights. */
export const MOST_BARRIERS = 12;

/** `barriers`: sum of the weights of the barriers that stand, 0 to 12; undefined when the runtime is unknown. */
export const isolationClass = (barriers: number | undefined): IsolationClass => {
  if (barriers === undefined) return 'unknown';
  if (barriers >= 9) return 'strong';
  return barriers <= 2.5 ? 'weak' : 'moderate';
};

/** Up to 15: the less stands between the container and its host, the more. */
export const isolationPoints = (barriers: number | undefined): number =>
  barriers === undefined ? 8 : roundHalfUp((15 * (MOST_BARRIERS - within(barriers, 0, MOST_BARRIERS))) / MOST_BARRIERS);

const EXPOSURE_POINTS = { open: 15, controlled: 7, small: 0 } as const satisfies Record<Exposure, number>;
export const exposurePoints = (exposure: Exposure | undefined): number =>
  exposure === undefined ? 10 : EXPOSURE_POINTS[exposure];

const ASSET_POINTS = { high: 10, medium: 6, low: 2 } as const satisfies Record<Mwi, number>;
export const assetPoints = (mwi: Mwi): number => ASSET_POINTS[mwi];

/** CVSS 0 to 10 → up to 25. */
export const cvssPoints = (cvss: number): number => roundHalfUp(2.5 * within(cvss, 0, 10));

const EXPLOITATION_POINTS = { active: 25, 'public poc': 12, none: 0 } as const satisfies Record<Exploitation, number>;
export const exploitationPoints = (exploitation: Exploitation): number => EXPLOITATION_POINTS[exploitation];

/** Probability 0 to 1 → up to 10; the root, because most probabilities are tiny. */
export const epssPoints = (epss: number | undefined): number =>
  epss === undefined ? 0 : roundHalfUp(10 * Math.sqrt(within(epss, 0, 1)));

/** GuardDuty's 1 to 10 → up to 35. */
export const guardDutyPoints = (severity: number): number => roundHalfUp(3.5 * within(severity, 0, 10));

/** At most 100. */
export const rawScore = (factors: Factors): number =>
  Math.min(
    100,
    Object.values(factors).reduce((sum, points) => sum + points, 0),
  );

const within = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
