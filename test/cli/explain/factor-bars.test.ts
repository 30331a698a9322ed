import { expect, it } from 'vitest';
import { factorBars, MOST_POINTS } from '../../../cli/explain/factor-bars.ts';
import { decideImageIssue } from '../../../shared/priority/decide-image-issue.ts';
import { decideThreat } from '../../../shared/priority/decide-threat.ts';
import { decideVulnerability } from '../../../shared/priority/decide-vulnerability.ts';
import { EXPLAINED } from '../../shared/alerts/explained.ts';

it('knows what each factor of a vulnerability has at most', () => {
  const { factors } = decideVulnerability({
    cvss: 10,
    exploitation: 'active',
    epss: 1,
    automatable: 'yes',
    automatableEvidence: 'adp',
    technicalImpact: 'total',
    mwi: 'high',
    exposure: 'open',
    barriers: 0,
    escape: true,
    sharedNode: true,
    vmBoundary: false,
  });
  expect(MOST_POINTS.vulnerability).toEqual(factors);
});

it('knows what each factor of a threat has at most', () => {
  const { factors } = decideThreat({
    type: 'AttackSequence:EC2/CompromisedInstanceGroup',
    severity: 10,
    breakout: 'host-compromise',
    barriers: 0,
    vmBoundary: false,
    mwi: 'high',
    count: 2,
    correlation: 'kev-image',
  });
  expect(MOST_POINTS.threat).toEqual(factors);
});

it('knows what each factor of a rule about an image has at most', () => {
  const { factors } = decideImageIssue({
    ruleSeverity: 'CRITICAL',
    ruleClass: 'privilege',
    confirmed: true,
    barriers: 0,
    vmBoundary: false,
    exposure: 'open',
    mwi: 'high',
    inUse: true,
  });
  expect(MOST_POINTS['image-issue']).toEqual(factors);
});

it('draws one character a point, and the rest that could be', () => {
  const decision = { ...EXPLAINED.decision, factors: { severity: 22, epss: 0, later: 3 } };
  expect(factorBars({ kind: 'vulnerability', decision })).toEqual([
    '  severity        22 of 25  ██████████████████████···',
    '  epss             0 of 10  ··········',
    '  later            3        ███',
  ]);
});

it.each([-1, 1_000, Number.NaN])('draws a short bar for %s points', (points) => {
  const decision = { ...EXPLAINED.decision, factors: { severity: points } };
  expect(factorBars({ kind: 'vulnerability', decision })[0]?.length).toBeLessThanOrEqual(100);
});
