/** What a policy would change, counted: what `sekisho policy try --json` prints, as one object. */
import type { Match, Policy } from '../../shared/policy/policy.ts';
import { OUTCOMES, type Outcome } from '../../shared/priority/decision.ts';
import { type Change, changeOf } from './change.ts';
import type { TriedFinding } from './tried-finding.ts';
import type { TriedPair } from './try-policies.ts';

/** Of the policy that stands, and of the one that is tried. */
export interface Both<T> {
  readonly before: T;
  readonly after: T;
}

/** `findings`: how many active ones it takes. */
export interface RuleUse {
  readonly id: string;
  readonly findings: number;
  /** It asks for what may stand in no event: tags, the place of a workload, or what a rule says of an image. */
  readonly asksAccount: boolean;
}

export interface EventCounts {
  readonly decided: number;
  readonly recorded: number;
  readonly ignored: number;
  readonly rejected: number;
}

/** All counts but `events` and `findings.all` are of active findings, each once, in its newest state. */
export interface Trial {
  readonly events: EventCounts;
  readonly findings: { readonly all: number; readonly active: number };
  readonly spread: Both<Readonly<Record<Outcome, number>>>;
  /** Told in chat; with a mention; accepted. */
  readonly told: Both<number>;
  readonly mentioned: Both<number>;
  readonly suppressed: Both<number>;
  /** The tried policy's rules, also those that take nothing. */
  readonly rules: {
    readonly context: readonly RuleUse[];
    readonly routing: readonly RuleUse[];
    readonly suppressions: readonly (RuleUse & { readonly owner: string; readonly expires: string })[];
  };
  readonly changes: {
    /** Findings with another decision. */
    readonly all: number;
    /** Worst first. */
    readonly transitions: readonly { readonly from: Outcome; readonly to: Outcome; readonly findings: number }[];
    /** Findings that are due on another day. */
    readonly due: number;
    /** The first of them, the worst first; how many more there are is `all` less these. */
    readonly findings: readonly Change[];
  };
}

/** `shown`: how many of the findings that change are listed. */
export const trialOf = (pairs: readonly TriedPair[], policy: Policy, events: EventCounts, shown: number): Trial => {
  const active = pairs.filter(({ status }) => status === 'active');
  const both = <T>(count: (findings: readonly TriedFinding[]) => T): Both<T> => ({
    before: count(active.map(({ before }) => before)),
    after: count(active.map(({ after }) => after)),
  });
  const number = (is: (finding: TriedFinding) => boolean) => both((findings) => findings.filter(is).length);
  const use = ({ id, match }: { readonly id: string; readonly match: Match }, takes: Takes): RuleUse => ({
    id,
    findings: active.filter(({ after }) => takes(after)).length,
    asksAccount: asksAccount(match),
  });
  const changed = active.filter(({ before, after }) => before.decision !== after.decision).toSorted(worstFirst);
  return {
    events,
    findings: { all: pairs.length, active: active.length },
    spread: both(spreadOf),
    told: number(({ isTold }) => isTold),
    mentioned: number(({ mentions }) => mentions),
    suppressed: number(({ suppressed }) => suppressed !== undefined),
    rules: {
      context: policy.context.map((rule) => use(rule, ({ context }) => context.includes(rule.id))),
      routing: policy.routing.map((rule) => use(rule, ({ route }) => route === rule.id)),
      suppressions: policy.suppressions.map((rule) => ({
        ...use(rule, ({ suppressed }) => suppressed === rule.id),
        owner: rule.owner,
        expires: rule.expires,
      })),
    },
    changes: {
      all: changed.length,
      transitions: transitionsOf(changed),
      due: active.filter(({ before, after }) => before.dueOn !== after.dueOn).length,
      findings: changed.slice(0, shown).map(changeOf),
    },
  };
};

type Takes = (finding: TriedFinding) => boolean;

/** What rules say of images is in no event either: the account's registry has the images. */
const asksAccount = ({ accounts, regions, resourceTags, environments, rules }: Match): boolean =>
  [accounts, regions, resourceTags, environments, rules].some((dimension) => dimension !== undefined);

const spreadOf = (findings: readonly TriedFinding[]): Readonly<Record<Outcome, number>> => {
  const count = (outcome: Outcome) => findings.filter(({ decision }) => decision === outcome).length;
  return { act: count('act'), attend: count('attend'), 'track*': count('track*'), track: count('track') };
};

const WORST_FIRST = OUTCOMES.toReversed();
const rank = (outcome: Outcome): number => OUTCOMES.indexOf(outcome);

const worstFirst = (left: TriedPair, right: TriedPair): number =>
  rank(right.after.decision) - rank(left.after.decision) ||
  rank(left.before.decision) - rank(right.before.decision) ||
  right.after.score - left.after.score;

const transitionsOf = (changed: readonly TriedPair[]): Trial['changes']['transitions'] =>
  WORST_FIRST.flatMap((to) =>
    WORST_FIRST.map((from) => ({
      from,
      to,
      findings: changed.filter(({ before, after }) => before.decision === from && after.decision === to).length,
    })),
  ).filter(({ findings }) => findings > 0);
