import { expect, it } from 'vitest';
import { isWorse, worseOutcome, worstOutcome } from '../../../shared/priority/worst-outcome.ts';

it.each([
  ['nothing', [], undefined],
  ['one and what is missing', [undefined, 'track'], 'track'],
  ['several', ['track', 'act', 'track*'], 'act'],
] as const)('the worst of %s', (_case, outcomes, expected) => {
  expect(worstOutcome(outcomes)).toBe(expected);
});

it.each([
  ['attend', 'track*', true],
  ['attend', 'attend', false],
  ['track', 'act', false],
  ['track', undefined, true],
] as const)('%s is worse than %s: %s', (left, right, expected) => {
  expect(isWorse(left, right)).toBe(expected);
});

it('the worse of two does not depend on their order', () => {
  expect([worseOutcome('track*', 'attend'), worseOutcome('attend', 'track*')]).toEqual(['attend', 'attend']);
});
