/** Any facts of the three families, known and unknown ones; a fact that is not known is absent. */
import fc from 'fast-check';
import type { ImageIssueFacts } from '../../../shared/priority/decide-image-issue.ts';
import type { ThreatFacts } from '../../../shared/priority/decide-threat.ts';
import type { VulnerabilityFacts } from '../../../shared/priority/vulnerability-facts.ts';

export const BREAKOUTS = ['none', 'escape-enabler', 'escape-attempt', 'host-compromise'] as const;
export const RULE_SEVERITIES = ['INFO', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const mwi = fc.constantFrom('low', 'medium', 'high');
const exposure = fc.constantFrom('small', 'controlled', 'open');
/** Halves: a barrier of which nothing is known counts half. */
const barriers = (least: number) => fc.integer({ min: 2 * least, max: 24 }).map((halves) => halves / 2);

/** A VM boundary is itself a barrier, of weight 3. */
const place = fc.oneof(
  fc.record({ vmBoundary: fc.constant(false), barriers: barriers(0) }, { requiredKeys: ['vmBoundary'] }),
  fc.record({ vmBoundary: fc.constant(true), barriers: barriers(3) }, { requiredKeys: ['vmBoundary'] }),
);

export const anyVulnerability = fc
  .tuple(
    place,
    fc.record(
      {
        cvss: number(0, 10),
        exploitation: fc.constantFrom('none', 'public poc', 'active'),
        kev: fc.boolean(),
        epss: number(0, 1),
        automatable: fc.constantFrom('no', 'yes'),
        automatableEvidence: fc.constantFrom('adp', 'cvss', 'default'),
        technicalImpact: fc.constantFrom('partial', 'total'),
        mwi,
        exposure,
        inUse: fc.boolean(),
        escape: fc.boolean(),
        sharedNode: fc.boolean(),
        floor: fc.constant('bod-26-04'),
      },
      {
        requiredKeys: [
          'cvss',
          'exploitation',
          'automatable',
          'automatableEvidence',
          'technicalImpact',
          'mwi',
          'escape',
          'sharedNode',
        ],
      },
    ),
  )
  .map(([where, rest]) => ({ ...where, ...rest }) as VulnerabilityFacts);

export const anyThreat = fc
  .tuple(
    place,
    fc.record({
      type: fc.constantFrom('Execution:Runtime/ReverseShell', 'AttackSequence:ECS/CompromisedCluster', 'unknown'),
      severity: number(0, 10),
      breakout: fc.constantFrom(...BREAKOUTS),
      mwi,
      count: fc.nat(5),
      correlation: fc.constantFrom('none', 'other-finding', 'kev-image'),
    }),
  )
  .map(([where, rest]) => ({ ...where, ...rest }) as ThreatFacts);

export const anyImageIssue = fc
  .tuple(
    place,
    fc.record(
      {
        ruleSeverity: fc.constantFrom(...RULE_SEVERITIES),
        ruleClass: fc.constantFrom('privilege', 'runtime-attack', 'secret', 'unknown'),
        confirmed: fc.boolean(),
        exposure,
        mwi,
        inUse: fc.boolean(),
      },
      { requiredKeys: ['ruleSeverity', 'ruleClass', 'confirmed', 'mwi'] },
    ),
  )
  .map(([where, rest]) => ({ ...where, ...rest }) as ImageIssueFacts);
