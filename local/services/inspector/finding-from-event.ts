/** The finding of an "Inspector2 Finding" event in the form in which Inspector's API lists it. */
import { Finding$ } from '@aws-sdk/client-inspector2';
import { NormalizedSchema } from '@smithy/core/schema';
import { timeFrom } from './timestamps.ts';

export type ListedFinding = Readonly<Record<string, unknown>> & { readonly findingArn: string };

const membersOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

const simple = (schema: NormalizedSchema, value: unknown): unknown => {
  if (schema.isTimestampSchema()) return timeFrom(value);
  if (schema.isNumericSchema()) return typeof value === 'number' ? value : undefined;
  if (schema.isStringSchema()) return typeof value === 'string' ? value : undefined;
  return value;
};

/** What does not fit the schema is left out: the API's answer has no place for it. */
const fitted = (schema: NormalizedSchema, value: unknown): unknown => {
  if (value === undefined || value === null) return undefined;
  if (schema.isStructSchema()) {
    const members = membersOf(value);
    const entries = [...schema.structIterator()].map(
      ([name, member]) => [name, fitted(member, members[name])] as const,
    );
    return Object.fromEntries(entries.filter(([, member]) => member !== undefined));
  }
  if (schema.isListSchema()) {
    return Array.isArray(value) ? value.map((item) => fitted(schema.getValueSchema(), item)) : undefined;
  }
  if (schema.isMapSchema()) {
    const entries = Object.entries(membersOf(value));
    return Object.fromEntries(entries.map(([key, item]) => [key, fitted(schema.getValueSchema(), item)]));
  }
  return simple(schema, value);
};

/** Undefined when the detail is no finding, that is without `findingArn`. */
export const findingFromEventDetail = (detail: unknown): ListedFinding | undefined => {
  const finding = membersOf(fitted(NormalizedSchema.of(Finding$), detail));
  const { findingArn } = finding;
  return typeof findingArn === 'string' ? { ...finding, findingArn } : undefined;
};

/** Milliseconds since the epoch of the finding's last change; 0 when it names none. */
export const lastChange = ({ updatedAt, lastObservedAt }: ListedFinding): number => {
  const time = updatedAt ?? lastObservedAt;
  return time instanceof Date ? time.getTime() : 0;
};
