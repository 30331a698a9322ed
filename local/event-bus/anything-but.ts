/** The anything-but operator of an event pattern: a value is there, and it is none of these. */
import { InvalidEventPatternException } from './invalid-event-pattern.ts';
import { isJsonObject, type JsonObject } from './json-object.ts';
import { compileTextOperator, isTextOperator, type ValueTest } from './text-operators.ts';

const listOf = (argument: unknown): readonly unknown[] => (Array.isArray(argument) ? argument : [argument]);

const exactTest = (argument: unknown): ValueTest => {
  const values = listOf(argument);
  const allText = values.every((value) => typeof value === 'string');
  const allNumbers = values.every((value) => typeof value === 'number');
  if (values.length === 0 || !(allText || allNumbers))
    throw new InvalidEventPatternException('Inside anything-but, either all values are numbers or all are strings');
  return (value) => values.some((excluded) => excluded === value);
};

/** `{"prefix": "a"}` or `{"prefix": ["a", "b"]}`, and the same for the other text operators. */
const nestedTest = (argument: JsonObject): ValueTest => {
  const [[operator, texts] = ['', undefined], ...more] = Object.entries(argument);
  if (more.length > 0 || !isTextOperator(operator))
    throw new InvalidEventPatternException(`Unsupported anything-but pattern: ${operator}`);
  const wanted = listOf(texts);
  if (wanted.length === 0 || !wanted.every((text) => typeof text === 'string'))
    throw new InvalidEventPatternException(`Inside anything-but/${operator}, only strings are allowed`);
  // Everything starts and ends with the empty text, so such a pattern could match nothing.
  if ((operator === 'prefix' || operator === 'suffix') && wanted.includes(''))
    throw new InvalidEventPatternException('Null prefix/suffix not allowed');
  const tests = wanted.map((text) => compileTextOperator(operator, text));
  return (value) => tests.some((test) => test(value));
};

export const compileAnythingBut = (argument: unknown): ValueTest => {
  const excluded = isJsonObject(argument) ? nestedTest(argument) : exactTest(argument);
  return (value) => !excluded(value);
};
