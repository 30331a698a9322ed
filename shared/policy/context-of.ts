/** How much depends on a workload and what it is for: as a rule says, or its tags, or the policy's defaults. */
import { matches } from './matches.ts';
import { mayMatch } from './may-match.ts';
import type { ContextRule, Criticality, Environment, Policy, Wellbeing } from './policy.ts';
import {
  CRITICALITY_WORDS,
  ENVIRONMENT_WORDS,
  type NamedTag,
  readTags,
  type TagReading,
  WELLBEING_WORDS,
} from './read-tags.ts';
import { type Subject, withoutStandIn } from './subject.ts';

export interface Stated<W extends string> {
  readonly value: W;
  /** Undefined: nobody stated it, and it is the policy's default. */
  readonly by?: { readonly who: string; readonly says: string };
  /** The tags that were looked at and not understood. Each may say something else. */
  readonly notUnderstood: readonly NamedTag[];
  /** Clauses: what is not known and may say something else. */
  readonly unread: readonly string[];
}

export interface Context {
  readonly criticality: Stated<Criticality>;
  readonly wellbeing: Stated<Wellbeing>;
  readonly environment: Stated<Environment>;
}

/** Whether nothing that is not known could say something else. */
export const isCertain = ({ notUnderstood, unread }: Stated<string>): boolean =>
  notUnderstood.length + unread.length === 0;

/** The first context rule that matches; what it leaves open is read from the tags. */
export const contextOf = (policy: Policy, subject: Subject): Context => {
  const { defaults, tags } = policy;
  const ruling = rulingOf(policy, subject);
  const read = <W extends string>(words: ReadonlyMap<string, W>, keys: readonly string[]) =>
    readTags(words, keys, subject.tagSources);
  return {
    criticality: stated('criticality', ruling, ruling.rule?.criticality, defaults.criticality, () =>
      read(CRITICALITY_WORDS, tags.criticality),
    ),
    wellbeing: stated('wellbeing', ruling, ruling.rule?.wellbeing, defaults.wellbeing, () =>
      read(WELLBEING_WORDS, tags.wellbeing),
    ),
    environment: stated('environment', ruling, ruling.rule?.environment, defaults.environment, () =>
      read(ENVIRONMENT_WORDS, tags.environment),
    ),
  };
};

interface Ruling {
  readonly rule: ContextRule | undefined;
  /** Clauses: for which another may be the first that matches. */
  readonly doubts: readonly string[];
}

const rulingOf = ({ context }: Policy, subject: Subject): Ruling => {
  const at = context.findIndex(({ match }) => matches(match, subject));
  const certain = withoutStandIn(subject);
  const doubtful = (at < 0 ? context : context.slice(0, at + 1)).filter(
    ({ match }) => !matches(match, certain) && mayMatch(match, certain),
  );
  return { rule: context[at], doubts: doubtful.map(({ id }) => `whether policy rule ${id} matches is not known`) };
};

const stated = <W extends string>(
  what: 'criticality' | 'wellbeing' | 'environment',
  { rule, doubts }: Ruling,
  ruled: W | undefined,
  usual: W,
  read: () => TagReading<W>,
): Stated<W> => {
  if (rule && ruled !== undefined) {
    const by = { who: `policy rule ${rule.id}`, says: `${what} ${ruled}` };
    return { value: ruled, by, notUnderstood: [], unread: doubts };
  }
  const { stated: tagged, notUnderstood, unread } = read();
  const open = { notUnderstood, unread: [...unread, ...doubts] };
  return tagged
    ? { value: tagged.word, by: { who: tagged.tag, says: tagged.word }, ...open }
    : { value: usual, ...open };
};
