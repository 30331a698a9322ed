/** Everything that decides what a rule says of an image: the facts, where each is known from, and what is still open. */
import type { EnrichedImageIssue } from '../enrichment/enriched-finding.ts';
import type { ImageIssueFacts } from './decide-image-issue.ts';
import { MWI, type YesNo } from './decision-points.ts';
import type { DecisionTerms } from './decision-terms.ts';
import { type Inputs, named } from './inputs.ts';
import { mwiOpening } from './mwi-opening.ts';
import { EXPOSURE_NOT_READ, inUsePoint, isolationOpening, isolationPoint, vmBoundaryPoint } from './place-points.ts';
import { isOpen, type Selection, selected } from './selection.ts';

export const inputsOfImageIssue = (
  { finding, context }: EnrichedImageIssue,
  { mwi }: DecisionTerms,
): Inputs<ImageIssueFacts> => {
  const { rule, severity, ruleClass, confirmed } = finding;
  const inUse = inUsePoint(undefined, context);
  const { total, vmBoundary } = context.isolation;
  const weakest = isolationOpening(context);
  return {
    facts: {
      ruleSeverity: severity,
      ruleClass,
      confirmed,
      ...(total !== undefined && { barriers: total }),
      vmBoundary,
      mwi: mwi.taken ?? 'medium',
      ...(inUse.taken !== undefined && { inUse: inUse.taken === 'yes' }),
    },
    points: [
      named('Rule Severity', selected(severity, `rule ${rule}`)),
      named('Rule Class', selected(ruleClass, `rule ${rule}`)),
      named('Confirmed', confirmedPoint(finding)),
      named(MWI.name, mwi),
      named('System Exposure', EXPOSURE_NOT_READ),
      named('Isolation', isolationPoint(context)),
      named('VM Boundary', vmBoundaryPoint(context)),
      named('In Use', inUse),
    ],
    openings: [
      ...(confirmed
        ? []
        : [{ if: 'it is as the rule guesses', facts: { confirmed: true }, missing: 'the rule only guesses' }]),
      { if: 'it is internet-facing', facts: { exposure: 'open' }, missing: 'exposure is not known' },
      ...(weakest ? [{ ...weakest, facts: { barriers: 0 } }] : []),
      ...(isOpen(inUse)
        ? [{ if: 'something runs it', facts: { inUse: true }, missing: 'whether anything runs it is not known' }]
        : []),
      ...mwiOpening(mwi),
    ],
  };
};

const confirmedPoint = ({ rule, confirmed }: EnrichedImageIssue['finding']): Selection<YesNo> =>
  confirmed
    ? selected('yes', `rule ${rule} saw it`)
    : { possible: ['no', 'yes'], taken: 'no', evidence: `rule ${rule} guesses` };
