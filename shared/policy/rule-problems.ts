/** Rules of a policy file that stand in each other's way. */
import { covers, kindsOf } from './covers.ts';
import type { Entry, RuleParts } from './file-entries.ts';
import { atKey, atValue, type Path, type ProblemAtPath } from './policy-problem.ts';

export type LineOf = (path: Path) => number;

export const duplicateIds = (entries: readonly Entry<RuleParts>[], lineOf: LineOf): readonly ProblemAtPath[] => {
  const first = new Map<string, Path>();
  return entries.flatMap(({ path, rule: { id } }) => {
    if (id === undefined) return [];
    const at = [...path, 'id'];
    const earlier = first.get(id);
    if (earlier !== undefined) return [atValue(at, `The id ${id} is taken by what begins in line ${lineOf(earlier)}.`)];
    first.set(id, path);
    return [];
  });
};

/** `outlasts`: whether the earlier rule counts for as long as the later one. */
export const unreachableRules = (
  entries: readonly Entry<RuleParts>[],
  lineOf: LineOf,
  outlasts: (earlier: RuleParts, later: RuleParts) => boolean = () => true,
): readonly ProblemAtPath[] =>
  entries.flatMap(({ path, rule }, index) => {
    const { match } = rule;
    if (match === undefined) return [];
    if (kindsOf(match).length === 0) return [atKey([...path, 'match'], NOTHING)];
    const earlier = entries
      .slice(0, index)
      .find((one) => one.rule.match !== undefined && covers(one.rule.match, match) && outlasts(one.rule, rule));
    if (earlier === undefined) return [];
    const name = `rule ${earlier.rule.id ?? ''}`.trim();
    const line = lineOf(earlier.path);
    return [
      atValue([...path, 'id'], `This is never reached: ${name} in line ${line} matches everything that it matches.`),
    ];
  });

const NOTHING =
  'No finding has all of this: vulnerabilities and packages are of vulnerabilities, threat types of threats, rules of images, and threats have no image tags.';
