/** The tags of the resources that an event names: a map in Inspector's findings, lists of pairs in GuardDuty's. */
import type { Tags } from '../base/tags.ts';
import { tagsFromPairs } from '../base/tags-from-pairs.ts';

/** What is no map has no tags: they must not cost the finding. */
export const tagsFromMap = (value: unknown): Tags =>
  tagsFromPairs(isObject(value) && !Array.isArray(value) ? Object.entries(value) : []);

/** Of several lists, the first that has a key counts. What is no list has no tags, and what is no pair is no tag. */
export const tagsFromLists = (...lists: readonly unknown[]): Tags =>
  tagsFromPairs(lists.flatMap((list: unknown) => (Array.isArray(list) ? list.flatMap(pairFrom) : [])));

const pairFrom = (one: unknown): readonly (readonly [unknown, unknown])[] =>
  isObject(one) && 'key' in one && 'value' in one ? [[one.key, one.value]] : [];

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
