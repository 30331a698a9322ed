/** Decides what our own rules found in an image. */
import { step } from './band.ts';
import type { Outcome } from './decision.ts';
import type { Exposure, Mwi } from './decision-points.ts';
import { assetPoints, exposurePoints, type Factors, isolationClass, isolationPoints } from './factors.ts';
import { type Verdict, verdict } from './verdict.ts';

export interface ImageIssueFacts {
  readonly ruleSeverity: 'CRITICAL' | 'HIGH' | 'MEDIUM' | 'LOW' | 'INFO';
  /** `secret`, `privilege`, `runtime-attack`, `hygiene`, … */
  readonly ruleClass: string;
  /** False: the rule guesses. */
  readonly confirmed: boolean;
  /** Sum of the weights, 0 to 12; undefined when the runtime is unknown. */
  readonly barriers?: number;
  readonly vmBoundary: boolean;
  readonly exposure?: Exposure;
  readonly mwi: Mwi;
  readonly inUse?: boolean;
}

export const IMAGE_ISSUE_SCHEME = 'image-v1';

export type ImageIssueRuleId = 'I1' | 'I2' | 'I3';

/** Pure and total. I1 and I2 are named where they match, I3 only where it changed the outcome. */
export const decideImageIssue = (facts: ImageIssueFacts): Verdict<ImageIssueRuleId> => {
  const base = baseOutcome(facts);
  const [outcome, rules] = ruled(facts, base);
  return verdict(base, outcome, rules, factorsOf(facts), facts.barriers);
};

const BASE = {
  CRITICAL: 'attend',
  HIGH: 'track*',
  MEDIUM: 'track',
  LOW: 'track',
  INFO: 'track',
} as const satisfies Record<ImageIssueFacts['ruleSeverity'], Outcome>;

const baseOutcome = ({ ruleSeverity, confirmed }: ImageIssueFacts): Outcome =>
  confirmed ? BASE[ruleSeverity] : step(BASE[ruleSeverity], -1);

const ruled = (facts: ImageIssueFacts, base: Outcome): readonly [Outcome, readonly ImageIssueRuleId[]] => {
  const { ruleClass, ruleSeverity, confirmed, vmBoundary, barriers, inUse } = facts;
  if (ruleClass === 'runtime-attack' && confirmed && ruleSeverity === 'CRITICAL' && !vmBoundary) return ['act', ['I1']];
  if (ruleClass === 'privilege' && isolationClass(barriers) === 'weak' && inUse) return [step(base, 1), ['I2']];
  const lowered = inUse === false ? step(base, -1) : base;
  return [lowered, lowered === base ? [] : ['I3']];
};

const SEVERITY_POINTS = { CRITICAL: 40, HIGH: 30, MEDIUM: 18, LOW: 8, INFO: 2 } as const satisfies Record<
  ImageIssueFacts['ruleSeverity'],
  number
>;

const factorsOf = (facts: ImageIssueFacts): Factors => ({
  severity: SEVERITY_POINTS[facts.ruleSeverity],
  confidence: facts.confirmed ? 15 : 6,
  isolation: isolationPoints(facts.barriers),
  exposure: exposurePoints(facts.exposure),
  asset: assetPoints(facts.mwi),
  inUse: facts.inUse ? 5 : 0,
});
