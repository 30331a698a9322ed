/** What is wrong with a policy file that may well have its form. */

import { entriesOfFile } from './file-entries.ts';
import { BUILT_IN_POLICY, type Policy } from './policy.ts';
import { dueDaysFromFile, thresholdsFromFile } from './policy-from-file.ts';
import type { ProblemAtPath } from './policy-problem.ts';
import { duplicateIds, type LineOf, unreachableRules } from './rule-problems.ts';
import {
  contextProblems,
  dueDateProblems,
  routeProblems,
  suppressionProblems,
  thresholdProblems,
} from './section-problems.ts';
import { DueDatesFile, ThresholdsFile } from './settings-schema.ts';
import { signingKeyProblems } from './signing-key-problems.ts';

/** `value`: the whole file. */
export const contentProblems = (value: unknown, today: string, lineOf: LineOf): readonly ProblemAtPath[] => {
  const { parts, context, routing, keys } = entriesOfFile(value);
  const thresholds = thresholdsOf(sectionOf(value, 'thresholds'));
  return [
    ...duplicateIds([...parts.context, ...parts.routing, ...parts.suppressions], lineOf),
    ...duplicateIds(parts.keys, lineOf),
    ...unreachableRules(parts.context, lineOf),
    ...unreachableRules(parts.routing, lineOf),
    ...unreachableRules(
      parts.suppressions,
      lineOf,
      (earlier, later) =>
        earlier.expires !== undefined && later.expires !== undefined && earlier.expires >= later.expires,
    ),
    ...context.flatMap(contextProblems),
    ...routing.flatMap((entry) => routeProblems(entry, thresholds)),
    ...thresholdProblems(thresholds, routing),
    ...parts.suppressions.flatMap((entry) => suppressionProblems(entry, today)),
    ...keys.flatMap(signingKeyProblems),
    ...daysProblems(sectionOf(value, 'dueDates')),
  ];
};

const thresholdsOf = (given: unknown): Policy['thresholds'] => {
  const thresholds = ThresholdsFile.safeParse(given);
  return thresholds.success ? thresholdsFromFile(thresholds.data) : BUILT_IN_POLICY.thresholds;
};

const daysProblems = (given: unknown): readonly ProblemAtPath[] => {
  const dueDates = DueDatesFile.safeParse(given);
  return dueDates.success
    ? dueDateProblems(dueDaysFromFile(dueDates.data), (outcome) => sectionOf(given, outcome) !== undefined)
    : [];
};

const sectionOf = (value: unknown, key: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === key)?.[1] : undefined;
