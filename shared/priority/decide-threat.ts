/** Decides a threat: GuardDuty's severity, raised by the first rule that matches. Threats are never lowered. */
import { step } from './band.ts';
import type { BreakoutClass } from './breakout-class.ts';
import type { Outcome } from './decision.ts';
import type { Mwi } from './decision-points.ts';
import { assetPoints, type Factors, guardDutyPoints, isolationClass, isolationPoints } from './factors.ts';
import { type Verdict, verdict } from './verdict.ts';
import { isWorse, worseOutcome } from './worst-outcome.ts';

export interface ThreatFacts {
  readonly type: string;
  /** 1 to 10. */
  readonly severity: number;
  readonly breakout: BreakoutClass;
  /** Sum of the weights, 0 to 12; undefined when the runtime is unknown. */
  readonly barriers?: number;
  /** Only where it is known to stand. */
  readonly vmBoundary: boolean;
  readonly mwi: Mwi;
  /** How often it was seen. */
  readonly count: number;
  /** What else is known of the same image. */
  readonly correlation: 'kev-image' | 'other-finding' | 'none';
}

export type ThreatRuleId = 'T1' | 'T2' | 'T3' | 'T4' | 'T5';

interface ThreatRule {
  readonly id: ThreatRuleId;
  readonly applies: (facts: ThreatFacts, base: Outcome) => boolean;
  readonly outcome: (base: Outcome) => Outcome;
}

export const THREAT_SCHEME = 'threat-v1';

const breaksOut = ({ breakout }: ThreatFacts): boolean =>
  breakout === 'escape-attempt' || breakout === 'host-compromise';

/** The first that applies counts. */
const RULES: readonly ThreatRule[] = [
  { id: 'T1', applies: ({ type }) => type.startsWith('AttackSequence:'), outcome: () => 'act' },
  { id: 'T2', applies: (facts) => breaksOut(facts) && !facts.vmBoundary, outcome: () => 'act' },
  { id: 'T3', applies: breaksOut, outcome: (base) => worseOutcome(base, 'attend') },
  {
    id: 'T4',
    applies: ({ breakout, barriers }) => breakout === 'escape-enabler' && isolationClass(barriers) === 'weak',
    outcome: (base) => step(base, 1),
  },
  {
    id: 'T5',
    applies: ({ mwi }, base) => mwi === 'high' && isWorse('attend', base),
    outcome: (base) => step(base, 1),
  },
];

/** Pure and total. `rules` names the rule that matched, also where the base was as bad already. */
export const decideThreat = (facts: ThreatFacts): Verdict<ThreatRuleId> => {
  const base = baseOutcome(facts.severity);
  const rule = RULES.find(({ applies }) => applies(facts, base));
  return verdict(base, rule?.outcome(base) ?? base, rule ? [rule.id] : [], factorsOf(facts), facts.barriers);
};

/** GuardDuty's own bands: critical from 9, high from 7, medium from 4. */
const baseOutcome = (severity: number): Outcome => {
  if (severity >= 9) return 'act';
  if (severity >= 7) return 'attend';
  return severity >= 4 ? 'track*' : 'track';
};

const BREAKOUT_POINTS = {
  'host-compromise': 20,
  'escape-attempt': 16,
  'escape-enabler': 10,
  none: 0,
} as const satisfies Record<BreakoutClass, number>;

const CORRELATION_POINTS = { 'kev-image': 15, 'other-finding': 10, none: 0 } as const satisfies Record<
  ThreatFacts['correlation'],
  number
>;

const factorsOf = (facts: ThreatFacts): Factors => ({
  severity: guardDutyPoints(facts.severity),
  breakout: BREAKOUT_POINTS[facts.breakout],
  isolation: isolationPoints(facts.barriers),
  asset: assetPoints(facts.mwi),
  recurrence: facts.count >= 2 ? 5 : 0,
  correlation: CORRELATION_POINTS[facts.correlation],
});
