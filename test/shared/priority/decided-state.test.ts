import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareStates,
  type DecidedState,
  decisionFingerprint,
  isSameDecision,
} from '../../../shared/priority/decided-state.ts';
import { DECISION, HANDLING } from '../../support/decided.ts';

const state = (version: string, decidedAt?: string, fingerprint?: string): DecidedState => ({
  version,
  ...(decidedAt !== undefined && { decidedAt }),
  ...(fingerprint !== undefined && { fingerprint }),
});

describe('of two decisions about one finding', () => {
  it.each([
    ['the newer version', state('v1', '2026-03-02', 'b'), state('v2', '2026-03-01', 'a')],
    ['of one version the later', state('v', '2026-03-01', 'b'), state('v', '2026-03-02', 'a')],
    ['at the same time the one with the greater mark', state('v', '2026-03-01', 'a'), state('v', '2026-03-01', 'b')],
    ['the one that has a time', state('v'), state('v', '2026-03-01', 'a')],
  ])('%s stands', (_, older, newer) => {
    expect(compareStates(newer, older)).toBeGreaterThan(0);
    expect(compareStates(older, newer)).toBeLessThan(0);
    expect(isSameDecision(older, newer)).toBe(false);
  });

  it('those that were made alike are the same, whenever they were', () => {
    expect(isSameDecision(state('v', '2026-03-01', 'a'), state('v', '2026-03-02', 'a'))).toBe(true);
    expect(isSameDecision(state('v'), state('v'))).toBe(true);
  });

  it('one is always last, whatever the order', () => {
    const letter = fc.constantFrom('a', 'b', 'c');
    const states = fc.array(fc.tuple(letter, letter, letter), { minLength: 1, maxLength: 8 });
    const lastOf = (all: readonly (readonly [string, string, string])[]) =>
      all.map((one) => state(...one)).reduce((last, one) => (compareStates(one, last) > 0 ? one : last));
    fc.assert(
      fc.property(states, (all) => {
        expect(lastOf(all)).toEqual(lastOf(all.toReversed()));
      }),
    );
  });
});

describe('the mark of a decision', () => {
  it('is the same for what was decided alike', () => {
    const mark = decisionFingerprint(DECISION, HANDLING);
    expect(decisionFingerprint(structuredClone(DECISION), structuredClone(HANDLING))).toBe(mark);
    expect(mark).toMatch(/^[0-9a-f]{16}$/);
  });

  it.each([
    ['outcome', { ...DECISION, outcome: 'attend' as const }, HANDLING],
    ['evidence', { ...DECISION, unknowns: [] }, HANDLING],
    ['handling', DECISION, { ...HANDLING, mention: true }],
  ])('differs with the %s', (_, decision, handling) => {
    expect(decisionFingerprint(decision, handling)).not.toBe(decisionFingerprint(DECISION, HANDLING));
  });
});
