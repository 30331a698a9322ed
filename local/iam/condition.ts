/** The conditions of a policy statement: what must be true of a request for the statement to apply. */
import { matchesWildcard } from '../wildcard.ts';
import { matchesArn } from './wildcard.ts';

/** What a request says about itself: condition keys with their values. Keys are the same in upper and lower case. */
export type RequestContext = Readonly<Record<string, readonly string[]>>;

/** A condition that cannot be decided here. */
export class UnknownConditionError extends Error {
  /** `the condition operator IpAddress`. */
  readonly subject: string;

  constructor(subject: string) {
    super(`The local runtime does not know ${subject}`);
    this.name = 'UnknownConditionError';
    this.subject = subject;
  }
}

type Test = (value: string, wanted: string) => boolean;

const equals: Test = (value, wanted) => value === wanted;
const equalsIgnoringCase: Test = (value, wanted) => value.toLowerCase() === wanted.toLowerCase();
const isLike: Test = (value, wanted) => matchesWildcard(wanted, value);
const isArnLike: Test = (value, wanted) => matchesArn(wanted, value);

interface Operator {
  readonly test: Test;
  /** True where no wanted value may fit. */
  readonly negated: boolean;
}

const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ['StringEquals', { test: equals, negated: false }],
  ['StringNotEquals', { test: equals, negated: true }],
  ['StringEqualsIgnoreCase', { test: equalsIgnoringCase, negated: false }],
  ['StringNotEqualsIgnoreCase', { test: equalsIgnoringCase, negated: true }],
  ['StringLike', { test: isLike, negated: false }],
  ['StringNotLike', { test: isLike, negated: true }],
  // AWS takes wildcards in all four.
  ['ArnEquals', { test: isArnLike, negated: false }],
  ['ArnNotEquals', { test: isArnLike, negated: true }],
  ['ArnLike', { test: isArnLike, negated: false }],
  ['ArnNotLike', { test: isArnLike, negated: true }],
  ['Bool', { test: equalsIgnoringCase, negated: false }],
]);

const ALL = 'ForAllValues:';
const ANY = 'ForAnyValue:';
const IF_EXISTS = 'IfExists';

interface WrittenOperator extends Operator {
  readonly over: 'all' | 'any' | 'one';
  readonly ifExists: boolean;
}

const operatorFrom = (written: string): WrittenOperator => {
  const over = written.startsWith(ALL) ? 'all' : written.startsWith(ANY) ? 'any' : 'one';
  const withoutSet = over === 'one' ? written : written.slice(written.indexOf(':') + 1);
  const ifExists = withoutSet.endsWith(IF_EXISTS);
  const operator = OPERATORS.get(ifExists ? withoutSet.slice(0, -IF_EXISTS.length) : withoutSet);
  if (operator === undefined) throw new UnknownConditionError(`the condition operator ${written}`);
  return { ...operator, over, ifExists };
};

const KEYS: ReadonlySet<string> = new Set(
  [
    'aws:PrincipalAccount',
    'aws:PrincipalArn',
    'aws:PrincipalIsAWSService',
    'aws:PrincipalServiceName',
    'aws:RequestedRegion',
    'aws:ResourceAccount',
    'aws:SecureTransport',
    'aws:SourceAccount',
    'aws:SourceArn',
    'ecs:cluster',
    's3:delimiter',
    's3:prefix',
    'securityhub:TargetAccount',
  ].map((key) => key.toLowerCase()),
);
/** Followed by the path of a field in the request. */
const KEY_PREFIX = 'securityhub:asffsyntaxpath/';

const refuseUnknownKey = (key: string): void => {
  const lower = key.toLowerCase();
  if (!KEYS.has(lower) && !lower.startsWith(KEY_PREFIX)) throw new UnknownConditionError(`the condition key ${key}`);
};

export type Conditions = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** Throws UnknownConditionError for an operator or a key of which nothing is known here, so that none is overlooked. */
export const refuseUnknownConditions = (conditions: Conditions): void => {
  for (const [operator, keys] of Object.entries(conditions)) {
    if (operator !== 'Null') operatorFrom(operator);
    for (const key of Object.keys(keys)) refuseUnknownKey(key);
  }
};

/** All operators and all of their keys must hold. Throws UnknownConditionError for an operator that is not written. */
export const hold = (conditions: Conditions, context: RequestContext): boolean =>
  Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, valuesOf(context, key), wanted)),
  );

const valuesOf = (context: RequestContext, key: string): readonly string[] =>
  Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1] ?? [];

const holds = (operator: string, values: readonly string[], wanted: readonly string[]): boolean => {
  if (operator === 'Null') return wanted.some((absent) => (absent.toLowerCase() === 'true') === (values.length === 0));
  const { test, negated, over, ifExists } = operatorFrom(operator);
  // A key that is not in the request fits nothing, so a negated operator holds; over any of no values, none does.
  if (values.length === 0) return ifExists || over === 'all' || (negated && over === 'one');
  const fits = (value: string): boolean => wanted.some((one) => test(value, one)) !== negated;
  return over === 'all' || (over === 'one' && negated) ? values.every(fits) : values.some(fits);
};
