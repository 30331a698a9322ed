/** A decision about an image itself in one English sentence. */
import type { EnrichedImageIssue } from '../enrichment/enriched-finding.ts';
import { outcomeName } from './band.ts';
import type { ImageIssueFacts, ImageIssueRuleId } from './decide-image-issue.ts';
import { MWI_TEXT, optional, placeText } from './explain.ts';
import type { Verdict } from './verdict.ts';

/** Completes the reason of a decision, one clause a rule. */
export const IMAGE_ISSUE_RULE_TEXT = {
  I1: 'it attacks the runtime, and no VM boundary is known to contain it',
  I2: 'raised because little stands between the container and its host',
  I3: 'lowered because nothing runs the image',
} as const satisfies Record<ImageIssueRuleId, string>;

export const explainImageIssue = (
  { outcome, rules, isoClass }: Verdict<ImageIssueRuleId>,
  facts: ImageIssueFacts,
  { finding, context }: EnrichedImageIssue,
): string =>
  [
    `${outcomeName(outcome)}: rule ${finding.rule} rates it ${facts.ruleSeverity}${facts.confirmed ? '' : ', and only guesses'}`,
    ...optional(MWI_TEXT[facts.mwi]),
    placeText(context, isoClass),
    ...rules.map((rule) => IMAGE_ISSUE_RULE_TEXT[rule]),
  ].join('; ');
