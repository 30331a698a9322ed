/** SSVC's Mission & Well-Being of a context, with the clause that says where it comes from. */
import type { Mwi } from '../priority/decision-points.ts';
import type { Context, Stated } from './context-of.ts';
import type { Criticality, Environment, Wellbeing } from './policy.ts';

export interface MissionAndWellBeing {
  readonly mwi: Mwi;
  readonly evidence: string;
  /** A rule or a tag states the criticality. */
  readonly stated: boolean;
}

/** Where nothing is in use that anybody depends on, unless somebody says otherwise. */
const FOR_TRIALS: readonly Environment[] = ['development', 'test', 'sandbox'];

export const missionAndWellBeing = ({ criticality, wellbeing, environment }: Context): MissionAndWellBeing => {
  const isStated = criticality.by !== undefined;
  const lowered = !isStated && FOR_TRIALS.includes(environment.value);
  const notUnderstood = [
    ...criticality.notUnderstood,
    ...wellbeing.notUnderstood,
    // Where somebody states a criticality, the environment decides nothing.
    ...(isStated ? [] : environment.notUnderstood),
  ];
  const said = lowered
    ? [`nobody states a criticality and ${clause(environment, 'environment')}`, ...clauses(undefined, wellbeing)]
    : clauses(criticality, wellbeing);
  return {
    mwi: mwiOf(lowered ? 'low' : criticality.value, wellbeing.value),
    evidence: [said.join(', '), ...notUnderstood.map((tag) => `${tag} is not understood`)].join('; '),
    stated: isStated,
  };
};

/** SSVC: high is an essential mission or irreversible harm; low is neither support of a mission nor material harm. */
const mwiOf = (criticality: Criticality, wellbeing: Wellbeing): Mwi => {
  if (criticality === 'high' || wellbeing === 'irreversible') return 'high';
  return criticality === 'low' && wellbeing === 'minimal' ? 'low' : 'medium';
};

/** Minimal well-being says nothing, and goes without saying. */
const clauses = (criticality: Stated<Criticality> | undefined, wellbeing: Stated<Wellbeing>): readonly string[] => {
  const { by } = criticality ?? {};
  const well = wellbeing.value === 'minimal' ? [] : [clause(wellbeing, 'wellbeing')];
  if (criticality === undefined) return well;
  if (by === undefined) return ['the policy’s default', ...well];
  if (well.length > 0 && wellbeing.by?.who === by.who) return [`${by.who} says ${by.says} and ${wellbeing.by.says}`];
  return [`${by.who} says ${by.says}`, ...well];
};

const clause = ({ value, by }: Stated<string>, what: string): string =>
  by ? `${by.who} says ${by.says}` : `the policy’s default ${what} is ${value}`;
