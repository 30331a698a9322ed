/** The sentences in which AWS says what an input breaks. */
import { type Breach, breachesOf, type Demand, type Step } from './breaches.ts';
import type { OperationConstraints } from './constraints.ts';

const demandText = (demand: Demand): string => {
  switch (demand.kind) {
    case 'at-least':
    case 'at-most': {
      const measure = demand.what === 'range' ? 'value' : 'length';
      const side = demand.kind === 'at-least' ? 'greater' : 'less';
      return `Member must have ${measure} ${side} than or equal to ${demand.limit}`;
    }
    case 'whole-number':
      return 'Member must be a whole number';
    case 'pattern':
      return `Member must satisfy regular expression pattern: ${demand.pattern.source}`;
    case 'one-of':
      return `Member must satisfy enum value set: [${demand.values.join(', ')}]`;
  }
};

/** `imageIds.1.member.imageTag`: AWS counts the items of a list from 1. */
const stepText = (step: Step): string => (step.kind === 'item' ? `${step.index + 1}.member` : step.name);

const problemText = ({ path, demand }: Breach): string => {
  const last = path.at(-1);
  const text = demandText(demand);
  // Of a map AWS names neither the key nor the value that is meant.
  if (last?.kind === 'key') return valueText(path.slice(0, -1), `Map keys must satisfy constraint: [${text}]`);
  if (last?.kind === 'value') return valueText(path.slice(0, -1), `Map value must satisfy constraint: [${text}]`);
  return valueText(path, text);
};

const valueText = (path: readonly Step[], text: string): string =>
  `Value at '${path.map(stepText).join('.')}' failed to satisfy constraint: ${text}`;

/** Each constraint that the input breaks: one sentence. */
export const constraintProblems = (
  { members = {}, together = [] }: OperationConstraints,
  input: object,
): readonly string[] => [
  ...breachesOf(members, input).map(problemText),
  ...together.flatMap((broken) => broken(input) ?? []),
];

/** `1 validation error detected: …` */
export const validationMessage = (problems: readonly string[]): string =>
  `${problems.length} validation ${problems.length === 1 ? 'error' : 'errors'} detected: ${problems.join('; ')}`;
