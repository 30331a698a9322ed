/** All values that a JSON document has at a path; a list on the way means each of its items. */

const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;

export const valuesAt = (value: unknown, [name, ...rest]: readonly string[]): readonly unknown[] => {
  if (value === undefined) return [];
  if (name === undefined) return [value];
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, [name, ...rest]));
  return valuesAt(memberOf(value, name), rest);
};

/** The texts among them; the items of a list count one by one. */
export const textsAt = (value: unknown, path: string): readonly string[] =>
  valuesAt(value, path.split('.'))
    .flat()
    .filter((text) => typeof text === 'string');
