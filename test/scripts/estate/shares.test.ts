import { describe, expect, it } from 'vitest';
import { EXPLOITED_FLAWS, FLAWS } from '../../../scripts/estate/shares.ts';
import { epssAt } from '../../../scripts/estate/vulnerabilities.ts';
import { vectorFacts } from '../../../shared/priority/cvss-vector.ts';

const flaws = [...Object.values(FLAWS).flat(), ...EXPLOITED_FLAWS].map(([flaw]) => flaw);

describe('the flaws of an estate', () => {
  it.each([...new Set(flaws)].map((flaw) => [flaw.vector, flaw] as const))(
    '%s says what the table says of it',
    (vector, { automatable, impact }) => {
      expect(vectorFacts(`CVSS:3.1/${vector}`)).toMatchObject({ automatable, technicalImpact: impact });
    },
  );

  it.each([
    ['CRITICAL', 9, 10],
    ['HIGH', 7, 8.9],
    ['MEDIUM', 4, 6.9],
    ['LOW', 0.1, 3.9],
  ] as const)('that are %s have scores from %d to %d', (severity, low, high) => {
    for (const [flaw] of FLAWS[severity]) {
      expect(flaw.severity).toBe(severity);
      expect(flaw.score).toBeGreaterThanOrEqual(low);
      expect(flaw.score).toBeLessThanOrEqual(high);
    }
  });
});

describe('EPSS at a percentile', () => {
  it.each([
    [0, 0.0001],
    [0.511, 0.0015],
    [0.93995, 0.13769],
    [0.995, 0.9],
    [1, 0.945],
  ])('%d is the published one, %d', (percentile, score) => {
    expect(epssAt(percentile)).toBe(score);
  });

  it('rises with it', () => {
    const scores = Array.from({ length: 101 }, (_, index) => epssAt(index / 100));
    expect(scores).toEqual(scores.toSorted((left, right) => left - right));
  });
});
