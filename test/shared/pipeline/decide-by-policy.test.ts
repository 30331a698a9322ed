import { describe, expect, it } from 'vitest';
import { known } from '../../../shared/base/known.ts';
import { decideByPolicy } from '../../../shared/pipeline/decide-by-policy.ts';
import { findingVersion } from '../../../shared/pipeline/finding-version.ts';
import { BUILT_IN_POLICY, type Policy } from '../../../shared/policy/policy.ts';
import { enrichedIssue, enrichedThreat } from '../../support/decided.ts';
import { enriched } from '../../support/enriched.ts';
import { CHECKOUT, IMAGE, ON_FARGATE, VULNERABILITY } from '../enrichment/findings.ts';

const NOW = new Date('2026-03-02T12:00:00.000Z');
const LATER = new Date('2026-03-03T12:00:00.000Z');
const TAGS = { team: 'payments' };
const TAGGED = { ...ON_FARGATE, workloads: known([{ ...CHECKOUT, tags: known(TAGS) }]) };
const POLICY: Policy = {
  ...BUILT_IN_POLICY,
  name: 'policy@1a2b3c4d5e6f',
  context: [{ id: 'payments', match: { resourceTags: { team: ['payments'] } }, criticality: 'high' }],
};

describe('a finding that is decided', () => {
  it('says by which policy and when, and which context rules count', () => {
    expect(decideByPolicy(enriched({}, { context: TAGGED }), POLICY, NOW)).toMatchObject({
      message: 5,
      policy: 'policy@1a2b3c4d5e6f',
      contextRules: ['payments'],
      decidedAt: '2026-03-02T12:00:00.000Z',
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it('has the version of the finding as its source gave it', () => {
    const { version } = decideByPolicy(enriched({ resourceTags: TAGS }), POLICY, NOW);
    expect(version).toBe(findingVersion({ ...VULNERABILITY, resourceTags: TAGS }));
  });

  it('and decided again alike has the same mark, at another time', () => {
    const [first, second] = [NOW, LATER].map((at) => decideByPolicy(enriched(), POLICY, at));
    expect(second).toEqual({ ...first, decidedAt: '2026-03-03T12:00:00.000Z' });
  });

  it.each([
    ['a vulnerability', enriched({ resourceTags: TAGS }, { context: TAGGED, repositoryTags: known(TAGS) })],
    ['a rule about an image', enrichedIssue({ resourceTags: TAGS }, TAGGED, known(TAGS))],
    ['a threat', enrichedThreat({ resourceTags: TAGS }, known(IMAGE), TAGGED, known(TAGS))],
  ])('carries no tags any more: %s', (_, finding) => {
    const { enriched: travels } = decideByPolicy(finding, BUILT_IN_POLICY, NOW);
    expect(JSON.stringify(travels)).not.toContain('payments');
  });
});
