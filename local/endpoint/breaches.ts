/** Where an input breaks its constraints, and which. */
import type { Constraint, MemberConstraints } from './constraints.ts';

/** The way from the input down: a member, an item of a list by its index, a value of a map by its key, or that key. */
export type Step =
  | { readonly kind: 'member' | 'value' | 'key'; readonly name: string }
  | { readonly kind: 'item'; readonly index: number };

export type Demand =
  | {
      readonly kind: 'at-least' | 'at-most';
      readonly what: 'length' | 'items' | 'entries' | 'range';
      readonly limit: number;
    }
  | { readonly kind: 'whole-number' }
  | { readonly kind: 'pattern'; readonly pattern: RegExp }
  | { readonly kind: 'one-of'; readonly values: readonly string[] };

export interface Breach {
  readonly path: readonly Step[];
  readonly demand: Demand;
}

interface Place {
  readonly path: readonly Step[];
  readonly value: unknown;
}

const entriesOf = (value: unknown): readonly (readonly [string, unknown])[] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];

const below = ({ path, value }: Place, token: string): readonly Place[] => {
  if (token === '[]') {
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    return list.map((item, index) => ({ path: [...path, { kind: 'item', index }], value: item }));
  }
  if (token === '{}') {
    return entriesOf(value).map(([name, item]) => ({ path: [...path, { kind: 'value', name }], value: item }));
  }
  if (token === '{key}') {
    return entriesOf(value).map(([name]) => ({ path: [...path, { kind: 'key', name }], value: name }));
  }
  return entriesOf(value)
    .filter(([name]) => name === token)
    .map(([name, member]) => ({ path: [...path, { kind: 'member', name }], value: member }));
};

const TOKEN = /\[\]|\{key\}|\{\}|[^.[\]{}]+/g;

const placesAt = (input: unknown, path: string): readonly Place[] =>
  (path.match(TOKEN) ?? []).reduce<readonly Place[]>(
    (places, token) => places.flatMap((place) => below(place, token)),
    [{ path: [], value: input }],
  );

/** In the measure of the constraint; undefined for a value of a type that it does not speak of. */
const sizeOf = (value: unknown, kind: 'length' | 'items' | 'entries' | 'range'): number | undefined => {
  if (kind === 'range') return typeof value === 'number' ? value : undefined;
  if (kind === 'items') return Array.isArray(value) ? value.length : undefined;
  if (kind === 'entries') return entriesOf(value).length;
  if (typeof value === 'string') return [...value].length;
  return value instanceof Uint8Array ? value.length : undefined;
};

const demandsOn = (value: unknown, constraint: Constraint): readonly Demand[] => {
  if (value === undefined || value === null) return [];
  if (constraint.kind === 'pattern') {
    return typeof value === 'string' && !constraint.pattern.test(value) ? [constraint] : [];
  }
  if (constraint.kind === 'one-of') {
    return typeof value === 'string' && !constraint.values.includes(value) ? [constraint] : [];
  }
  const { kind: what, min, max } = constraint;
  const size = sizeOf(value, what);
  if (size === undefined) return [];
  return [
    ...(size < min ? [{ kind: 'at-least', what, limit: min } as const] : []),
    ...(size > max ? [{ kind: 'at-most', what, limit: max } as const] : []),
    ...(Number.isInteger(size) ? [] : [{ kind: 'whole-number' } as const]),
  ];
};

/** In the order of the table, and in that of the input under each of its paths. */
export const breachesOf = (constraints: MemberConstraints, input: unknown): readonly Breach[] =>
  Object.entries(constraints).flatMap(([at, constraint]) =>
    placesAt(input, at).flatMap(({ path, value }) =>
      [constraint].flat().flatMap((one) => demandsOn(value, one).map((demand): Breach => ({ path, demand }))),
    ),
  );
