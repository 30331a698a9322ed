/** Which findings of a group its message names one by one. */
import type { GroupedFinding } from '../alerts/alert-group.ts';
import { OUTCOMES } from '../priority/decision.ts';

/**
 * `told`: worst first. Of the same outcome, what the rules say of the image comes last, and each rule once: all of them
 * are in a line of their own.
 */
export const namedFindings = (told: readonly GroupedFinding[], most: number): readonly GroupedFinding[] => {
  const rules = new Set<string>();
  return told
    .filter(({ kind, name }) => {
      if (kind !== 'image-issue') return true;
      const isFirst = !rules.has(name);
      rules.add(name);
      return isFirst;
    })
    .toSorted(
      (left, right) =>
        OUTCOMES.indexOf(right.outcome) - OUTCOMES.indexOf(left.outcome) ||
        Number(isIssue(left)) - Number(isIssue(right)),
    )
    .slice(0, most);
};

const isIssue = ({ kind }: GroupedFinding): boolean => kind === 'image-issue';
