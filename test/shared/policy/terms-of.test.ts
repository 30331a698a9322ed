import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Known, known, unknown } from '../../../shared/base/known.ts';
import type { Tags } from '../../../shared/base/tags.ts';
import type { EnrichedFinding } from '../../../shared/enrichment/enriched-finding.ts';
import { workloadFromThreat } from '../../../shared/isolation/workload-from-threat.ts';
import { BUILT_IN_POLICY } from '../../../shared/policy/policy.ts';
import { termsOf } from '../../../shared/policy/terms-of.ts';
import { enrichedThreat } from '../../support/decided.ts';
import { enriched } from '../../support/enriched.ts';
import { CHECKOUT, FARGATE, IMAGE, THREAT, UNSEEN } from '../enrichment/findings.ts';
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
      context: { workloads: known(services.map((tags) => ({ ...CHECKOUT, tags: known(tags) }))), isolation: FARGATE },
    },
  );

const mwi = (policy: string, finding: EnrichedFinding) => {
  const { taken, evidence } = termsOf(policyOf(policy), finding).mwi;
  return [taken, evidence];
};

const EKS = unknown('the tags of EKS workloads are not read');
const DENIED = unknown('the call was denied.');

interface Place {
  /** One workload for each; unknown: nobody knows what runs it. */
  readonly workloads?: readonly Known<Tags>[] | 'unknown';
  readonly incomplete?: string;
  readonly repository?: Known<Tags>;
  readonly resource?: Tags;
}

const placed = ({ workloads = [EKS], incomplete, repository = known({}), resource = {} }: Place): EnrichedFinding =>
  enriched(
    { resourceTags: resource },
    {
      repositoryTags: repository,
      context:
        workloads === 'unknown'
          ? UNSEEN
          : {
              workloads: {
                ...known(workloads.map((tags, at) => ({ ...CHECKOUT, name: `shop/Deployment/${at}`, tags }))),
                ...(incomplete !== undefined && { incomplete }),
              },
              isolation: FARGATE,
            },
    },
  );

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

  const ANY = ['low', 'medium', 'high'];
  const ELSEWHERE = 'the tags of what may run it elsewhere are not known';
  const REGISTRY_LOW = 'context: [{id: a, match: {accounts: ["111122223333"]}, criticality: low}]';
  const OTHER_HIGH = 'context: [{id: a, match: {accounts: ["444455556666"]}, criticality: high}';
  const FOR_TEST = 'nobody states a criticality and the policy’s default environment is test';

  it.each<[string, string, Place, readonly string[], string, string]>([
    [
      'what runs it is not known',
      '',
      { workloads: 'unknown' },
      ANY,
      'medium',
      'the policy’s default; the tags of what runs it are not known',
    ],
    [
      'what else runs it is not known',
      '',
      { workloads: [known({})], incomplete: 'Inspector was not asked' },
      ['medium', 'high'],
      'medium',
      'the policy’s default; the tags of what else may run it are not known',
    ],
    [
      'what else runs it is not known, and a tag says low',
      '',
      { workloads: [known({ criticality: 'low' })], incomplete: 'Inspector was not asked' },
      ANY,
      'medium',
      'the policy’s default; the tags of what else may run it are not known',
    ],
    [
      'the tags of what runs it are not read',
      '',
      { workloads: [EKS] },
      ANY,
      'medium',
      'the policy’s default; the workload’s tags are not known: the tags of EKS workloads are not read',
    ],
    [
      'the repository’s tags are not known',
      '',
      { workloads: [known({})], repository: DENIED },
      ANY,
      'medium',
      'the policy’s default; the repository’s tags are not known: the call was denied',
    ],
    [
      'nothing is known of it',
      '',
      { workloads: 'unknown', repository: DENIED },
      ANY,
      'medium',
      'the policy’s default; the tags of what runs it are not known; the repository’s tags are not known: the call was denied',
    ],
    [
      'nothing is known and it is for test',
      'defaults: {environment: test}',
      { workloads: 'unknown' },
      ANY,
      'low',
      `${FOR_TEST}; the tags of what runs it are not known`,
    ],
    [
      'the default is high',
      'defaults: {criticality: high}',
      { workloads: 'unknown' },
      ANY,
      'high',
      'the policy’s default; the tags of what runs it are not known',
    ],
    [
      'harm is irreversible, as its repository says',
      '',
      { repository: known({ wellbeing: 'irreversible' }) },
      ANY,
      'high',
      'the policy’s default, the repository’s tag wellbeing says irreversible; the workload’s tags are not known: the tags of EKS workloads are not read',
    ],
    [
      'harm is material, as its repository says',
      'defaults: {criticality: low}',
      { repository: known({ wellbeing: 'material' }) },
      ANY,
      'medium',
      'the policy’s default, the repository’s tag wellbeing says material; the workload’s tags are not known: the tags of EKS workloads are not read',
    ],
    [
      'one of its workloads is not read, and on the other much depends',
      '',
      { workloads: [known({ criticality: 'high' }), EKS] },
      ['high'],
      'high',
      'the workload’s tag criticality says high',
    ],
    [
      'one of its workloads is not read, and the other is stated',
      '',
      { workloads: [known({ criticality: 'medium' }), EKS] },
      ['medium', 'high'],
      'medium',
      'the workload’s tag criticality says medium; the workload’s tags are not known: the tags of EKS workloads are not read',
    ],
    [
      'a rule says it',
      'context: [{id: a, criticality: low}]',
      { workloads: 'unknown', repository: DENIED },
      ['low'],
      'low',
      'policy rule a says criticality low',
    ],
    [
      'a rule says something else',
      'context: [{id: a, environment: staging}]',
      { workloads: 'unknown' },
      ANY,
      'medium',
      'the policy’s default; the tags of what runs it are not known',
    ],
    [
      'the repository says it, and the workloads may say something else',
      '',
      { workloads: [EKS, EKS], repository: known({ criticality: 'low' }) },
      ANY,
      'low',
      'the repository’s tag criticality says low; the workload’s tags are not known: the tags of EKS workloads are not read',
    ],
    [
      'the resource of the finding says it, and others may say something else',
      '',
      { workloads: 'unknown', repository: DENIED, resource: { criticality: 'medium' } },
      ANY,
      'medium',
      'the resource’s tag criticality says medium; the tags of what runs it are not known; the repository’s tags are not known: the call was denied',
    ],
    ['nothing is known to run it', '', { workloads: [] }, ANY, 'medium', `the policy’s default; ${ELSEWHERE}`],
    [
      'nothing is known to run it, and its repository says low',
      '',
      { workloads: [], repository: known({ criticality: 'low' }) },
      ANY,
      'low',
      `the repository’s tag criticality says low; ${ELSEWHERE}`,
    ],
    [
      'nothing is known to run it, and a rule speaks of its repository',
      PAYMENTS,
      { workloads: [] },
      ['high'],
      'high',
      'policy rule payments says criticality high',
    ],
    [
      'its registry’s account is for trials, and what runs it is not known',
      REGISTRY_LOW,
      { workloads: 'unknown' },
      ANY,
      'low',
      'policy rule a says criticality low; whether policy rule a matches is not known',
    ],
    [
      'its registry’s account is for trials, and so is the workload’s',
      REGISTRY_LOW,
      { workloads: [EKS] },
      ['low'],
      'low',
      'policy rule a says criticality low',
    ],
    [
      'a rule of a place comes first, and what runs it is not known',
      `${OTHER_HIGH}, {id: b, criticality: low}]`,
      { workloads: 'unknown' },
      ANY,
      'low',
      'policy rule b says criticality low; whether policy rule a matches is not known',
    ],
    [
      'a rule of another place comes first, and what runs it is known',
      `${OTHER_HIGH}, {id: b, criticality: low}]`,
      { workloads: [EKS] },
      ['low'],
      'low',
      'policy rule b says criticality low',
    ],
    [
      'a rule of a tag comes first, and the tags are not read',
      'context: [{id: a, match: {resourceTags: {tier: ["1"]}}, criticality: high}, {id: b, criticality: low}]',
      { workloads: [EKS] },
      ANY,
      'low',
      'policy rule b says criticality low; whether policy rule a matches is not known',
    ],
    [
      'a rule of a tag comes first, and all tags were read',
      'context: [{id: a, match: {resourceTags: {tier: ["1"]}}, criticality: high}, {id: b, criticality: low}]',
      { workloads: [known({})] },
      ['low'],
      'low',
      'policy rule b says criticality low',
    ],
    [
      'a rule of a tag alone may match, and the service says low',
      'context: [{id: a, match: {resourceTags: {tier: ["1"]}}, criticality: high}]',
      { workloads: [known({ criticality: 'low' })], repository: DENIED },
      ANY,
      'low',
      'the workload’s tag criticality says low; whether policy rule a matches is not known',
    ],
    [
      'harm is irreversible, as the workload says',
      '',
      { workloads: [known({ wellbeing: 'irreversible' })], repository: DENIED },
      ['high'],
      'high',
      'the policy’s default, the workload’s tag wellbeing says irreversible; the repository’s tags are not known: the call was denied',
    ],
  ])('when %s is as far as that is known', (_title, policy, place, possible, taken, evidence) => {
    expect(termsOf(policyOf(policy), placed(place)).mwi).toEqual({ possible, taken, evidence });
  });

  it.each<[string, Tags, Tags, readonly string[], string, string]>([
    [
      'criticality',
      { criticality: 'critical', env: 'test' },
      {},
      ANY,
      'medium',
      'the policy’s default; the service’s tag criticality is not understood',
    ],
    [
      'wellbeing',
      { wellbeing: 'fatal', env: 'test' },
      {},
      ['medium', 'high'],
      'medium',
      'the policy’s default; the service’s tag wellbeing is not understood',
    ],
    [
      'wellbeing, beside a criticality',
      { wellbeing: 'fatal', criticality: 'low' },
      {},
      ANY,
      'low',
      'the service’s tag criticality says low; the service’s tag wellbeing is not understood',
    ],
    [
      'criticality, wellbeing and environment',
      { criticality: 'tier-1', wellbeing: 'fatal', env: 'prd' },
      {},
      ANY,
      'medium',
      'the policy’s default; the service’s tags criticality, wellbeing and env are not understood',
    ],
    [
      'criticality, here and there',
      { criticality: 'tier-1', env: 'prd' },
      { criticality: 'tier-2' },
      ANY,
      'medium',
      'the policy’s default; the service’s tags criticality and env are not understood; the repository’s tag criticality is not understood',
    ],
    [
      'environment, beside a criticality',
      { criticality: 'low', env: 'prd' },
      {},
      ['low'],
      'low',
      'the service’s tag criticality says low; the service’s tag env is not understood',
    ],
    [
      'criticality and says one elsewhere',
      { criticality: 'critical', env: 'test' },
      { criticality: 'low' },
      ANY,
      'low',
      'the repository’s tag criticality says low; the service’s tag criticality is not understood',
    ],
    [
      'wellbeing and says one elsewhere',
      { wellbeing: 'fatal', env: 'test' },
      { wellbeing: 'minimal' },
      ANY,
      'low',
      'nobody states a criticality and the service’s tag env says test; the service’s tag wellbeing is not understood',
    ],
    [
      'environment and says one elsewhere',
      { env: 'prd' },
      { env: 'test' },
      ['low', 'medium'],
      'low',
      'nobody states a criticality and the repository’s tag env says test; the service’s tag env is not understood',
    ],
  ])(
    'is not taken to be stated by nobody where a tag says a strange %s',
    (_title, service, repository, possible, taken, evidence) => {
      const finding = tagged({ services: [service], repository });
      expect(termsOf(BUILT_IN_POLICY, finding).mwi).toEqual({ possible, taken, evidence });
    },
  );

  it('is not lowered by a default environment where a tag says a strange one', () => {
    expect(mwi('defaults: {environment: test}', tagged({ services: [{ env: 'prd' }] }))).toEqual([
      'medium',
      'the policy’s default; the service’s tag env is not understood',
    ]);
  });

  it.each([
    ['service:checkout', 'the service’s'],
    ['family:batch', 'the workload’s'],
    ['shop/Deployment/checkout', 'the workload’s'],
    ['arn:aws:ecs:eu-west-1:111122223333:task/shop/1', 'the workload’s'],
  ])('is read from the tags of %s as %s', (name, whose) => {
    const context = {
      workloads: known([{ ...CHECKOUT, name, tags: known({ criticality: 'low' }) }]),
      isolation: FARGATE,
    };
    expect(mwi('', enriched({}, { context }))).toEqual(['low', `${whose} tag criticality says low`]);
  });

  it.each<[string, Known<Tags>, Tags, string, string]>([
    [
      'its image’s repository',
      known({ criticality: 'high' }),
      {},
      'high',
      'the repository’s tag criticality says high; the service’s tags are not known: the orchestrator could not be asked for them',
    ],
    [
      'the resource that it names, and nobody takes it for the service',
      known({}),
      { criticality: 'low' },
      'low',
      'the resource’s tag criticality says low; the service’s tags are not known: the orchestrator could not be asked for them',
    ],
    [
      'nothing that was read',
      DENIED,
      {},
      'medium',
      'the policy’s default; the service’s tags are not known: the orchestrator could not be asked for them; the repository’s tags are not known: the call was denied',
    ],
  ])('of a threat is read from %s, and stays open', (_title, repository, resource, taken, evidence) => {
    const finding = { resourceTags: resource, workload: { type: 'service', name: 'checkout' } };
    const workload = workloadFromThreat({ ...THREAT, ...finding });
    const context = { workloads: known(workload ? [workload] : []), isolation: FARGATE };
    expect(termsOf(BUILT_IN_POLICY, enrichedThreat(finding, known(IMAGE), context, repository)).mwi).toEqual({
      possible: ANY,
      taken,
      evidence,
    });
  });

  it.each<[string, string, string]>([
    ['where the workload runs', '444455556666', 'high'],
    ['not where its registry is', '111122223333', 'medium'],
  ])('by an account is %s', (_title, account, value) => {
    const elsewhere = { ...CHECKOUT, clusterArn: 'arn:aws:ecs:us-east-1:444455556666:cluster/shop' };
    const finding = enriched({}, { context: { workloads: known([elsewhere]), isolation: FARGATE } });
    expect(mwi(`context: [{id: a, match: {accounts: ["${account}"]}, criticality: high}]`, finding)[0]).toBe(value);
  });

  it('is a range around the taken value, and says nothing of what strangers wrote, whatever the tags', () => {
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
        expect('low medium high').toContain(selection.possible.join(' '));
        expect(selection.possible).toContain(selection.taken);
        expect(selection.evidence).toMatch(
          /^(the policy’s default|nobody states a criticality and )?((, )?(the (service|repository|resource|policy)’s (tag|default) (criticality|wellbeing|environment|env) (says|is) [a-z]+))*(; the (service|repository|resource)’s (tag [a-z]+ is|tags [a-z]+(, [a-z]+)* and [a-z]+ are) not understood)*(; the tags of what may run it elsewhere are not known)?$/,
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
