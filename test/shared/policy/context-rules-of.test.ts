import { expect, it } from 'vitest';
import { known } from '../../../shared/base/known.ts';
import { contextRulesOf } from '../../../shared/policy/context-rules-of.ts';
import { BUILT_IN_POLICY, type Policy } from '../../../shared/policy/policy.ts';
import { enriched } from '../../support/enriched.ts';
import { CHECKOUT, ON_FARGATE } from '../enrichment/findings.ts';

const POLICY: Policy = {
  ...BUILT_IN_POLICY,
  context: [
    { id: 'elsewhere', match: { repositories: ['elsewhere/*'] }, criticality: 'low' },
    { id: 'payments', match: { resourceTags: { team: ['payments'] } }, criticality: 'high' },
    { id: 'all', match: {}, criticality: 'low' },
  ],
};
const running = (...teams: readonly string[]) =>
  enriched(
    {},
    { context: { ...ON_FARGATE, workloads: known(teams.map((team) => ({ ...CHECKOUT, tags: known({ team }) }))) } },
  );

it.each([
  ['the first that matches', running('payments'), ['payments']],
  ['one for each workload', running('shop', 'payments'), ['all', 'payments']],
  ['each once', running('shop', 'payments', 'search'), ['all', 'payments']],
])('the context rules that count are %s', (_, finding, ids) => {
  expect(contextRulesOf(POLICY, finding)).toEqual(ids);
});

it('without rules none counts', () => {
  expect(contextRulesOf(BUILT_IN_POLICY, running('payments'))).toEqual([]);
});
