/** Holds a request's members against the operation's schema: what is required, what is unknown, what has a wrong type. */
import type { NormalizedSchema } from '@smithy/core/schema';

export interface Problem {
  readonly kind: 'unknown' | 'missing' | 'type';
  /** One sentence, with the path of the member. */
  readonly text: string;
}

type Members = Readonly<Record<string, unknown>>;

const isMembers = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The name of a member as the JSON protocols send it. */
export const wireName = (name: string, schema: NormalizedSchema): string => schema.getMergedTraits().jsonName ?? name;

/** A structure's schema lists its required members first and ends with their number. */
const requiredMembers = (schema: NormalizedSchema): ReadonlySet<string> => {
  const raw: unknown = schema.getSchema();
  if (!Array.isArray(raw)) return new Set();
  const [, , , , names, , required] = raw;
  return new Set(Array.isArray(names) && typeof required === 'number' ? names.slice(0, required) : []);
};

const DATE_TIME = 5;
const HTTP_DATE = 6;

/** The JSON type that a simple schema wants; timestamps without a trait are epoch seconds in the JSON protocols. */
const simpleType = (schema: NormalizedSchema): 'string' | 'number' | 'boolean' | undefined => {
  if (schema.isTimestampSchema()) {
    const format: unknown = schema.getSchema();
    return format === DATE_TIME || format === HTTP_DATE ? 'string' : 'number';
  }
  if (schema.isStringSchema() || schema.isBlobSchema()) return 'string';
  if (schema.isNumericSchema() || schema.isBigIntegerSchema() || schema.isBigDecimalSchema()) return 'number';
  return schema.isBooleanSchema() ? 'boolean' : undefined;
};

const problem = (kind: Problem['kind'], text: string): Problem => ({ kind, text });

const structProblems = (schema: NormalizedSchema, value: Members, path: string): readonly Problem[] => {
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  const members = [...schema.structIterator()].map(([name, member]) => ({
    name,
    member,
    wire: wireName(name, member),
  }));
  const wireNames = new Set(members.map(({ wire }) => wire));
  const required = requiredMembers(schema);
  const sent = Object.keys(value).filter((key) => value[key] !== null && value[key] !== undefined);
  return [
    ...sent.filter((key) => !wireNames.has(key)).map((key) => problem('unknown', `${at(key)}: unknown member`)),
    ...members
      .filter(({ name, wire }) => required.has(name) && !sent.includes(wire))
      .map(({ wire }) => problem('missing', `${at(wire)}: Member must not be null`)),
    ...(schema.isUnionSchema() && sent.length !== 1
      ? [problem(sent.length === 0 ? 'missing' : 'unknown', `${path}: exactly one member must be set`)]
      : []),
    ...members
      .filter(({ wire }) => sent.includes(wire))
      .flatMap(({ member, wire }) => problemsOf(member, value[wire], at(wire))),
  ];
};

/**
 * Every way in which the wire form of `value` breaks the schema. Real services ignore members that they do not know;
 * here they are refused, because such a member is a mistake that the cloud would hide. Fractions pass: the SDK's schemas
 * do not tell an Integer from a Double.
 */
export const problemsOf = (schema: NormalizedSchema, value: unknown, path = ''): readonly Problem[] => {
  if (schema.isDocumentSchema()) return [];
  if (schema.isStructSchema()) {
    return isMembers(value)
      ? structProblems(schema, value, path)
      : [problem('type', `${path || 'input'}: expected a structure`)];
  }
  if (schema.isListSchema()) {
    if (!Array.isArray(value)) return [problem('type', `${path}: expected a list`)];
    return value.flatMap((item, index) => problemsOf(schema.getValueSchema(), item, `${path}[${index}]`));
  }
  if (schema.isMapSchema()) {
    if (!isMembers(value)) return [problem('type', `${path}: expected a map`)];
    return Object.entries(value).flatMap(([key, item]) => problemsOf(schema.getValueSchema(), item, `${path}.${key}`));
  }
  const type = simpleType(schema);
  return type === undefined || typeof value === type ? [] : [problem('type', `${path}: expected a ${type}`)];
};
