/** Why no rule takes an event: the first thing in which it differs from what the rules ask for. */
import { isJsonObject } from '../../local/event-bus/json-object.ts';
import { compilePattern } from '../../local/event-bus/pattern.ts';
import { quoted } from './quoted.ts';

export interface Pattern {
  readonly source: readonly [string];
  readonly 'detail-type': readonly [string, ...string[]];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The first list gives what `event` is, the others what is asked for. Any event that no pattern takes. */
export const whyNotTaken = (
  event: { readonly source: string; readonly 'detail-type': string; readonly detail: unknown },
  rules: readonly { readonly id: string; readonly pattern: Pattern }[],
): string => {
  const { source, 'detail-type': type, detail } = event;
  const ofSource = rules.filter(({ pattern }) => pattern.source[0] === source);
  if (ofSource.length === 0)
    return `no rule takes events of ${quoted(source)}, only of ${anyOf(rules.map(({ pattern }) => pattern.source[0]))}`;
  const ofType = ofSource.filter(({ pattern }) => pattern['detail-type'].includes(type));
  if (ofType.length === 0) {
    const taken = anyOf(ofSource.flatMap(({ pattern }) => pattern['detail-type']));
    return `of ${quoted(source)} the rules take ${taken}, not ${quoted(type)}`;
  }
  const differences = ofType.map(({ id, pattern }) => {
    const difference = firstDifference(pattern.detail, detail, ['detail']);
    return `the ${id} rule does not take it: ${difference ?? 'its detail is not what the rule asks for'}`;
  });
  return differences.join('; ');
};

const firstDifference = (
  pattern: Readonly<Record<string, unknown>>,
  value: unknown,
  path: readonly string[],
): string | undefined => {
  const unmet = Object.entries(pattern).find(([name, asked]) => !compilePattern({ [name]: asked })(value));
  if (unmet === undefined) return undefined;
  const [name, asked] = unmet;
  const inner = [...path, name];
  if (name === '$or' && Array.isArray(asked)) {
    const branches = asked.map((branch) => (isJsonObject(branch) ? firstDifference(branch, value, path) : undefined));
    return branches.filter((text) => text !== undefined).join(', and ') || undefined;
  }
  if (isJsonObject(asked)) return firstDifference(asked, fieldOf(value, name), inner);
  if (!Array.isArray(asked)) return undefined;
  const found = [fieldOf(value, name)].flat(10).filter((one) => one !== undefined);
  const is = found.length === 0 ? 'missing' : found.slice(0, SHOWN).map(scalar).join(' and ');
  return `its ${inner.join('.')} is ${is}, not ${anyOf(asked)}`;
};

const SHOWN = 3;

/** Of a list of objects, the field of each. */
const fieldOf = (value: unknown, name: string): unknown => {
  if (Array.isArray(value)) return value.map((element) => fieldOf(element, name));
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
};

const scalar = (value: unknown): string => {
  if (typeof value === 'string') return quoted(value);
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
};

const anyOf = (asked: readonly unknown[]): string => {
  const texts = [...new Set(asked.map(condition))];
  const last = texts.pop() ?? 'nothing';
  return texts.length === 0 ? last : `${texts.join(', ')} or ${last}`;
};

const condition = (asked: unknown): string => {
  if (isJsonObject(asked) && typeof asked.prefix === 'string') return quoted(`${asked.prefix}…`);
  return typeof asked === 'string' ? quoted(asked) : JSON.stringify(asked);
};
