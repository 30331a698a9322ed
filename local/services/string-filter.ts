/** String filters as the finding APIs have them: one that is wanted must match, and none that is unwanted may. */
import { notImplemented } from '../endpoint/aws-error.ts';

export interface StringFilter {
  readonly comparison: string;
  readonly value: string;
}

const COMPARISONS: Readonly<Record<string, (text: string, value: string) => boolean>> = {
  EQUALS: (text, value) => text === value,
  PREFIX: (text, value) => text.startsWith(value),
  CONTAINS: (text, value) => text.includes(value),
};
const NEGATIONS: Readonly<Record<string, string>> = {
  NOT_EQUALS: 'EQUALS',
  PREFIX_NOT_EQUALS: 'PREFIX',
  NOT_CONTAINS: 'CONTAINS',
};

const holds = (values: readonly string[], comparison: string, wanted: string): boolean => {
  const compare = COMPARISONS[comparison];
  if (compare === undefined) throw notImplemented(`the comparison ${comparison}`);
  return values.some((value) => compare(value, wanted));
};

/** `values` are all values that a finding has for the filtered field. Throws for a comparison that is not written. */
export const matchesFilters = (filters: readonly StringFilter[], values: readonly string[]): boolean => {
  const wanted = filters.filter(({ comparison }) => NEGATIONS[comparison] === undefined);
  const unwanted = filters.flatMap(({ comparison, value }) => {
    const negated = NEGATIONS[comparison];
    return negated === undefined ? [] : [{ comparison: negated, value }];
  });
  return (
    (wanted.length === 0 || wanted.some(({ comparison, value }) => holds(values, comparison, value))) &&
    !unwanted.some(({ comparison, value }) => holds(values, comparison, value))
  );
};
