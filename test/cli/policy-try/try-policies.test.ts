import { describe, expect, it } from 'vitest';
import { tryPolicies } from '../../../cli/policy-try/try-policies.ts';
import { BUILT_IN_POLICY, type Policy } from '../../../shared/policy/policy.ts';
import { baseEvent } from '../../shared/events/base-event.ts';

const event = (name: string, changes: Readonly<Record<string, unknown>> = {}): unknown =>
  JSON.parse(baseEvent(name, changes));

const SHOP: Policy = {
  ...BUILT_IN_POLICY,
  context: [
    { id: 'elsewhere', match: { repositories: ['elsewhere/*'] }, criticality: 'low' },
    { id: 'shop', match: { repositories: ['shop/*'] }, criticality: 'high' },
    { id: 'all', match: {}, criticality: 'low' },
  ],
  routing: [{ id: 'quiet', match: { kinds: ['vulnerability'] }, to: [] }],
};

const tried = async (policy: Policy, ...items: readonly unknown[]) => {
  const trial = tryPolicies(BUILT_IN_POLICY, policy, undefined);
  const outcomes = [];
  for (const item of items) outcomes.push((await trial.add(item)).outcome);
  return { outcomes, findings: trial.findings() };
};

describe('an event under two policies', () => {
  it('is decided by both', async () => {
    const { findings } = await tried(SHOP, event('inspector-finding'));
    expect(findings).toEqual([
      {
        key: 'inspector2-1400c2183d8e67711f77a28e66351dc7d41c1eb0',
        status: 'active',
        title: 'CVE-2026-10001 - libexample3, org.example:example',
        image: 'shop/checkout:2026.3.1',
        before: expect.objectContaining({
          decision: 'track',
          mission: { value: 'medium', evidence: expect.stringContaining('the policy’s default') },
          isTold: true,
          mentions: false,
          route: undefined,
          context: [],
        }),
        after: expect.objectContaining({
          decision: 'attend',
          mission: { value: 'high', evidence: 'policy rule shop says criticality high' },
          dueOn: '2026-03-16',
          isTold: false,
          route: 'quiet',
          context: ['shop'],
        }),
      },
    ]);
  });

  it('says what became of it', async () => {
    const { outcomes, findings } = await tried(
      SHOP,
      event('ecr-image-push'),
      event('ecr-image-push', { 'detail.action-type': 'DELETE' }),
      { hello: 'world' },
      event('guardduty-eks-node'),
    );
    expect(outcomes).toEqual(['recorded', 'ignored', 'rejected', 'decided']);
    expect(findings.map(({ image, after }) => [image, after.context])).toEqual([[undefined, ['all']]]);
  });

  it('that no policy changes is the same for both', async () => {
    const { findings } = await tried(BUILT_IN_POLICY, event('inspector-finding'), event('guardduty-ecs-fargate'));
    expect(findings).toHaveLength(2);
    for (const { before, after } of findings) expect(after).toEqual(before);
  });
});

describe('the states of one finding', () => {
  const early = event('inspector-finding', { 'detail.updatedAt': '2026-03-02T09:00:00Z' });
  const late = event('inspector-finding', {
    'detail.updatedAt': '2026-03-02T10:00:00Z',
    'detail.status': 'CLOSED',
  });

  it.each([
    ['in order', [early, late]],
    ['out of order', [late, early]],
    ['twice', [early, late, late, early]],
  ])('%s count once, as the newest', async (_, items) => {
    const { findings } = await tried(SHOP, ...items);
    expect(findings.map(({ status }) => status)).toEqual(['closed']);
  });
});
