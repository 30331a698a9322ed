/** The limits that hold without a policy: at most one finding in 200 calls for everybody, one in 20 for more than the usual. */
import { expect } from 'vitest';
import type { Outcome } from '../../shared/priority/decision.ts';

export const expectQuiet = (spread: Readonly<Record<Outcome, number>>): void => {
  const all = spread.act + spread.attend + spread['track*'] + spread.track;
  expect(spread.act / all).toBeLessThanOrEqual(0.005);
  expect(spread.attend / all).toBeLessThanOrEqual(0.05);
  expect(spread.act + spread.attend).toBeGreaterThan(0);
};
