import { expect, it } from 'vitest';
import { NIST_SP_800_190 } from '../../../shared/rules/nist-sp-800-190.ts';

const clauses = Object.keys(NIST_SP_800_190);

it('has a countermeasure under the same number for every risk', () => {
  const risks = clauses.filter((id) => id.startsWith('3.'));
  expect(risks).toHaveLength(23);
  expect(clauses.filter((id) => id.startsWith('4.'))).toEqual(risks.map((id) => id.replace('3.', '4.')));
});

it('has three scenarios', () => {
  expect(clauses.filter((id) => id.startsWith('5.'))).toEqual(['5.1', '5.2', '5.3']);
});
