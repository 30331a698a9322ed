/** Where a policy file differs from its form: one sentence for each issue that the schema finds. */
import type { z } from 'zod';
import { clipText } from '../base/clip-text.ts';
import { nearest } from './nearest.ts';
import { POLICY_JSON_SCHEMA } from './policy-json-schema.ts';
import { atKey, atValue, type Path, type ProblemAtPath } from './policy-problem.ts';

/** `value`: the whole file, as the schema saw it. */
export const formProblems = (issues: readonly z.core.$ZodIssue[], value: unknown): readonly ProblemAtPath[] =>
  issues.flatMap((issue) => {
    const path = issue.path.filter((step) => typeof step !== 'symbol');
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => atKey([...path, key], unknownKey(key, keysAt(path))));
    if (issue.code === 'invalid_key') return [atKey(path, 'This cannot be the key of a tag.')];
    const given = valueAt(value, path);
    if (given === undefined) return [atValue(path, `${nameOf(path)} is missing.`)];
    if (given === null) return [atValue(path, `${nameOf(path)} has no value: give it one, or remove the key.`)];
    return [atValue(path, `${nameOf(path)} ${predicate(issue, given)}`)];
  });

const unknownKey = (key: string, known: readonly string[]): string => {
  const meant = nearest(key, known);
  const named = `\`${clipText(key, 60)}\` is not known here`;
  return meant === undefined ? `${named}; known are ${known.join(', ')}.` : `${named}; did you mean \`${meant}\`?`;
};

const TYPES: Readonly<Partial<Record<string, string>>> = {
  object: 'must be keys with values.',
  record: 'must be keys with values.',
  array: 'must be a list.',
  string: 'must be text; a number or a word like true needs quotes to be text.',
};

const predicate = (issue: z.core.$ZodIssue, given: unknown): string => {
  switch (issue.code) {
    case 'invalid_type':
      return TYPES[issue.expected] ?? 'must be a whole number.';
    case 'invalid_value': {
      const values = issue.values.map(String);
      const meant = typeof given === 'string' ? nearest(given, values) : undefined;
      return `must be ${oneOf(values)}${meant === undefined ? '.' : `; did you mean \`${meant}\`?`}`;
    }
    case 'too_small':
      return issue.origin === 'number' ? `must be at least ${issue.minimum}.` : 'is empty: fill it, or remove the key.';
    case 'too_big':
      return issue.origin === 'number'
        ? `must be at most ${issue.maximum}.`
        : `is longer than ${issue.maximum} ${issue.origin === 'string' ? 'characters' : 'entries'}.`;
    default:
      return `${issue.message}.`;
  }
};

const oneOf = (values: readonly string[]): string =>
  values.length === 1 ? `${values[0]}` : `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`;

/** `` `reason` ``, or `` An entry of `accounts` `` for what is in a list. */
const nameOf = (path: Path): string => {
  const last = path.at(-1);
  if (last === undefined) return 'A policy';
  return typeof last === 'string' ? `\`${clipText(last, 60)}\`` : `An entry of \`${path.at(-2)}\``;
};

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (within, step) =>
      typeof within === 'object' && within !== null && Object.hasOwn(within, step)
        ? Object.entries(within).find(([key]) => key === String(step))?.[1]
        : undefined,
    value,
  );

/** The keys that the form has at a path. */
const keysAt = (path: Path): readonly string[] => {
  let schema: z.core.JSONSchema._JSONSchema | undefined = POLICY_JSON_SCHEMA;
  for (const step of path) {
    if (typeof schema !== 'object') return [];
    const items: typeof schema.items = schema.items;
    schema = typeof step === 'string' ? schema.properties?.[step] : Array.isArray(items) ? undefined : items;
  }
  return typeof schema === 'object' ? Object.keys(schema.properties ?? {}) : [];
};
