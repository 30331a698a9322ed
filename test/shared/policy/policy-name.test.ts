import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_POLICY } from '../../../shared/policy/policy.ts';
import { policyName } from '../../../shared/policy/policy-name.ts';
import { policyOf } from './policies.ts';

const RULES = `context:
  - {id: a, match: {accounts: ["111122223333"], resourceTags: {team: [shop], tier: [web]}}, criticality: low}
  - {id: b, criticality: high}
`;

describe('the name of a policy', () => {
  it('is a part of the SHA-256 of its JSON with sorted keys', () => {
    expect(policyOf('floor: bod-26-04').name).toBe('policy@e15ac4e66b9d');
  });

  it.each<[string, string]>([
    ['nothing', ''],
    ['the built-in days', 'dueDates: {track: next-rebuild, act: 3}'],
    ['the built-in tags', 'tags: {environment: [environment, env]}'],
  ])('is that of the built-in policy for %s', (_title, text) => {
    expect(policyOf(text).name).toBe('built-in');
  });

  it.each<[string, string]>([
    ['comments and spaces', RULES.replace('context:', '# ours\n\ncontext:   # first')],
    ['the order of keys', RULES.replace('{id: b, criticality: high}', '{criticality: high, id: b}')],
    ['the order of tags', RULES.replace('{team: [shop], tier: [web]}', '{tier: [web], team: [shop]}')],
    ['what holds anyway', `${RULES}thresholds: {mention: act}`],
    ['an empty list', `${RULES}routing: []`],
  ])('is the same whatever %s', (_title, text) => {
    expect(policyOf(text).name).toBe(policyOf(RULES).name);
  });

  it.each<[string, string]>([
    ['a word', RULES.replace('high', 'medium')],
    ['an id', RULES.replace('id: b', 'id: c')],
    [
      'the order of rules',
      'context: [{id: b, match: {kinds: [threat]}, criticality: high}, {id: a, criticality: low}]',
    ],
    ['a threshold', `${RULES}thresholds: {mention: attend}`],
  ])('is another with another %s', (_title, text) => {
    expect(policyOf(text).name).not.toBe(policyOf(RULES).name);
  });

  it('is that of any order of its parts', () => {
    const { name, ...policy } = policyOf(RULES);
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.entries(policy), { minLength: Object.keys(policy).length }), (parts) => {
        expect(policyName(Object.fromEntries(parts) as typeof policy)).toBe(name);
      }),
    );
  });

  it('is built-in for the built-in policy', () => {
    const { name, ...policy } = BUILT_IN_POLICY;
    expect([name, policyName(policy)]).toEqual(['built-in', 'built-in']);
  });
});
