/** The numeric operator of an event pattern: one bound, or a lower and an upper bound. */
import { InvalidEventPatternException } from './invalid-event-pattern.ts';
import type { ValueTest } from './text-operators.ts';

const LOWER = {
  '>': (value: number, bound: number) => value > bound,
  '>=': (value: number, bound: number) => value >= bound,
} as const;
const UPPER = {
  '<': (value: number, bound: number) => value < bound,
  '<=': (value: number, bound: number) => value <= bound,
} as const;
const SINGLE = { ...LOWER, ...UPPER, '=': (value: number, bound: number) => value === bound } as const;

type Comparison = (value: number, bound: number) => boolean;

const comparison = (table: { readonly [operator: string]: Comparison }, operator: unknown): Comparison => {
  const found = typeof operator === 'string' && Object.hasOwn(table, operator) ? table[operator] : undefined;
  if (found === undefined)
    throw new InvalidEventPatternException(`Unrecognized numeric range operator: ${String(operator)}`);
  return found;
};

const bound = (value: unknown): number => {
  if (typeof value !== 'number') throw new InvalidEventPatternException('Value of numeric operator must be numeric');
  return value;
};

/** `["=", 1]`, `[">", 0]` or `[">", 0, "<=", 5]`: the lower bound must come first and be the smaller. */
export const compileNumeric = (argument: unknown): ValueTest => {
  if (!Array.isArray(argument)) throw new InvalidEventPatternException('Value of numeric must be an array.');
  if (argument.length === 2) {
    const holds = comparison(SINGLE, argument[0]);
    const limit = bound(argument[1]);
    return (value) => typeof value === 'number' && holds(value, limit);
  }
  if (argument.length !== 4) throw new InvalidEventPatternException('Wrong number of terms in numeric expression');
  const above = comparison(LOWER, argument[0]);
  const bottom = bound(argument[1]);
  const below = comparison(UPPER, argument[2]);
  const top = bound(argument[3]);
  if (bottom >= top) throw new InvalidEventPatternException('Bottom must be less than top');
  return (value) => typeof value === 'number' && above(value, bottom) && below(value, top);
};
