import { expect, it } from 'vitest';
import { BOD_26_04 } from '../../../shared/priority/bod-26-04.ts';
import { CISA_COORDINATOR } from '../../../shared/priority/cisa-coordinator-2.0.3.ts';

it('the coordinator tree has its 36 rows', () => {
  expect(CISA_COORDINATOR.rows).toHaveLength(36);
});

it.each([
  ['none', 'no', 'total', 'high', 'track*'],
  ['none', 'yes', 'partial', 'high', 'attend'],
  ['public poc', 'no', 'total', 'medium', 'track*'],
  ['public poc', 'yes', 'partial', 'medium', 'track'],
  ['active', 'no', 'total', 'low', 'track'],
  ['active', 'no', 'total', 'medium', 'attend'],
  ['active', 'yes', 'partial', 'low', 'attend'],
  ['active', 'yes', 'total', 'medium', 'act'],
] as const)('the coordinator says of %s, automatable %s, %s impact, %s mission: %s', (...row) => {
  const [exploitation, automatable, impact, mwi, outcome] = row;
  expect(CISA_COORDINATOR.outcomeOf(exploitation, automatable, impact, mwi)).toBe(outcome);
});

it('the directive has its 16 rows', () => {
  expect(BOD_26_04.rows).toHaveLength(16);
});

it.each([
  ['no', 'no', 'no', 'total', 'fix on system upgrade'],
  ['no', 'yes', 'no', 'total', '14 days'],
  ['no', 'yes', 'yes', 'total', '3 days'],
  ['yes', 'no', 'yes', 'partial', '14 days'],
  ['yes', 'no', 'yes', 'total', '3 days & forensic investigation'],
  ['yes', 'yes', 'yes', 'partial', '3 days'],
] as const)('the directive says of listed %s, exposed %s, automatable %s, %s impact: %s', (...row) => {
  const [kev, exposed, automatable, impact, timeline] = row;
  expect(BOD_26_04.outcomeOf(kev, exposed, automatable, impact)).toBe(timeline);
});
