/** An item of a file as an event of a bus: what must be there for a rule to look at it. */
import { isJsonObject, type JsonObject } from '../../local/event-bus/json-object.ts';
import { looksLike } from './looks-like.ts';
import { safeText } from './quoted.ts';

export interface BusEvent extends JsonObject {
  readonly source: string;
  readonly 'detail-type': string;
  readonly detail: JsonObject;
}

export type ReadEvent =
  | { readonly ok: true; readonly event: BusEvent }
  /** `detailType` is null where there is none. */
  | { readonly ok: false; readonly detailType: string | null; readonly reason: string };

/** Never throws, whatever the item is. */
export const readEvent = (item: unknown): ReadEvent => {
  const detailType = isJsonObject(item) && isText(item['detail-type']) ? safeText(item['detail-type']) : null;
  const refuse = (reason: string): ReadEvent => ({ ok: false, detailType, reason });
  if (isDeeperThan(item, DEEPEST)) return refuse(`it is nested deeper than ${DEEPEST} levels, as no event is`);
  if (!isJsonObject(item)) return refuse(`it is ${kindOf(item)}, not an EventBridge event`);
  if (isBusEvent(item)) return { ok: true, event: item };
  const lacks = MUST_HAVE.filter(({ name }) => !Object.hasOwn(item, name));
  if (lacks.length === 0) {
    const unusable = MUST_HAVE.filter(({ name, is }) => !is(item[name]));
    return refuse(unusable.map(({ name, wrong }) => `its ${name} ${wrong}`).join(', and '));
  }
  return refuse(`it has no ${list(lacks.map(({ name }) => name))}: ${looksLike(item)}`);
};

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const MUST_HAVE = [
  { name: 'detail-type', is: isText, wrong: 'is empty or no text' },
  { name: 'source', is: isText, wrong: 'is empty or no text' },
  { name: 'detail', is: isJsonObject, wrong: 'is no JSON object' },
] as const;

const isBusEvent = (item: JsonObject): item is BusEvent =>
  MUST_HAVE.every(({ name, is }) => Object.hasOwn(item, name) && is(item[name]));

const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

const kindOf = (item: unknown): string => {
  if (item === null) return 'null';
  if (Array.isArray(item)) return 'a list in a list';
  return typeof item === 'string' ? 'a text' : `a ${typeof item}`;
};

/** Events of AWS have some 20 levels; what reads them goes down level by level, and would run out of stack. */
const DEEPEST = 500;

/** A scalar has no level, `[]` has one. Without recursion. */
const isDeeperThan = (value: unknown, levels: number): boolean => {
  let inside: readonly unknown[] = [value];
  for (let level = 0; level <= levels; level += 1) {
    const containers = inside.filter((one) => typeof one === 'object' && one !== null);
    if (containers.length === 0) return false;
    inside = containers.flatMap((one) => Object.values(one));
  }
  return true;
};
