/** CloudFormation's intrinsic functions: a value of the template becomes the value that is deployed. */
import { TemplateError } from './template-error.ts';

/** What the functions need to know of the stack. `at` is where the function stands, for error messages. */
export interface IntrinsicScope {
  /** Undefined for `AWS::NoValue`: the property is left out. */
  readonly ref: (name: string, at: string) => unknown;
  readonly getAtt: (logicalId: string, attribute: string, at: string) => unknown;
  readonly condition: (name: string, at: string) => boolean;
  readonly findInMap: (map: string, top: string, second: string, at: string) => unknown;
}

/** The deployed value at `at`, a path like `Forward.Properties.Timeout`. Throws TemplateError. */
export type Evaluate = (value: unknown, at: string) => unknown;

type Intrinsic = (argument: unknown, at: string, scope: IntrinsicScope, evaluate: Evaluate) => unknown;

const text = (value: unknown, at: string): string => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new TemplateError(at, 'text was expected');
};

const list = (value: unknown, at: string): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  throw new TemplateError(at, 'a list was expected');
};

const listOf = (length: number, value: unknown, at: string): readonly unknown[] => {
  const items = list(value, at);
  if (items.length === length) return items;
  throw new TemplateError(at, `a list of ${length} was expected`);
};

/** `Queue.Arn`, where the attribute may have dots of its own. */
const getAttPath = (path: string, at: string, scope: IntrinsicScope): unknown => {
  const dot = path.indexOf('.');
  if (dot === -1) throw new TemplateError(at, `"${path}" names no attribute`);
  return scope.getAtt(path.slice(0, dot), path.slice(dot + 1), at);
};

const substitute: Intrinsic = (argument, at, scope, evaluate) => {
  const [template, names] = Array.isArray(argument) ? listOf(2, argument, at) : [argument, {}];
  const values = new Map(Object.entries(evaluate(names, at) ?? {}));
  const replacement = (name: string): unknown => {
    if (values.has(name)) return values.get(name);
    return name.includes('.') ? getAttPath(name, at, scope) : scope.ref(name, at);
  };
  return text(template, at).replace(/\$\{(!?)([^}]*)\}/g, (_whole, literal: string, name: string) =>
    literal === '!' ? `\${${name}}` : text(replacement(name.trim()), at),
  );
};

const INTRINSICS: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, at, scope) => scope.ref(text(name, at), at),
  'Fn::GetAtt': (argument, at, scope, evaluate) => {
    if (typeof argument === 'string') return getAttPath(argument, at, scope);
    const [logicalId, attribute] = listOf(2, argument, at);
    return scope.getAtt(text(logicalId, at), text(evaluate(attribute, at), at), at);
  },
  'Fn::Join': (argument, at, _scope, evaluate) => {
    const [delimiter, parts] = listOf(2, argument, at);
    return list(evaluate(parts, at), at)
      .map((part) => text(part, at))
      .join(text(delimiter, at));
  },
  'Fn::Sub': substitute,
  'Fn::Select': (argument, at, _scope, evaluate) => {
    const [index, items] = listOf(2, argument, at);
    const selected = list(evaluate(items, at), at)[Number(evaluate(index, at))];
    if (selected === undefined) throw new TemplateError(at, 'Fn::Select has no such element');
    return selected;
  },
  'Fn::Split': (argument, at, _scope, evaluate) => {
    const [delimiter, whole] = listOf(2, argument, at);
    return text(evaluate(whole, at), at).split(text(delimiter, at));
  },
  'Fn::If': (argument, at, scope, evaluate) => {
    const [name, whenTrue, whenFalse] = listOf(3, argument, at);
    return evaluate(scope.condition(text(name, at), at) ? whenTrue : whenFalse, at);
  },
  'Fn::FindInMap': (argument, at, scope, evaluate) => {
    const [map, top, second] = listOf(3, evaluate(argument, at), at).map((key) => text(key, at));
    return scope.findInMap(map ?? '', top ?? '', second ?? '', at);
  },
  'Fn::Base64': (argument, at, _scope, evaluate) => Buffer.from(text(evaluate(argument, at), at)).toString('base64'),
  'Fn::ImportValue': (_argument, at) => {
    throw new TemplateError(at, 'Fn::ImportValue asks for a value of another deployment, and there is none here');
  },
  'Fn::GetAZs': (_argument, at) => {
    throw new TemplateError(at, 'Fn::GetAZs asks for Availability Zones, and there are none here');
  },
};

const isIntrinsic = (name: string): boolean => name === 'Ref' || name.startsWith('Fn::');

export const createEvaluate = (scope: IntrinsicScope): Evaluate => {
  const evaluateObject = (value: object, at: string): unknown => {
    const entries = Object.entries(value);
    const [name, argument] = entries.find(([key]) => isIntrinsic(key)) ?? [];
    if (name === undefined)
      return Object.fromEntries(
        entries
          .map(([key, inner]) => [key, evaluate(inner, `${at}.${key}`)])
          .filter(([, inner]) => inner !== undefined),
      );
    const intrinsic = Object.hasOwn(INTRINSICS, name) ? INTRINSICS[name] : undefined;
    if (intrinsic === undefined) throw new TemplateError(at, `${name} is not a function that is known here`);
    if (entries.length > 1) throw new TemplateError(at, `${name} stands beside other keys`);
    return intrinsic(argument, at, scope, evaluate);
  };
  const evaluate: Evaluate = (value, at) => {
    if (typeof value === 'string' && value.includes('{{resolve:'))
      throw new TemplateError(at, 'a dynamic reference asks for a value of an AWS account, and there is none here');
    if (Array.isArray(value))
      return value.map((item, index) => evaluate(item, `${at}[${index}]`)).filter((item) => item !== undefined);
    return typeof value === 'object' && value !== null ? evaluateObject(value, at) : value;
  };
  return evaluate;
};
