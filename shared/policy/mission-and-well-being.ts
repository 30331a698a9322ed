/** SSVC's Mission & Well-Being of a context, with the clauses that say where it comes from. */
import type { Mwi } from '../priority/decision-points.ts';
import { type Context, isCertain, type Stated } from './context-of.ts';
import type { Criticality, Environment, Wellbeing } from './policy.ts';
import type { NamedTag } from './read-tags.ts';

export interface MissionAndWellBeing {
  readonly mwi: Mwi;
  /** What it could be at least and at most, once all is known. */
  readonly range: readonly [Mwi, Mwi];
  /** Clause: who says so. */
  readonly evidence: string;
  readonly notUnderstood: readonly NamedTag[];
  /** Clauses: what is not known, for which there is a range. */
  readonly unread: readonly string[];
}

/** Where nothing is in use that anybody depends on, unless somebody says otherwise. */
const FOR_TRIALS: readonly Environment[] = ['development', 'test', 'sandbox'];

export const missionAndWellBeing = (context: Context): MissionAndWellBeing => {
  const { criticality, wellbeing, environment } = context;
  // Somebody stated a thing that nobody understands: that is not nobody.
  const isUnclear = [criticality, wellbeing, environment].some(
    ({ by, notUnderstood }) => by === undefined && notUnderstood.length > 0,
  );
  const isLowered = criticality.by === undefined && !isUnclear && FOR_TRIALS.includes(environment.value);
  const taken = isLowered ? 'low' : criticality.value;
  const said = isLowered
    ? [`nobody states a criticality and ${clause(environment, 'environment')}`, ...clauses(undefined, wellbeing)]
    : clauses(criticality, wellbeing);
  const [mildest, gravest] = criticalityRange(context, taken);
  const [least, most] = wellbeingRange(context);
  return {
    mwi: mwiOf(taken, wellbeing.value),
    range: [mwiOf(mildest, least), mwiOf(gravest, most)],
    evidence: said.join(', '),
    notUnderstood: [criticality, wellbeing, environment].flatMap(({ notUnderstood }) => notUnderstood),
    unread: criticality.unread,
  };
};

/** A nearer tag may say more, and less. Where nobody states a criticality, the environment lowers it or does not. */
const criticalityRange = (
  { criticality, environment }: Context,
  taken: Criticality,
): readonly [Criticality, Criticality] => {
  if (!isCertain(criticality)) return ['low', 'high'];
  return criticality.by || isCertain(environment) ? [taken, taken] : ['low', criticality.value];
};

/** Where it is certain who states a criticality, no other tag has to be read. */
const wellbeingRange = ({ criticality, wellbeing }: Context): readonly [Wellbeing, Wellbeing] => {
  const isUnread = criticality.unread.length > 0 && wellbeing.unread.length > 0;
  return isUnread || wellbeing.notUnderstood.length > 0
    ? ['minimal', 'irreversible']
    : [wellbeing.value, wellbeing.value];
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
