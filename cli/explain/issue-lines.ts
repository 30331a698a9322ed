/** What a rule says of an image: how sure it is, whose the matter is, and what it saw. */
import type { ExplainedFinding } from '../../shared/alerts/explained-finding.ts';
import { labelled } from './text-layout.ts';

const ORIGIN_TEXT = {
  app: 'your own instructions',
  base: 'the base image',
  unknown: 'not known whether the base image or your own instructions',
} as const satisfies Record<NonNullable<ExplainedFinding['issue']>['origin'], string>;

/** Empty for other kinds of findings. */
export const issueLines = ({ issue }: ExplainedFinding): readonly string[] => {
  if (issue === undefined) return [];
  const { severity, ruleClass, confirmed, platform, origin, rationale, evidence, evidenceLeftOut } = issue;
  const seen = evidence.map(({ text, layer }) => (layer === undefined ? text : `${text} (layer ${layer})`));
  const more = evidenceLeftOut > 0 ? [`and ${evidenceLeftOut} more`] : [];
  return [
    ...labelled('severity', `${severity}, class ${ruleClass}${confirmed ? '' : '; the rule guesses'}`),
    ...labelled('platform', platform),
    ...labelled('brought by', ORIGIN_TEXT[origin]),
    ...[...seen, ...more].flatMap((text, index) => labelled(index === 0 ? 'seen' : '', text)),
    ...labelled('matters', rationale),
  ];
};
