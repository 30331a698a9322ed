/** How much depends on a workload and what it is for: as a rule says, or its tags, or the policy's defaults. */
import { matches } from './matches.ts';
import type { ContextRule, Criticality, Environment, Policy, Wellbeing } from './policy.ts';
import {
  CRITICALITY_WORDS,
  ENVIRONMENT_WORDS,
  type NamedTag,
  readTags,
  type TagReading,
  WELLBEING_WORDS,
} from './read-tags.ts';
import type { Subject } from './subject.ts';

export interface Stated<W extends string> {
  readonly value: W;
  /** Undefined: nobody stated it, and it is the policy's default. */
  readonly by?: { readonly who: string; readonly says: string };
  /** The tags that were looked at and not understood. */
  readonly notUnderstood: readonly NamedTag[];
}

export interface Context {
  readonly criticality: Stated<Criticality>;
  readonly wellbeing: Stated<Wellbeing>;
  readonly environment: Stated<Environment>;
  /** Clauses: tags that could not be read, and may say something else. */
  readonly unread: readonly string[];
}

/** The first context rule that matches; what it leaves open is read from the tags. */
export const contextOf = ({ context, defaults, tags }: Policy, subject: Subject): Context => {
  const rule = context.find(({ match }) => matches(match, subject));
  const read = <W extends string>(words: ReadonlyMap<string, W>, keys: readonly string[]) =>
    readTags(words, keys, subject.tagSources);
  return {
    criticality: stated('criticality', rule, rule?.criticality, defaults.criticality, () =>
      read(CRITICALITY_WORDS, tags.criticality),
    ),
    wellbeing: stated('wellbeing', rule, rule?.wellbeing, defaults.wellbeing, () =>
      read(WELLBEING_WORDS, tags.wellbeing),
    ),
    environment: stated('environment', rule, rule?.environment, defaults.environment, () =>
      read(ENVIRONMENT_WORDS, tags.environment),
    ),
    unread: subject.unread,
  };
};

const stated = <W extends string>(
  what: 'criticality' | 'wellbeing' | 'environment',
  rule: ContextRule | undefined,
  ruled: W | undefined,
  usual: W,
  read: () => TagReading<W>,
): Stated<W> => {
  if (rule && ruled !== undefined)
    return { value: ruled, by: { who: `policy rule ${rule.id}`, says: `${what} ${ruled}` }, notUnderstood: [] };
  const { stated: tagged, notUnderstood } = read();
  return tagged
    ? { value: tagged.word, by: { who: tagged.tag, says: tagged.word }, notUnderstood }
    : { value: usual, notUnderstood };
};
