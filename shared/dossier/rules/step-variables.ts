/** What instructions set by name: `ENV A=1 B="two words"`, `LABEL a.b=c`, `ARG A=1`, and the variables before a RUN's command. */
import { PAIR } from '../../base/credential-patterns.ts';
import type { BuildStep } from '../inspected-image.ts';

export interface StepVariable {
  readonly name: string;
  /** Without its quotes. */
  readonly value: string;
  readonly step: BuildStep;
}

/** Of the instructions with this keyword, oldest first; a name without a value sets nothing. */
export const variablesOf = (steps: readonly BuildStep[], keyword: 'ENV' | 'ARG' | 'LABEL'): readonly StepVariable[] =>
  steps
    .filter((step) => step.keyword === keyword)
    .flatMap((step) =>
      [...step.text.slice(keyword.length).matchAll(PAIR)].map(([, , name = '', value = '']) => ({
        name,
        value: unquoted(value.trimEnd()),
        step,
      })),
    );

/** By name, the instruction that set it last: what the config says is this one's. */
export const lastStepByName = (steps: readonly BuildStep[], keyword: 'ENV' | 'LABEL'): ReadonlyMap<string, BuildStep> =>
  new Map(variablesOf(steps, keyword).map(({ name, step }) => [name, step]));

const BEFORE_COMMAND = /^RUN\s+(?:--\S+\s+)*(?:<<\w+\n)?(?:export\s+)?/;
const ASSIGNMENT = /([A-Za-z_]\w*)=("[^"\\]*(?:\\.[^"\\]*)*"|'[^']*'|[^\s"';&|]*)(?:\s+|$)/y;

/** `RUN A=1 B=2 make`: the build arguments that history keeps with each RUN, or what its author wrote there. */
export const variablesBeforeCommand = (step: BuildStep): readonly StepVariable[] => {
  const found: StepVariable[] = [];
  ASSIGNMENT.lastIndex = BEFORE_COMMAND.exec(step.text)?.[0].length ?? step.text.length;
  for (let match = ASSIGNMENT.exec(step.text); match !== null; match = ASSIGNMENT.exec(step.text)) {
    const [, name = '', value = ''] = match;
    found.push({ name, value: unquoted(value), step });
  }
  return found;
};

/** The command alone: IMG-011 tells what the build's arguments hold, once and not for every RUN below them. */
export const behindVariables = (step: BuildStep): string => {
  let end = BEFORE_COMMAND.exec(step.text)?.[0].length ?? step.text.length;
  ASSIGNMENT.lastIndex = end;
  while (ASSIGNMENT.exec(step.text) !== null) end = ASSIGNMENT.lastIndex;
  return step.text.slice(end);
};

const unquoted = (value: string): string => /^(["'])(.*)\1$/s.exec(value)?.[2] ?? value;
