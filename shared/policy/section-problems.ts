/** What no form can say of single rules and settings of a policy file: dates, days, and rules without an effect. */
import type { z } from 'zod';
import { OUTCOMES, type Outcome } from '../priority/decision.ts';
import type { DueDays } from '../priority/decision-terms.ts';
import { isWorse } from '../priority/worst-outcome.ts';
import { kindsOf } from './covers.ts';
import type { Entry, RuleParts } from './file-entries.ts';
import type { Kind, Match, Policy } from './policy.ts';
import { atKey, atValue, type ProblemAtPath } from './policy-problem.ts';
import type { ContextRuleFile, RouteFile } from './rule-schema.ts';

export const contextProblems = ({ path, rule }: Entry<z.output<typeof ContextRuleFile>>): readonly ProblemAtPath[] =>
  rule.criticality === undefined && rule.wellbeing === undefined && rule.environment === undefined
    ? [atValue(path, 'This rule says nothing: give it a criticality, wellbeing or environment.')]
    : [];

/** `thresholds`: the mildest decisions that are told where a rule names none. */
export const routeProblems = (
  { path, rule: { match, to, from } }: Entry<z.output<typeof RouteFile>>,
  thresholds: Policy['thresholds'],
): readonly ProblemAtPath[] => {
  if (to.length === 0)
    return from === undefined ? [] : [atKey([...path, 'from'], '`from` has no effect: `to` names nobody.')];
  const mildest = from ?? mildestOf(kindsOf(match ?? {}), thresholds);
  const twice = to.findIndex((name, index) => to.indexOf(name) < index);
  if (twice >= 0) return [atValue([...path, 'to', twice], `\`${to[twice]}\` is here a second time.`)];
  const milder = match?.decisions?.every((decision) => isWorse(mildest, decision)) ?? false;
  return milder
    ? [
        atValue(
          [...path, 'match', 'decisions'],
          `This rule never tells anybody: its decisions are milder than ${mildest}, the mildest that it tells.`,
        ),
      ]
    : [];
};

/** `routes`: those that have their form. */
export const thresholdProblems = (
  { chat, image, mention }: Policy['thresholds'],
  routes: readonly Entry<z.output<typeof RouteFile>>[],
): readonly ProblemAtPath[] =>
  [chat, image, ...routes.flatMap(({ rule: { to, from } }) => (to.length > 0 && from ? [from] : []))].every((told) =>
    isWorse(told, mention),
  )
    ? [
        atValue(
          ['thresholds', 'mention'],
          `\`mention: ${mention}\` is milder than \`chat: ${chat}\`, and nobody is told of what it adds.`,
        ),
      ]
    : [];

/** Of several kinds, the mildest of any; of none, which is another problem, that of most. */
const mildestOf = (kinds: readonly Kind[], { chat, image }: Policy['thresholds']): Outcome => {
  const [first = chat, ...others] = kinds.map((kind) => (kind === 'image' ? image : chat));
  return others.reduce((mild, one) => (isWorse(mild, one) ? one : mild), first);
};

const NAMING = ['vulnerabilities', 'packages', 'repositories', 'threatTypes', 'rules'] as const;

/** A pattern of stars alone takes whatever there is; `IMG-*` takes every rule. */
const namesSomething = (match: Match, dimension: (typeof NAMING)[number]): boolean =>
  match[dimension]?.every((pattern) => (dimension === 'rules' ? /[0-9]/ : /[^*]/).test(pattern)) ?? false;

/** `today`: `2026-11-20`. */
export const suppressionProblems = (
  { path, rule: { match, expires } }: Entry<RuleParts>,
  today: string,
): readonly ProblemAtPath[] => {
  const problems: ProblemAtPath[] = [];
  if (match !== undefined && !NAMING.some((dimension) => namesSomething(match, dimension)))
    problems.push(
      atValue(
        [...path, 'match'],
        `A suppression must say what it accepts: ${NAMING.slice(0, -1).join(', ')} or ${NAMING.at(-1)}; stars alone name nothing.`,
      ),
    );
  if (expires === undefined) return problems;
  const at = [...path, 'expires'];
  const inAYear = `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`;
  if (expires < today) problems.push(atValue(at, `This suppression expired on ${expires}: renew it, or delete it.`));
  if (expires > inAYear)
    problems.push(
      atValue(at, `An accepted risk is looked at once a year: this may expire on ${inAYear} at the latest.`),
    );
  return problems;
};

/** `isGiven`: whether the file gives the days of an outcome, which are the built-in ones otherwise. */
export const dueDateProblems = (days: DueDays, isGiven: (outcome: Outcome) => boolean): readonly ProblemAtPath[] =>
  OUTCOMES.slice(0, -1).flatMap((milder, index) => {
    const worse = OUTCOMES[index + 1] ?? milder;
    return order(days[milder]) >= order(days[worse])
      ? []
      : [
          atValue(
            ['dueDates', isGiven(milder) ? milder : worse],
            `${milder} would be due sooner (${inDays(days[milder])}) than ${worse} (${inDays(days[worse])}), which is worse.`,
          ),
        ];
  });

/** The next rebuild may never come. */
const order = (days: number | null): number => days ?? Number.POSITIVE_INFINITY;

const inDays = (days: number | null): string => (days === null ? 'with the next rebuild' : `in ${days} days`);
