/** The lengths and ranges that the AWS Security Finding Format allows, from the model of Security Hub's API. */
import { valuesAt } from '../values-at.ts';

type Measure = 'characters' | 'items' | 'entries' | 'key characters' | 'value characters' | 'value';

export interface FieldLimit {
  /** Member names from the finding down; a list on the way means each of its items. */
  readonly path: string;
  readonly measure: Measure;
  readonly min: number;
  readonly max: number;
}

const limit = (path: string, measure: Measure, min: number, max: number): FieldLimit => ({ path, measure, min, max });

const fieldMap = (path: string, maxValue: number): readonly FieldLimit[] => [
  limit(path, 'entries', 0, 50),
  limit(path, 'key characters', 1, 128),
  limit(path, 'value characters', 1, maxValue),
];

/** The fields that a provider sets for itself, or a customer in its place. */
const assessment = (prefix: string): readonly FieldLimit[] => [
  limit(`${prefix}Types`, 'items', 0, 50),
  limit(`${prefix}Severity.Original`, 'characters', 1, 64),
  limit(`${prefix}Severity.Normalized`, 'value', 0, 100),
  limit(`${prefix}Confidence`, 'value', 0, 100),
  limit(`${prefix}Criticality`, 'value', 0, 100),
  limit(`${prefix}RelatedFindings`, 'items', 1, 10),
];

const FIELD_LIMITS: readonly FieldLimit[] = [
  limit('Id', 'characters', 1, 512),
  limit('ProductArn', 'characters', 12, 2048),
  limit('GeneratorId', 'characters', 1, 512),
  limit('Title', 'characters', 1, 256),
  limit('Description', 'characters', 1, 1024),
  limit('Region', 'characters', 1, 16),
  limit('AwsAccountName', 'characters', 1, 50),
  limit('ProductName', 'characters', 1, 128),
  limit('CompanyName', 'characters', 1, 128),
  limit('Resources', 'items', 1, 32),
  limit('Remediation.Recommendation.Text', 'characters', 1, 512),
  limit('Note.Text', 'characters', 1, 512),
  limit('Note.UpdatedBy', 'characters', 1, 512),
  limit('Malware', 'items', 0, 5),
  limit('Threats', 'items', 1, 32),
  limit('ThreatIntelIndicators', 'items', 1, 5),
  ...assessment(''),
  ...assessment('FindingProviderFields.'),
  ...fieldMap('ProductFields', 2048),
  ...fieldMap('UserDefinedFields', 1024),
];

const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

const lengths = (texts: readonly unknown[]): readonly number[] => texts.map((text) => String(text).length);

const measured = (value: unknown, measure: Measure): readonly number[] => {
  switch (measure) {
    case 'characters':
      return typeof value === 'string' ? [value.length] : [];
    case 'items':
      return Array.isArray(value) ? [value.length] : [];
    case 'entries':
      return [Object.keys(membersOf(value)).length];
    case 'key characters':
      return lengths(Object.keys(membersOf(value)));
    case 'value characters':
      return lengths(Object.values(membersOf(value)));
    case 'value':
      return typeof value === 'number' ? [value] : [];
  }
};

/** Each limit that a finding, or an update of one, breaks: one sentence. */
export const brokenLimits = (finding: object): readonly string[] =>
  FIELD_LIMITS.filter(({ path, measure, min, max }) =>
    valuesAt(finding, path.split('.'))
      .flatMap((value) => measured(value, measure))
      .some((size) => size < min || size > max),
  ).map(({ path, measure, min, max }) => `data.${path} should have ${min} to ${max} ${measure}`);

/** The paths of all texts that are empty or only white space: no text of a finding may be. */
export const blankTexts = (value: unknown, path = 'data'): readonly string[] => {
  if (typeof value === 'string') return value.trim() === '' ? [path] : [];
  if (Array.isArray(value)) return value.flatMap((item, index) => blankTexts(item, `${path}[${index}]`));
  return Object.entries(membersOf(value)).flatMap(([name, item]) => blankTexts(item, `${path}.${name}`));
};
