/** A problem within a rule names the rule, by its id or its number: one line of a log says which one is meant. */
import type { Path, ProblemAtPath } from './policy-problem.ts';
import { valueAt } from './value-at.ts';
import { id } from './word-schema.ts';

const LISTS: readonly (readonly [list: Path, what: string])[] = [
  [['context'], 'Rule'],
  [['routing'], 'Rule'],
  [['suppressions'], 'Rule'],
  [['signing', 'keys'], 'Key'],
];

/** How many steps of the path lead to the rule itself; undefined outside of rules. */
export const stepsToRule = (path: Path): number | undefined => {
  const list = LISTS.find(([steps]) => steps.every((step, at) => path[at] === step))?.[0];
  return list !== undefined && typeof path[list.length] === 'number' ? list.length + 1 : undefined;
};

/** `value`: the whole file. `Rule payments: …`; what has no id is counted from 1: ``Rule 2 of `context`: …``. */
export const inRule = (value: unknown, problem: ProblemAtPath): ProblemAtPath => {
  const { path, message } = problem;
  const steps = stepsToRule(path);
  if (steps === undefined) return problem;
  const what = LISTS.find(([[section]]) => section === path[0])?.[1];
  const named = id.safeParse(valueAt(value, [...path.slice(0, steps), 'id']));
  const which = named.success ? named.data : `${Number(path[steps - 1]) + 1} of \`${path[steps - 2]}\``;
  return { ...problem, message: `${what} ${which}: ${message.charAt(0).toLowerCase()}${message.slice(1)}` };
};
