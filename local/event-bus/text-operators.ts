/** The operators of an event pattern that look at text: prefix, suffix, equals-ignore-case and wildcard. */
import { InvalidEventPatternException } from './invalid-event-pattern.ts';
import { isJsonObject } from './json-object.ts';
import { compileWildcard } from './wildcard.ts';

export type ValueTest = (value: unknown) => boolean;

export const TEXT_OPERATORS = ['prefix', 'suffix', 'equals-ignore-case', 'wildcard'] as const;
export type TextOperator = (typeof TEXT_OPERATORS)[number];

export const isTextOperator = (name: string): name is TextOperator => TEXT_OPERATORS.some((known) => known === name);

const fold = (text: string): string => text.toLowerCase();

const textTest = (operator: TextOperator, wanted: string): ((text: string) => boolean) => {
  switch (operator) {
    case 'prefix':
      return (text) => text.startsWith(wanted);
    case 'suffix':
      return (text) => text.endsWith(wanted);
    case 'equals-ignore-case':
      return (text) => fold(text) === fold(wanted);
    case 'wildcard':
      return compileWildcard(wanted);
  }
};

const onText =
  (test: (text: string) => boolean): ValueTest =>
  (value) =>
    typeof value === 'string' && test(value);

const foldedAffixTest = (operator: 'prefix' | 'suffix', argument: { readonly [name: string]: unknown }): ValueTest => {
  const wanted = argument['equals-ignore-case'];
  if (Object.keys(argument).length !== 1 || typeof wanted !== 'string')
    throw new InvalidEventPatternException(`Unsupported ${operator} pattern`);
  const affix = textTest(operator, fold(wanted));
  return onText((text) => affix(fold(text)));
};

/** `{"prefix": "a"}` and its kin, and `{"prefix": {"equals-ignore-case": "a"}}`. */
export const compileTextOperator = (operator: TextOperator, argument: unknown): ValueTest => {
  if (isJsonObject(argument) && (operator === 'prefix' || operator === 'suffix'))
    return foldedAffixTest(operator, argument);
  if (typeof argument !== 'string')
    throw new InvalidEventPatternException(`${operator} match pattern must be a string`);
  return onText(textTest(operator, argument));
};
