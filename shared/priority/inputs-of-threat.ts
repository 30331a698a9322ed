/** Everything that decides a threat: the facts, where each is known from, and what is still open. */
import type { EnrichedThreat } from '../enrichment/enriched-finding.ts';
import { breakoutClass } from './breakout-class.ts';
import type { ThreatFacts } from './decide-threat.ts';
import { MWI } from './decision-points.ts';
import type { DecisionTerms } from './decision-terms.ts';
import { type Inputs, named, number } from './inputs.ts';
import { mwiOpening } from './mwi-opening.ts';
import { isolationOpening, isolationPoint, vmBoundaryPoint } from './place-points.ts';
import { selected } from './selection.ts';

export const inputsOfThreat = ({ finding, context }: EnrichedThreat, { mwi }: DecisionTerms): Inputs<ThreatFacts> => {
  const isolation = isolationPoint(context);
  const breakout = breakoutClass(finding.type);
  const { total, vmBoundary } = context.isolation;
  const weakest = isolationOpening(context);
  return {
    facts: {
      type: finding.type,
      severity: finding.severity,
      breakout,
      mwi: mwi.taken ?? 'medium',
      count: finding.count,
      // Nobody looks yet.
      correlation: 'none',
      ...(total !== undefined && { barriers: total }),
      vmBoundary,
    },
    points: [
      number('Severity', finding.severity, '1 to 10', 'GuardDuty'),
      named('Breakout', selected(breakout, 'the finding’s type')),
      named('Isolation', isolation),
      named('VM Boundary', vmBoundaryPoint(context)),
      named(MWI.name, mwi),
      number('Count', finding.count, '1 or more', 'GuardDuty'),
      named('Correlation', {
        possible: ['none', 'other-finding', 'kev-image'],
        taken: 'none',
        evidence: 'other findings of the same image were not consulted',
      }),
    ],
    openings: [...mwiOpening(mwi), ...(weakest ? [{ ...weakest, facts: { barriers: 0 } }] : [])],
  };
};
