/** SSVC's Mission & Well-Being of a context, with the clauses that say where it comes from. */
import type { Mwi } from '../priority/decision-points.ts';
import type { Context, Stated } from './context-of.ts';
import type { Criticality, Environment, Wellbeing } from './policy.ts';
import type { NamedTag } from './read-tags.ts';

export interface MissionAndWellBeing {
  readonly mwi: Mwi;
  /** Clause: who says so. */
  readonly evidence: string;
  readonly notUnderstood: readonly NamedTag[];
  /** For which more may depend on it than `mwi` says; `unread`: clauses. None: it is known. */
  readonly doubts: { readonly notUnderstood: readonly NamedTag[]; readonly unread: readonly string[] };
}

/** Where nothing is in use that anybody depends on, unless somebody says otherwise. */
const FOR_TRIALS: readonly Environment[] = ['development', 'test', 'sandbox'];

export const missionAndWellBeing = ({ criticality, wellbeing, environment, unread }: Context): MissionAndWellBeing => {
  const isStated = criticality.by !== undefined;
  // Somebody stated a thing that nobody understands: that is not nobody.
  const isUnclear = [criticality, wellbeing, environment].some(
    ({ by, notUnderstood }) => by === undefined && notUnderstood.length > 0,
  );
  const isLowered = !isStated && !isUnclear && FOR_TRIALS.includes(environment.value);
  const said = isLowered
    ? [`nobody states a criticality and ${clause(environment, 'environment')}`, ...clauses(undefined, wellbeing)]
    : clauses(criticality, wellbeing);
  return {
    mwi: mwiOf(isLowered ? 'low' : criticality.value, wellbeing.value),
    evidence: said.join(', '),
    notUnderstood: [criticality, wellbeing, environment].flatMap(({ notUnderstood }) => notUnderstood),
    doubts: {
      notUnderstood: [criticality, wellbeing].flatMap(({ by, notUnderstood }) => (by ? [] : notUnderstood)),
      // Where somebody states a criticality, no other tag has to be read.
      unread: isStated ? [] : unread,
    },
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
