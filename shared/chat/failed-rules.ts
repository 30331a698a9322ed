/** The rules that an image fails, rolled up: one line of a message instead of one for each. */
import type { GroupedFinding } from '../alerts/alert-group.ts';
import { SEVERITIES } from '../rules/rule.ts';
import type { FailedRules } from './message.ts';

const NAMED = 5;

/** `active`: the group's, worst first. Undefined: no rule fails. An image of several tags or platforms fails a rule once. */
export const failedRules = (active: readonly GroupedFinding[]): FailedRules | undefined => {
  const issues = active.filter(({ kind }) => kind === 'image-issue');
  const rules = [...Map.groupBy(issues, ({ name }) => name).values()].flatMap(([worst]) => worst ?? []);
  if (rules.length === 0) return undefined;
  return {
    count: rules.length,
    severities: SEVERITIES.toReversed().flatMap((severity) => {
      const count = rules.filter(({ ruleSeverity }) => ruleSeverity === severity).length;
      return count > 0 ? [{ severity, count }] : [];
    }),
    named: rules.slice(0, NAMED).map(({ name, title }) => ({ rule: name, title })),
  };
};
