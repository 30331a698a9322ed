/** Where a policy file differs from its form: one sentence for each issue that the schema finds. */
import type { z } from 'zod';
import { clipText } from '../base/clip-text.ts';
import { givenText, missingSpace } from './given-text.ts';
import { stepsToRule } from './in-rule.ts';
import { nearest } from './nearest.ts';
import { POLICY_JSON_SCHEMA } from './policy-json-schema.ts';
import { atKey, atValue, type Path, type ProblemAtPath } from './policy-problem.ts';
import { valueAt } from './value-at.ts';
import { MERGE_KEY, REFUSED_KEY } from './yaml-problems.ts';

/** `value`: the whole file, as the schema saw it. */
export const formProblems = (issues: readonly z.core.$ZodIssue[], value: unknown): readonly ProblemAtPath[] =>
  issues.filter(isFirstToSay).flatMap((issue) => {
    const path = issue.path.filter((step) => typeof step !== 'symbol');
    if (path.includes(MERGE_KEY)) return [];
    if (issue.code === 'unrecognized_keys')
      return issue.keys
        .filter((key) => key !== REFUSED_KEY && key !== MERGE_KEY)
        .map((key) => atKey([...path, key], unknownKey(key, keysAt(path))));
    if (issue.code === 'invalid_key')
      return [atKey(path, `${givenText(path.at(-1)) ? nameOf(path) : 'This'} cannot be the key of a tag.`)];
    const given = valueAt(value, path);
    // The schema saw the map without that key, and says what is wrong with the rest.
    if (issue.code === 'custom' && hasRefusedKey(given)) return [];
    if (given === undefined) return [atValue(path, `${nameOf(path)} is missing.`)];
    if (given === null) return [atValue(path, `${nameOf(path)} has no value: give it one, or remove the key.`)];
    return [atValue(path, `${nameOf(path, givenText(given))} ${predicate(issue, given)}`)];
  });

/** What is of another type is not also too long. */
const isFirstToSay = (issue: z.core.$ZodIssue, index: number, all: readonly z.core.$ZodIssue[]): boolean =>
  !all
    .slice(0, index)
    .some(
      ({ code, path }) =>
        code === 'invalid_type' &&
        path.length === issue.path.length &&
        path.every((step, at) => step === issue.path[at]),
    );

const hasRefusedKey = (given: unknown): boolean =>
  typeof given === 'object' && given !== null && Object.hasOwn(given, REFUSED_KEY);

const unknownKey = (key: string, known: readonly string[]): string => {
  const meant = nearest(key, known);
  const named = `\`${clipText(key, 60)}\` is not known here`;
  const slip = missingSpace(key);
  if (slip !== undefined) return `${named}: ${slip}.`;
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
    case 'invalid_type': {
      const slip = typeof given === 'string' && issue.expected === 'object' ? missingSpace(given) : undefined;
      if (slip !== undefined) return `must be keys with values: ${slip}.`;
      return TYPES[issue.expected] ?? 'must be a whole number.';
    }
    case 'invalid_value': {
      const values = issue.values.map(String);
      if (typeof given === 'string' && issue.values.some((one) => typeof one !== 'string' && String(one) === given))
        return `must be ${oneOf(values)}, without quotes.`;
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

/** `` `reason: x` ``, or `` `x` in `accounts` `` for what is in a list; without the value where it is none to quote. */
const nameOf = (path: Path, text?: string): string => {
  const last = path.at(-1);
  if (last === undefined) return 'A policy';
  if (path.length === stepsToRule(path)) return 'It';
  if (typeof last === 'string') return `\`${clipText(last, 60)}${text === undefined ? '' : `: ${text}`}\``;
  return text === undefined ? `An entry of \`${path.at(-2)}\`` : `\`${text}\` in \`${path.at(-2)}\``;
};

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
