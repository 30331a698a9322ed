/** The sentences in which Security Hub says what a finding's fields break: those of a JSON schema validator. */
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { type Breach, breachesOf, type Demand, type Step } from '../../endpoint/breaches.ts';
import { FIELD_LIMITS } from './field-limits.ts';

const MEASURES = { length: 'characters', items: 'items', entries: 'properties' } as const;

const demandText = (demand: Demand): string => {
  switch (demand.kind) {
    case 'at-least':
      if (demand.what === 'range') return `should be >= ${demand.limit}`;
      return demand.what === 'length'
        ? `should NOT be shorter than ${demand.limit} characters`
        : `should NOT have fewer than ${demand.limit} ${MEASURES[demand.what]}`;
    case 'at-most':
      if (demand.what === 'range') return `should be <= ${demand.limit}`;
      return demand.what === 'length'
        ? `should NOT be longer than ${demand.limit} characters`
        : `should NOT have more than ${demand.limit} ${MEASURES[demand.what]}`;
    case 'whole-number':
      return 'should be integer';
    case 'pattern':
      return `should match pattern "${demand.pattern.source}"`;
    case 'one-of':
      return 'should be equal to one of the allowed values';
  }
};

/** `data.Resources[0].Details.Other['key']` */
const stepText = (step: Step): string => {
  if (step.kind === 'item') return `[${step.index}]`;
  return step.kind === 'member' ? `.${step.name}` : `['${step.name}']`;
};

const problemText = ({ path, demand }: Breach): string => {
  const last = path.at(-1);
  const at = (steps: readonly Step[]): string => `data${steps.map(stepText).join('')}`;
  return last?.kind === 'key'
    ? `${at(path.slice(0, -1))} property name '${last.name}' is invalid`
    : `${at(path)} ${demandText(demand)}`;
};

interface Text {
  readonly at: string;
  readonly text: string;
}

const childrenOf = (value: unknown, at: string): readonly (readonly [string, unknown])[] => {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.map((item, index) => [`${at}[${index}]`, item] as const);
  return Object.entries(value).map(([name, item]) => [`${at}.${name}`, item] as const);
};

/** Every text of a finding, with the path to it. */
export const textsOf = (value: unknown, at = 'data'): readonly Text[] =>
  typeof value === 'string'
    ? [{ at, text: value }]
    : childrenOf(value, at).flatMap(([below, item]) => textsOf(item, below));

/** No text of a finding, or of an update of one, may be empty or only white space. */
export const blankTextProblems = (value: object): readonly string[] =>
  textsOf(value)
    .filter(({ text }) => text.trim() === '')
    .map(({ at, text }) =>
      text === '' ? `${at} should NOT be shorter than 1 characters` : `${at} should match pattern ".*\\S.*"`,
    );

/** Each field that breaks its limits: one sentence. */
export const fieldProblems = (finding: AwsSecurityFinding): readonly string[] => [
  ...new Set([...breachesOf(FIELD_LIMITS, finding).map(problemText), ...blankTextProblems(finding)]),
];
