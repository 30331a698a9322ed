/** What tags state: whoever may tag a resource writes them, so only the known words count. */
import {
  CRITICALITIES,
  type Criticality,
  ENVIRONMENTS,
  type Environment,
  WELLBEINGS,
  type Wellbeing,
} from './policy.ts';
import { isRead, type ReadTags, type TagSource } from './subject.ts';

/** Words as they may stand in a tag, in small letters, and what they mean; the mildest meaning first. */
type Vocabulary<W extends string> = ReadonlyMap<string, W>;

const vocabulary = <W extends string>(words: readonly W[]): Vocabulary<W> => new Map(words.map((word) => [word, word]));

export const CRITICALITY_WORDS: Vocabulary<Criticality> = vocabulary(CRITICALITIES);
export const WELLBEING_WORDS: Vocabulary<Wellbeing> = vocabulary(WELLBEINGS);
export const ENVIRONMENT_WORDS: Vocabulary<Environment> = new Map([
  ...vocabulary(ENVIRONMENTS),
  ['dev', 'development'],
  ['stage', 'staging'],
  ['prod', 'production'],
]);

/** A tag, without its value: whoever may tag the resource wrote that. */
export interface NamedTag {
  /** `the service’s` */
  readonly whose: string;
  readonly key: string;
}

export interface TagReading<W extends string> {
  /** The nearest resource that says it; of several tags there, the worst. */
  readonly stated?: { readonly word: W; readonly tag: string };
  /** Tags as near as that one or nearer, whose value is none of the words. */
  readonly notUnderstood: readonly NamedTag[];
  /** Clauses: nearer tags that could not be read. */
  readonly unread: readonly string[];
}

/** `sources`: the nearest first. Tag keys are compared whatever their case, and named as the policy writes them. */
export const readTags = <W extends string>(
  words: Vocabulary<W>,
  keys: readonly string[],
  sources: readonly TagSource[],
): TagReading<W> => {
  const severity = [...words.values()];
  const notUnderstood: NamedTag[] = [];
  const unread: string[] = [];
  for (const source of sources) {
    if (!isRead(source)) {
      unread.push(source.unread);
      continue;
    }
    const { whose, tags } = source;
    let stated: { readonly word: W; readonly tag: string } | undefined;
    for (const key of keys) {
      const tag = `${whose} tag ${key}`;
      const values = valuesOf(tags, key);
      const found = values.flatMap((value) => words.get(value.trim().toLowerCase()) ?? []);
      for (const word of found)
        if (stated === undefined || severity.indexOf(word) > severity.indexOf(stated.word)) stated = { word, tag };
      if (found.length < values.length) notUnderstood.push({ whose, key });
    }
    if (stated !== undefined) return { stated, notUnderstood, unread };
  }
  return { notUnderstood, unread };
};

const valuesOf = (tags: ReadTags['tags'], key: string): readonly string[] =>
  Object.entries(tags).flatMap(([name, value]) => (name.toLowerCase() === key.toLowerCase() ? [value] : []));
