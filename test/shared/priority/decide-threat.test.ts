import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BANDS } from '../../../shared/priority/band.ts';
import { decideThreat, type ThreatFacts } from '../../../shared/priority/decide-threat.ts';
import { OUTCOMES } from '../../../shared/priority/decision.ts';

const FACTS: ThreatFacts = {
  type: 'Execution:Runtime/ReverseShell',
  severity: 5,
  breakout: 'none',
  barriers: 8,
  vmBoundary: true,
  mwi: 'medium',
  count: 1,
  correlation: 'none',
};

describe('decideThreat', () => {
  it.each<[string, Partial<ThreatFacts>, string, string[]]>([
    ['follows a low severity', { severity: 3.9 }, 'track', []],
    ['follows a medium severity', { severity: 4 }, 'track*', []],
    ['follows a high severity', { severity: 7 }, 'attend', []],
    ['follows a critical severity', { severity: 9 }, 'act', []],
    ['T1 acts on an attack sequence', { type: 'AttackSequence:EKS/CompromisedCluster', severity: 1 }, 'act', ['T1']],
    ['T2 acts on an escape without a VM boundary', { breakout: 'escape-attempt', vmBoundary: false }, 'act', ['T2']],
    ['T3 attends to an escape behind one', { breakout: 'host-compromise' }, 'attend', ['T3']],
    ['T3 does not lower', { breakout: 'escape-attempt', severity: 9.5 }, 'act', ['T3']],
    ['T4 raises a help to escape', { breakout: 'escape-enabler', barriers: 1, vmBoundary: false }, 'attend', ['T4']],
    ['T5 raises where much depends on it', { mwi: 'high' }, 'attend', ['T5']],
    ['T5 leaves Attend alone', { mwi: 'high', severity: 7 }, 'attend', []],
  ])('%s', (_fact, change, outcome, rules) => {
    const verdict = decideThreat({ ...FACTS, ...change });
    expect([verdict.outcome, verdict.rules]).toEqual([outcome, rules]);
  });

  const anyFacts = fc.record({
    type: fc.constantFrom('Execution:Runtime/ReverseShell', 'AttackSequence:ECS/CompromisedCluster'),
    severity: fc.double({ min: 1, max: 10, noNaN: true }),
    breakout: fc.constantFrom('host-compromise', 'escape-attempt', 'escape-enabler', 'none'),
    barriers: fc.nat(12),
    vmBoundary: fc.boolean(),
    mwi: fc.constantFrom('low', 'medium', 'high'),
    count: fc.nat(),
    correlation: fc.constantFrom('kev-image', 'other-finding', 'none'),
  });

  it('never lowers, and keeps the score inside the band', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const { base, outcome, score } = decideThreat(facts as ThreatFacts);
        const band = BANDS[outcome];
        return OUTCOMES.indexOf(outcome) >= OUTCOMES.indexOf(base) && band.low <= score && score <= band.high;
      }),
    );
  });
});
