import { expect, it } from 'vitest';
import { missingFact } from '../../../shared/priority/unknowns.ts';

it.each([
  ['exposure is not known (would be Act if it is internet-facing)', 'exposure is not known'],
  ['exposure is not known', 'exposure is not known'],
])('"%s" misses the same fact', (unknown, fact) => {
  expect(missingFact(unknown)).toBe(fact);
});
