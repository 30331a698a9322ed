import { describe, expect, it } from 'vitest';
import { trialOf } from '../../../cli/policy-try/trial.ts';
import type { TriedFinding } from '../../../cli/policy-try/tried-finding.ts';
import type { TriedPair } from '../../../cli/policy-try/try-policies.ts';
import { findingKey } from '../../../shared/finding/finding-key.ts';
import { BUILT_IN_POLICY, type Match, type Policy } from '../../../shared/policy/policy.ts';

const TRIED: TriedFinding = {
  decision: 'track',
  score: 20,
  reason: 'Track: because.',
  rules: [],
  mission: { value: 'medium', evidence: 'the policy’s default' },
  dueOn: undefined,
  suppressed: undefined,
  isTold: true,
  mentions: false,
  route: undefined,
  context: [],
};

const pair = (
  id: string,
  before: Partial<TriedFinding> = {},
  after: Partial<TriedFinding> = before,
  status: TriedPair['status'] = 'active',
): TriedPair => ({
  key: findingKey('inspector2', [id]),
  status,
  title: id,
  image: 'shop/web:1',
  before: { ...TRIED, ...before },
  after: { ...TRIED, ...after },
});

const POLICY: Policy = {
  ...BUILT_IN_POLICY,
  context: [
    { id: 'shop', match: { repositories: ['shop/*'] }, criticality: 'high' },
    { id: 'shpo', match: { repositories: ['shpo/*'] }, criticality: 'high' },
  ],
  routing: [{ id: 'quiet', match: {}, to: [] }],
  suppressions: [{ id: 'old', match: { packages: ['a'] }, reason: 'x', owner: 'me', expires: '2027-01-31' }],
};
const EVENTS = { decided: 3, recorded: 0, ignored: 0, rejected: 0 };

const trial = (pairs: readonly TriedPair[], shown = 20) => trialOf(pairs, POLICY, EVENTS, shown);

describe('a trial', () => {
  it('counts active findings only', () => {
    const { findings, spread } = trial([pair('a'), pair('b', { decision: 'act' }, { decision: 'act' }, 'closed')]);
    expect(findings).toEqual({ all: 2, active: 1 });
    expect(spread).toEqual({
      before: { act: 0, attend: 0, 'track*': 0, track: 1 },
      after: { act: 0, attend: 0, 'track*': 0, track: 1 },
    });
  });

  it('counts who is told, mentioned and suppressed under both', () => {
    const { told, mentioned, suppressed } = trial([
      pair('a', { mentions: true }, { isTold: false, suppressed: 'old' }),
      pair('b', {}, { isTold: false }),
      pair('c', { isTold: false }, {}),
    ]);
    expect({ told, mentioned, suppressed }).toEqual({
      told: { before: 2, after: 1 },
      mentioned: { before: 1, after: 0 },
      suppressed: { before: 0, after: 1 },
    });
  });

  it('names every rule, also those that take nothing', () => {
    const { rules } = trial([
      pair('a', {}, { context: ['shop'], suppressed: 'old' }),
      pair('b', {}, { context: ['shop'], route: 'quiet' }),
    ]);
    expect(rules).toEqual({
      context: [
        { id: 'shop', findings: 2, asksAccount: false },
        { id: 'shpo', findings: 0, asksAccount: false },
      ],
      routing: [{ id: 'quiet', findings: 1, asksAccount: false }],
      suppressions: [{ id: 'old', findings: 1, asksAccount: false, owner: 'me', expires: '2027-01-31' }],
    });
  });

  it.each<[boolean, Match]>([
    [true, { accounts: ['111122223333'] }],
    [true, { regions: ['eu-west-1'] }],
    [true, { resourceTags: { team: ['shop'] } }],
    [true, { environments: ['test'], repositories: ['shop/*'] }],
    [true, { rules: ['IMG-055'] }],
    [false, { repositories: ['shop/*'], imageTags: ['1.*'], packages: ['a'], vulnerabilities: ['CVE-2026-1'] }],
    [false, { kinds: ['threat'], threatTypes: ['Execution:*'], decisions: ['act'] }],
  ])('says %s to whether a rule asks an account for %j', (asksAccount, match) => {
    const policy = { ...BUILT_IN_POLICY, routing: [{ id: 'one', match, to: [] }] };
    expect(trialOf([], policy, EVENTS, 20).rules.routing).toEqual([{ id: 'one', findings: 0, asksAccount }]);
  });

  it('counts what changes by where it goes, the worst first', () => {
    const { changes } = trial([
      pair('a', { decision: 'track' }, { decision: 'track*', score: 50 }),
      pair('b', { decision: 'attend' }, { decision: 'track' }),
      pair('c', { decision: 'track' }, { decision: 'attend', score: 70 }),
      pair('d', { decision: 'track' }, { decision: 'attend', score: 80 }),
      pair('e', { decision: 'act', dueOn: '2026-01-01' }, { decision: 'act', dueOn: '2026-01-02' }),
    ]);
    expect(changes.transitions).toEqual([
      { from: 'track', to: 'attend', findings: 2 },
      { from: 'track', to: 'track*', findings: 1 },
      { from: 'attend', to: 'track', findings: 1 },
    ]);
    expect(changes.findings.map(({ title }) => title)).toEqual(['d', 'c', 'a', 'b']);
    expect({ all: changes.all, due: changes.due }).toEqual({ all: 4, due: 1 });
  });

  it('lists as many changes as asked for', () => {
    const pairs = ['a', 'b', 'c'].map((id) => pair(id, {}, { decision: 'act' }));
    const { changes } = trial(pairs, 2);
    expect(changes.all).toBe(3);
    expect(changes.findings).toHaveLength(2);
  });
});

describe('a change', () => {
  it.each<[string, Partial<TriedFinding>, Partial<TriedFinding>, readonly string[]]>([
    [
      'by a context rule names it',
      {},
      { mission: { value: 'high', evidence: 'policy rule shop says criticality high' } },
      ['policy rule shop says criticality high: Mission & Well-Being is high, and was medium'],
    ],
    ['by the floor says so', {}, { rules: ['B1'] }, ['the floor of CISA BOD 26-04 holds it up']],
    ['without the floor says so', { rules: ['B1'] }, {}, ['the floor of CISA BOD 26-04 holds it up no longer']],
    ['by nothing else that is known says that', {}, {}, ['the policies differ in what they say of it']],
  ])('%s', (_, before, after, because) => {
    const changed = pair('a', before, { ...after, decision: 'attend', reason: 'Attend: because.' });
    expect(trial([changed]).changes.findings).toEqual([
      {
        finding: findingKey('inspector2', ['a']),
        title: 'a',
        image: 'shop/web:1',
        from: 'track',
        to: 'attend',
        reasonBefore: 'Track: because.',
        reasonAfter: 'Attend: because.',
        because,
      },
    ]);
  });
});
