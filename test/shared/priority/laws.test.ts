import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BARRIER_WEIGHTS } from '../../../shared/isolation/barriers.ts';
import { BANDS, step } from '../../../shared/priority/band.ts';
import { decideImageIssue } from '../../../shared/priority/decide-image-issue.ts';
import { decideThreat } from '../../../shared/priority/decide-threat.ts';
import { decideVulnerability } from '../../../shared/priority/decide-vulnerability.ts';
import { OUTCOMES, type Outcome } from '../../../shared/priority/decision.ts';
import { isolationClass } from '../../../shared/priority/factors.ts';
import type { Verdict } from '../../../shared/priority/verdict.ts';
import { anyImageIssue, anyThreat, anyVulnerability, BREAKOUTS, RULE_SEVERITIES } from './any-facts.ts';

type Facts = Readonly<Record<string, unknown>>;
/** A family: any facts of it, and its decider, as one that takes them. */
type Family = readonly [name: string, any: fc.Arbitrary<Facts>, decide: (facts: Facts) => Verdict];

const vulnerability = ['a vulnerability', anyVulnerability, decideVulnerability] as unknown as Family;
const threat = ['a threat', anyThreat, decideThreat] as unknown as Family;
const imageIssue = ['an image issue', anyImageIssue, decideImageIssue] as unknown as Family;

const level = (outcome: Outcome): number => OUTCOMES.indexOf(outcome);

/** The facts with one of them changed; undefined makes it unknown. */
const withFact = (facts: Facts, name: string, value: unknown): Facts => {
  const { [name]: _, ...rest } = facts;
  return value === undefined ? rest : { ...rest, [name]: value };
};

const frozen = (facts: Facts): Facts => Object.freeze({ ...facts });

describe.each([vulnerability, threat, imageIssue])('the decision of %s', (_name, any, decide) => {
  const holds = (law: (facts: Facts, verdict: Verdict) => void): void =>
    fc.assert(
      fc.property(any, (facts) => law(facts, decide(frozen(facts)))),
      { numRuns: 500 },
    );

  it('is there whatever is known and not known, and is the same each time', () => {
    holds((facts, verdict) => {
      expect(OUTCOMES).toContain(verdict.outcome);
      expect(OUTCOMES).toContain(verdict.base);
      expect(decide(frozen(facts))).toEqual(verdict);
    });
  });

  it('has a score inside the band of its outcome, and the label of the band', () => {
    holds((_facts, { outcome, score, label }) => {
      const band = BANDS[outcome];
      expect(score).toBeGreaterThanOrEqual(band.low);
      expect(score).toBeLessThanOrEqual(band.high);
      expect(Number.isInteger(score)).toBe(true);
      expect(label).toBe(band.label);
    });
  });

  it('has the sum of its factors, at most 100, as its raw score', () => {
    holds((_facts, { factors, raw }) => {
      const points = Object.values(factors);
      expect(points.every((one) => Number.isInteger(one) && one >= 0)).toBe(true);
      expect(raw).toBe(
        Math.min(
          100,
          points.reduce((sum, one) => sum + one, 0),
        ),
      );
    });
  });

  it('names no rule twice, and none where it is the base and no rule matched', () => {
    holds((_facts, { rules, base, outcome }) => {
      expect(new Set(rules).size).toBe(rules.length);
      if (base !== outcome) expect(rules).not.toEqual([]);
    });
  });

  it('has the class of its isolation, whatever else is known', () => {
    holds(({ barriers }, { isoClass }) => {
      expect(isoClass).toBe(isolationClass(barriers as number | undefined));
    });
  });
});

const MOST_FIRST = Array.from({ length: 25 }, (_, halves) => 12 - halves / 2);
const RISING = (top: number) => Array.from({ length: 101 }, (_, index) => (top * index) / 100);
const isBehindVm = ({ vmBoundary }: Facts): boolean => vmBoundary === true;

/** Values mildest first; undefined is unknown. `unless`: where the scheme means it otherwise. */
type Ordered = readonly [
  family: Family,
  what: string,
  fact: string,
  values: readonly unknown[],
  unless?: (facts: Facts) => boolean,
];

const ORDERED: readonly Ordered[] = [
  [vulnerability, 'exploitation', 'exploitation', ['none', 'public poc', 'active']],
  [vulnerability, 'listed by CISA', 'kev', [undefined, true]],
  [vulnerability, 'automatable', 'automatable', ['no', 'yes']],
  [vulnerability, 'automatable for sure, not guessed from a vector', 'automatableEvidence', ['cvss', 'default', 'adp']],
  [vulnerability, 'technical impact', 'technicalImpact', ['partial', 'total']],
  [vulnerability, 'mission impact', 'mwi', ['low', 'medium', 'high']],
  [vulnerability, 'exposure', 'exposure', ['small', 'controlled', undefined, 'open']],
  [vulnerability, 'fewer barriers', 'barriers', MOST_FIRST],
  [vulnerability, 'in use', 'inUse', [false, undefined, true]],
  [vulnerability, 'a container escape', 'escape', [false, true], isBehindVm],
  [vulnerability, 'a shared node', 'sharedNode', [false, true]],
  [vulnerability, 'no VM boundary', 'vmBoundary', [true, false]],
  [vulnerability, 'the policy’s floor', 'floor', [undefined, 'bod-26-04']],
  [vulnerability, 'severity', 'cvss', RISING(10)],
  [vulnerability, 'a probability of exploitation', 'epss', [undefined, ...RISING(1)]],
  [threat, 'severity', 'severity', RISING(10)],
  [threat, 'way out', 'breakout', BREAKOUTS],
  [threat, 'fewer barriers', 'barriers', MOST_FIRST],
  [threat, 'no VM boundary', 'vmBoundary', [true, false]],
  [threat, 'mission impact', 'mwi', ['low', 'medium', 'high']],
  [threat, 'seen again', 'count', [0, 1, 2, 3, 1000]],
  [threat, 'correlated', 'correlation', ['none', 'other-finding', 'kev-image']],
  [threat, 'an attack sequence', 'type', ['Execution:Runtime/ReverseShell', 'AttackSequence:EKS/CompromisedCluster']],
  [imageIssue, 'severity', 'ruleSeverity', RULE_SEVERITIES],
  [imageIssue, 'confirmed', 'confirmed', [false, true]],
  [imageIssue, 'fewer barriers', 'barriers', MOST_FIRST],
  [imageIssue, 'no VM boundary', 'vmBoundary', [true, false]],
  [imageIssue, 'exposure', 'exposure', ['small', 'controlled', undefined, 'open']],
  [imageIssue, 'mission impact', 'mwi', ['low', 'medium', 'high']],
  [imageIssue, 'in use', 'inUse', [false, undefined, true]],
];

describe('what is worse never gives a milder outcome, a milder base, fewer points or a lower score', () => {
  it.each(ORDERED.map((row) => [row[0][0], row[1], row] as const))('%s: %s', (_family, _what, row) => {
    const [[, any, decide], , fact, values, unless] = row;
    const pair = fc
      .tuple(fc.nat(values.length - 1), fc.nat(values.length - 1))
      .map((both) => both.sort((a, b) => a - b));
    const property = fc.property(any, pair, (facts, [mild = 0, bad = 0]) => {
      fc.pre(!unless?.(facts));
      const before = decide(withFact(facts, fact, values[mild]));
      const after = decide(withFact(facts, fact, values[bad]));
      expect(level(after.outcome)).toBeGreaterThanOrEqual(level(before.outcome));
      expect(level(after.base)).toBeGreaterThanOrEqual(level(before.base));
      expect(after.raw).toBeGreaterThanOrEqual(before.raw);
      expect(after.score).toBeGreaterThanOrEqual(before.score);
    });
    fc.assert(property, { numRuns: 300 });
  });
});

describe('what is not known', () => {
  const same = ([, any, decide]: Family, fact: string, left: unknown, right: unknown): void =>
    fc.assert(
      fc.property(any, (facts) => {
        const [one, other] = [left, right].map((value) => decide(withFact(facts, fact, value)));
        expect({ ...one, isoClass: '' }).toEqual({ ...other, isoClass: '' });
      }),
    );

  it.each([vulnerability, threat, imageIssue])('of the isolation counts as half of it: %s', (...family) => {
    same(family, 'barriers', undefined, 6);
  });

  it('of CISA’s list counts as not listed', () => same(vulnerability, 'kev', undefined, false));

  it('of the use of a vulnerable image counts as in use', () => same(vulnerability, 'inUse', undefined, true));

  it('of the exposure decides as a controlled one; only its points are more', () => {
    const [, any, decide] = vulnerability;
    fc.assert(
      fc.property(any, (facts) => {
        const unknown = decide(withFact(facts, 'exposure', undefined));
        const controlled = decide(withFact(facts, 'exposure', 'controlled'));
        expect([unknown.outcome, unknown.rules, unknown.raw]).toEqual([
          controlled.outcome,
          controlled.rules,
          controlled.raw + 3,
        ]);
      }),
    );
  });
});

describe('the outcome of a vulnerability', () => {
  const holds = (law: (facts: Parameters<typeof decideVulnerability>[0], verdict: Verdict) => void): void =>
    fc.assert(
      fc.property(anyVulnerability, (facts) => law(facts, decideVulnerability(facts))),
      { numRuns: 1000 },
    );

  it('is the base, moved by at most one upgrade and then at most one downgrade, over the floors', () => {
    holds((_facts, { base, outcome, rules }) => {
      const kinds = rules.map((rule) => rule[0]).join('');
      expect(kinds).toMatch(/^U?D?X?B?$/);
      const upgraded = kinds.includes('U') ? step(base, 1) : base;
      const moved = kinds.includes('D') ? step(upgraded, -1) : upgraded;
      if (/[XB]/.test(kinds)) expect(level(outcome)).toBeGreaterThan(level(moved));
      else expect(outcome).toBe(moved);
    });
  });

  it('is never raised by a downgrade', () => {
    holds((_facts, { base, outcome, rules }) => {
      if (rules.every((rule) => rule.startsWith('D'))) expect(level(outcome)).toBeLessThanOrEqual(level(base));
    });
  });

  it('never falls from Attend or Act below Track* under active exploitation', () => {
    holds((facts, { base, outcome }) => {
      if (facts.exploitation === 'active' && level(base) >= level('attend'))
        expect(level(outcome)).toBeGreaterThanOrEqual(level('track*'));
    });
  });

  it('is never Act while no exploitation is known', () => {
    holds((facts, { outcome }) => {
      if (facts.exploitation === 'none') expect(outcome).not.toBe('act');
    });
  });

  it('is at least Attend for the toxic combination, whatever the exploitation', () => {
    holds((facts) => {
      const toxic = decideVulnerability({
        ...facts,
        exposure: 'open',
        automatable: 'yes',
        technicalImpact: 'total',
        inUse: true,
        barriers: 2.5,
        vmBoundary: false,
      });
      expect(level(toxic.outcome)).toBeGreaterThanOrEqual(level('attend'));
    });
  });

  it('does not depend on the severity and the probability: they only order', () => {
    holds((facts, { outcome, rules }) => {
      const { epss: _, ...rest } = facts;
      const other = decideVulnerability({ ...rest, cvss: 0 });
      expect([other.outcome, other.rules]).toEqual([outcome, rules]);
    });
  });

  // The one fact whose worse value may lower: the boundary holds what gets out of the container. Where nothing runs the
  // image, that is the one downgrade, and the boundary lowers nothing.
  it('is not raised by its being an escape behind a VM boundary, without active exploitation and in use', () => {
    fc.assert(
      fc.property(anyVulnerability, (facts) => {
        fc.pre(facts.exploitation !== 'active' && facts.inUse !== false);
        const behind = { ...facts, vmBoundary: true, barriers: 9 };
        const [plain, wayOut] = [false, true].map((is) => decideVulnerability({ ...behind, escape: is }).outcome);
        expect(level(wayOut ?? 'act')).toBeLessThanOrEqual(level(plain ?? 'track'));
      }),
    );
  });
});

describe('a threat', () => {
  it('is never lowered', () => {
    fc.assert(
      fc.property(anyThreat, (facts) => {
        const { base, outcome } = decideThreat(facts);
        expect(level(outcome)).toBeGreaterThanOrEqual(level(base));
      }),
    );
  });

  // Weak isolation behind a VM boundary would raise a help to escape above an escape; there is no such place.
  it('has no weak isolation behind a VM boundary', () => {
    expect(isolationClass(BARRIER_WEIGHTS.VM)).not.toBe('weak');
  });
});

describe('an image issue', () => {
  it('moves by one level at most, but for an attack on the runtime', () => {
    fc.assert(
      fc.property(anyImageIssue, (facts) => {
        const { base, outcome, rules } = decideImageIssue(facts);
        if (rules.includes('I1')) expect(outcome).toBe('act');
        else expect(Math.abs(level(outcome) - level(base))).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('that is only guessed is never Act', () => {
    fc.assert(
      fc.property(anyImageIssue, (facts) => {
        expect(decideImageIssue({ ...facts, confirmed: false }).outcome).not.toBe('act');
      }),
    );
  });
});
