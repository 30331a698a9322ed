/** The conditions of a template: which of its resources and values exist. */
import type { Evaluate } from './intrinsics.ts';
import { TemplateError } from './template-error.ts';

type Holds = (condition: unknown, at: string) => boolean;

const listIn = (argument: unknown, at: string): readonly unknown[] => {
  if (Array.isArray(argument)) return argument;
  throw new TemplateError(at, 'a list of conditions was expected');
};

/** Tells whether the condition of a name holds; `at` is who asks. Throws TemplateError for one that is not there. */
export const createConditions = (
  conditions: Readonly<Record<string, unknown>>,
  evaluate: Evaluate,
): ((name: string, at: string) => boolean) => {
  const functions: Readonly<Record<string, Holds>> = {
    'Fn::Equals': (argument, at) => {
      const [left, right] = listIn(argument, at).map((side) => evaluate(side, at));
      // CloudFormation compares text: a parameter of type Number equals its digits.
      return String(left) === String(right);
    },
    'Fn::And': (argument, at) => listIn(argument, at).every((inner) => holds(inner, at)),
    'Fn::Or': (argument, at) => listIn(argument, at).some((inner) => holds(inner, at)),
    'Fn::Not': (argument, at) => !holds(listIn(argument, at)[0], at),
    Condition: (argument, at) => named(String(argument), at),
  };
  const holds: Holds = (condition, at) => {
    const [[name, argument] = ['', undefined]] = Object.entries(condition ?? {});
    const check = Object.hasOwn(functions, name) ? functions[name] : undefined;
    if (check === undefined) throw new TemplateError(at, `${name || 'nothing'} is not a condition that is known here`);
    return check(argument, at);
  };
  const named = (name: string, at: string): boolean => {
    if (!Object.hasOwn(conditions, name)) throw new TemplateError(at, `there is no condition ${name}`);
    return holds(conditions[name], `Conditions.${name}`);
  };
  return named;
};
