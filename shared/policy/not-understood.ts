/** The tags that were not understood, in words: all their keys, and none of the values, which strangers wrote. */
import type { NamedTag } from './read-tags.ts';

/** One clause for each resource: `the service’s tags criticality and env are not understood`. */
export const notUnderstoodClauses = (tags: readonly NamedTag[]): readonly string[] =>
  [...Map.groupBy(tags, ({ whose }) => whose)].map(([whose, ofOne]) => {
    const keys = [...new Set(ofOne.map(({ key }) => key))];
    if (keys.length === 1) return `${whose} tag ${keys[0]} is not understood`;
    return `${whose} tags ${keys.slice(0, -1).join(', ')} and ${keys.at(-1)} are not understood`;
  });
