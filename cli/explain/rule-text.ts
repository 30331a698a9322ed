/** What a rule that fired means, in the words of the scheme. */
import type { ExplainedFinding } from '../../shared/alerts/explained-finding.ts';
import { THREAT_RULE_TEXT } from '../../shared/priority/explain.ts';
import { IMAGE_ISSUE_RULE_TEXT } from '../../shared/priority/explain-image-issue.ts';
import { DOWNGRADES, FLOORS, UPGRADES } from '../../shared/priority/vulnerability-rules.ts';

interface RuleText {
  readonly id: string;
  readonly because: string;
}

const said = (verb: string, rules: readonly RuleText[]): readonly (readonly [string, string])[] =>
  rules.map(({ id, because }) => [id, `${verb} because ${because}`]);

const TEXTS: Readonly<Record<ExplainedFinding['kind'], ReadonlyMap<string, string>>> = {
  vulnerability: new Map([...said('raised', UPGRADES), ...said('lowered', DOWNGRADES), ...said('no lower', FLOORS)]),
  threat: new Map(Object.entries(THREAT_RULE_TEXT)),
  'image-issue': new Map(Object.entries(IMAGE_ISSUE_RULE_TEXT)),
};

export const ruleText = (kind: ExplainedFinding['kind'], id: string): string =>
  TEXTS[kind].get(id) ?? 'a rule that this release does not know';
