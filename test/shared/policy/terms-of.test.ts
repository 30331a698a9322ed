import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../shared/base/known.ts';
import type { Tags } from '../../../shared/base/tags.ts';
import { BUILT_IN_POLICY } from '../../../shared/policy/policy.ts';
import { termsOf } from '../../../shared/policy/terms-of.ts';
import { enrichedThreat } from '../../support/decided.ts';
import { enriched } from '../../support/enriched.ts';
import { CHECKOUT, FARGATE, NOWHERE, UNSEEN } from '../enrichment/findings.ts';
import { policyOf } from './policies.ts';

interface Tagged {
  /** One workload for each. */
  readonly services?: readonly Tags[];
  readonly repository?: Tags;
  readonly resource?: Tags;
}

const tagged = ({ services = [{}], repository = {}, resource = {} }: Tagged = {}) =>
  enriched(
    { resourceTags: resource },
    {
      repositoryTags: known(repository),
      context: { workloads: known(services.map((tags) => ({ ...CHECKOUT, tags }))), isolation: FARGATE },
    },
  );

const mwi = (policy: string, finding: Parameters<typeof termsOf>[1]) => {
  const { taken, evidence } = termsOf(policyOf(policy), finding).mwi;
  return [taken, evidence];
};

const PAYMENTS = 'context: [{id: payments, match: {repositories: ["shop/*"]}, criticality: high}]';

describe('how much depends on a workload', () => {
  it.each<[string, string, Tagged, string, string]>([
    ['nobody says anything', '', {}, 'medium', 'the policy’s default'],
    ['the policy has another default', 'defaults: {criticality: high}', {}, 'high', 'the policy’s default'],
    ['a rule says it', PAYMENTS, {}, 'high', 'policy rule payments says criticality high'],
    [
      'a rule and a tag say it',
      PAYMENTS,
      { services: [{ criticality: 'low' }] },
      'high',
      'policy rule payments says criticality high',
    ],
    ['no rule matches', PAYMENTS.replace('shop', 'pay'), {}, 'medium', 'the policy’s default'],
    [
      'two rules match',
      `${PAYMENTS.slice(0, -1).replace('shop/*', 'shop/c*')}, {id: b, criticality: low}]`,
      {},
      'high',
      'policy rule payments says criticality high',
    ],
    [
      'the service’s tag says it',
      '',
      { services: [{ criticality: 'high' }] },
      'high',
      'the service’s tag criticality says high',
    ],
    [
      'case and spaces differ',
      '',
      { services: [{ Criticality: ' HIGH ' }] },
      'high',
      'the service’s tag criticality says high',
    ],
    [
      'another tag is named',
      'tags: {criticality: [tier]}',
      { services: [{ tier: 'low', criticality: 'high' }] },
      'low',
      'the service’s tag tier says low',
    ],
    [
      'no tag is read',
      'tags: {criticality: []}',
      { services: [{ criticality: 'high' }] },
      'medium',
      'the policy’s default',
    ],
    [
      'the repository’s tag says it',
      '',
      { repository: { criticality: 'low' } },
      'low',
      'the repository’s tag criticality says low',
    ],
    [
      'the resource’s tag says it',
      '',
      { resource: { criticality: 'low' } },
      'low',
      'the resource’s tag criticality says low',
    ],
    [
      'service and repository say it',
      '',
      { services: [{ criticality: 'low' }], repository: { criticality: 'high' } },
      'low',
      'the service’s tag criticality says low',
    ],
    [
      'several services say it',
      '',
      { services: [{ criticality: 'low' }, { criticality: 'high' }, {}] },
      'high',
      'the service’s tag criticality says high',
    ],
    [
      'only one of several services says low',
      '',
      { services: [{ criticality: 'low' }, {}] },
      'medium',
      'the policy’s default',
    ],
    [
      'a tag is not understood',
      '',
      { services: [{ criticality: 'critical' }] },
      'medium',
      'the policy’s default; the service’s tag criticality is not understood',
    ],
    [
      'the next tag is understood',
      '',
      { services: [{ criticality: 'P1' }], repository: { criticality: 'high' } },
      'high',
      'the repository’s tag criticality says high; the service’s tag criticality is not understood',
    ],
    [
      'it is for development',
      '',
      { services: [{ env: 'dev' }] },
      'low',
      'nobody states a criticality and the service’s tag env says development',
    ],
    [
      'it is a sandbox by its repository',
      '',
      { repository: { Environment: 'Sandbox' } },
      'low',
      'nobody states a criticality and the repository’s tag environment says sandbox',
    ],
    [
      'it is in production and in test',
      '',
      { services: [{ env: 'test' }, { env: 'production' }] },
      'medium',
      'the policy’s default',
    ],
    [
      'two tags name two environments',
      '',
      { services: [{ env: 'test', environment: 'staging' }] },
      'medium',
      'the policy’s default',
    ],
    [
      'it is for test, and somebody states a criticality',
      '',
      { services: [{ env: 'test', criticality: 'high' }] },
      'high',
      'the service’s tag criticality says high',
    ],
    [
      'a rule says that it is for test',
      'context: [{id: ci, match: {repositories: [shop/checkout]}, environment: test}]',
      {},
      'low',
      'nobody states a criticality and policy rule ci says environment test',
    ],
    [
      'everything untagged is for test',
      'defaults: {environment: test}',
      {},
      'low',
      'nobody states a criticality and the policy’s default environment is test',
    ],
    [
      'harm is material',
      'defaults: {criticality: low, wellbeing: material}',
      {},
      'medium',
      'the policy’s default, the policy’s default wellbeing is material',
    ],
    [
      'harm is irreversible',
      '',
      { services: [{ criticality: 'low', wellbeing: 'irreversible' }] },
      'high',
      'the service’s tag criticality says low, the service’s tag wellbeing says irreversible',
    ],
    [
      'a rule says both',
      'context: [{id: a, criticality: low, wellbeing: material}]',
      {},
      'medium',
      'policy rule a says criticality low and wellbeing material',
    ],
    [
      'low criticality does no harm',
      'context: [{id: a, criticality: low}]',
      {},
      'low',
      'policy rule a says criticality low',
    ],
    [
      'a rule matches one service only',
      'context: [{id: a, match: {resourceTags: {team: [pay*]}}, criticality: high}]',
      { services: [{}, { team: 'payments' }] },
      'high',
      'policy rule a says criticality high',
    ],
  ])('when %s', (_title, policy, tags, value, evidence) => {
    expect(mwi(policy, tagged(tags))).toEqual([value, evidence]);
  });

  it.each<[string, Parameters<typeof termsOf>[1], string]>([
    [
      'its repository’s tags',
      enriched({}, { context: NOWHERE }),
      'the policy’s default; the repository’s tags are not known',
    ],
    [
      'what runs it',
      enriched({}, { context: UNSEEN, repositoryTags: known({}) }),
      'the policy’s default; the tags of what runs it are not known',
    ],
    ['nothing of a threat', enrichedThreat(), 'the policy’s default'],
  ])('says that nobody knows %s', (_title, finding, evidence) => {
    expect(mwi('', finding)).toEqual(['medium', evidence]);
  });

  it('is read from the tags of a task that no service runs', () => {
    const context = {
      workloads: known([{ ...CHECKOUT, name: 'family:batch', tags: { criticality: 'low' } }]),
      isolation: FARGATE,
    };
    expect(mwi('', enrichedThreat({}, unknown('no image'), context))).toEqual([
      'low',
      'the task’s tag criticality says low',
    ]);
  });

  it.each<[string, string, string]>([
    ['where the workload runs', '444455556666', 'high'],
    ['not where its registry is', '111122223333', 'medium'],
  ])('by an account is %s', (_title, account, value) => {
    const elsewhere = { ...CHECKOUT, clusterArn: 'arn:aws:ecs:us-east-1:444455556666:cluster/shop' };
    const finding = enriched({}, { context: { workloads: known([elsewhere]), isolation: FARGATE } });
    expect(mwi(`context: [{id: a, match: {accounts: ["${account}"]}, criticality: high}]`, finding)[0]).toBe(value);
  });

  it('is one known value, and says nothing of what strangers wrote, whatever the tags', () => {
    const key = fc.oneof(fc.constantFrom('criticality', 'Wellbeing', 'env', '__proto__', 'constructor'), fc.string());
    const value = fc.oneof(
      fc.constantFrom('low', 'HIGH', 'irreversible', 'dev', '__proto__'),
      fc.constant('<!channel>'),
      fc.string({ maxLength: 3000 }),
    );
    const tags = fc.dictionary(key, value);
    fc.assert(
      fc.property(fc.array(tags, { maxLength: 3 }), tags, tags, (services, repository, resource) => {
        const { mwi: selection } = termsOf(BUILT_IN_POLICY, tagged({ services, repository, resource }));
        expect(selection.possible).toEqual([selection.taken]);
        expect(selection.evidence).toMatch(
          /^(the policy’s default|nobody states a criticality and )?((, )?(the (service|repository|resource|policy)’s (tag|default) (criticality|wellbeing|environment|env) (says|is) [a-z]+))*(; the (service|repository|resource)’s tag (criticality|wellbeing|environment|env) is not understood)*$/,
        );
      }),
      { numRuns: 300 },
    );
  });
});

describe('the other terms', () => {
  it('are the built-in days, and no floor', () => {
    const { floor, dueDates } = termsOf(BUILT_IN_POLICY, tagged());
    expect({ floor, dueDates }).toEqual({
      floor: undefined,
      dueDates: { days: { act: 3, attend: 14, 'track*': 60, track: null } },
    });
  });

  it('are the policy’s', () => {
    const policy = policyOf('floor: bod-26-04\ndueDates: {track: 90, follow: bod-26-04}');
    expect(termsOf(policy, tagged())).toMatchObject({
      floor: 'bod-26-04',
      dueDates: { days: { act: 3, attend: 14, 'track*': 60, track: 90 }, follow: 'bod-26-04' },
    });
  });
});
