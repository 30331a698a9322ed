/** The list of alternatives that an event pattern allows for one field. */
import { compileAnythingBut } from './anything-but.ts';
import { compileCidr } from './cidr-operator.ts';
import { InvalidEventPatternException } from './invalid-event-pattern.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import { compileNumeric } from './numeric-operator.ts';
import { compileTextOperator, isTextOperator, type ValueTest } from './text-operators.ts';

export interface PatternLeaf {
  /** `{"exists": false}` is among the alternatives: the field may be missing from the whole event. */
  readonly mayBeAbsent: boolean;
  /** Whether one value of the field is allowed. */
  readonly accepts: ValueTest;
}

const always: ValueTest = () => true;

const isScalar = (value: unknown): boolean =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const compileOperator = (operator: string, argument: unknown): ValueTest => {
  if (isTextOperator(operator)) return compileTextOperator(operator, argument);
  switch (operator) {
    case 'numeric':
      return compileNumeric(argument);
    case 'anything-but':
      return compileAnythingBut(argument);
    case 'cidr':
      return compileCidr(argument);
    default:
      throw new InvalidEventPatternException(`Unrecognized match type ${operator}`);
  }
};

const existsLeaf = (argument: unknown): PatternLeaf => {
  if (typeof argument !== 'boolean')
    throw new InvalidEventPatternException('exists match pattern must be either true or false.');
  return { mayBeAbsent: !argument, accepts: argument ? always : () => false };
};

const operatorLeaf = (expression: JsonObject): PatternLeaf => {
  const [[operator, argument] = ['', undefined], ...more] = Object.entries(expression);
  if (more.length > 0) throw new InvalidEventPatternException('Only one key allowed in match expression');
  if (operator === 'exists') return existsLeaf(argument);
  return { mayBeAbsent: false, accepts: compileOperator(operator, argument) };
};

const compileAlternative = (alternative: unknown): PatternLeaf => {
  if (isScalar(alternative)) return { mayBeAbsent: false, accepts: (value) => value === alternative };
  if (isJsonObject(alternative)) return operatorLeaf(alternative);
  throw new InvalidEventPatternException('Match value must be String, number, true, false, or null');
};

export const compileLeaf = (alternatives: readonly unknown[]): PatternLeaf => {
  if (alternatives.length === 0) throw new InvalidEventPatternException('Empty arrays are not allowed');
  const leaves = alternatives.map(compileAlternative);
  return {
    mayBeAbsent: leaves.some((leaf) => leaf.mayBeAbsent),
    accepts: (value) => leaves.some((leaf) => leaf.accepts(value)),
  };
};
