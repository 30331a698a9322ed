import { expect, it } from 'vitest';
import { ruleText } from '../../../cli/explain/rule-text.ts';

it.each([
  ['vulnerability', 'U2', 'raised because little stands between the container and its host'],
  ['vulnerability', 'D1', 'lowered because nothing runs the image'],
  ['vulnerability', 'B1', 'no lower because the policy follows CISA BOD 26-04'],
  ['threat', 'T1', 'an attack sequence is always acted on'],
  ['image-issue', 'I1', 'it attacks the runtime, and no VM boundary is known to contain it'],
  ['image-issue', 'I2', 'raised because little stands between the container and its host'],
  ['threat', 'U2', 'a rule that this release does not know'],
  ['vulnerability', 'constructor', 'a rule that this release does not know'],
] as const)('of a %s, %s reads: %s', (kind, id, text) => {
  expect(ruleText(kind, id)).toBe(text);
});
