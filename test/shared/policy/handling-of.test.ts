import { describe, expect, it } from 'vitest';
import { type Known, known, unknown } from '../../../shared/base/known.ts';
import type { Tags } from '../../../shared/base/tags.ts';
import type { EnrichedFinding } from '../../../shared/enrichment/enriched-finding.ts';
import { handlingOf } from '../../../shared/policy/handling-of.ts';
import type { Outcome } from '../../../shared/priority/decision.ts';
import { enrichedIssue, enrichedThreat } from '../../support/decided.ts';
import { enriched } from '../../support/enriched.ts';
import { CHECKOUT, FARGATE, IMAGE, NOWHERE, OPENSSL, UNKNOWN_IMAGE, UNSEEN } from '../enrichment/findings.ts';
import { policyOf, TODAY } from './policies.ts';

const FINDING = enriched();
const ZLIB = { ...OPENSSL, name: 'zlib1g' };

const running = (...environments: readonly string[]) =>
  enriched(
    {},
    {
      context: {
        workloads: known(environments.map((env) => ({ ...CHECKOUT, tags: known({ env }) }))),
        isolation: FARGATE,
      },
    },
  );

const handled = (policy: string, finding: EnrichedFinding, outcome: Outcome = 'attend', today = TODAY) =>
  handlingOf(policyOf(policy), finding, { outcome }, today);

describe('who is told', () => {
  it.each<[string, string, Outcome, readonly string[], boolean]>([
    ['everything by default', '', 'track', ['slack'], false],
    ['with a mention from act on', '', 'act', ['slack'], true],
    ['nobody below the chat threshold', 'thresholds: {chat: attend}', 'track*', [], false],
    ['at the chat threshold', 'thresholds: {chat: attend}', 'attend', ['slack'], false],
    ['with a mention from its threshold on', 'thresholds: {mention: attend}', 'attend', ['slack'], true],
    ['never with a mention below the chat threshold', 'thresholds: {chat: act, mention: act}', 'attend', [], false],
  ])('is %s', (_title, policy, outcome, destinations, mention) => {
    expect(handled(policy, FINDING, outcome)).toEqual({ destinations, mention });
  });

  it.each<[string, string, Outcome, readonly string[], string | undefined]>([
    [
      'the first rule that matches says',
      'routing: [{id: a, match: {repositories: [shop/*]}, to: []}, {id: b, to: [slack]}]',
      'act',
      [],
      'a',
    ],
    [
      'the next rule says, where one does not match',
      'routing: [{id: a, match: {repositories: [pay/*]}, to: []}, {id: b, to: [slack]}]',
      'track',
      ['slack'],
      'b',
    ],
    [
      'everybody, where no rule matches',
      'routing: [{id: a, match: {kinds: [threat]}, to: []}]',
      'track',
      ['slack'],
      undefined,
    ],
    ['nobody below the rule’s own threshold', 'routing: [{id: a, to: [slack], from: act}]', 'attend', [], 'a'],
    [
      'from the rule’s own threshold on, below the chat threshold',
      'thresholds: {chat: act}\nrouting: [{id: a, to: [slack], from: track}]',
      'track',
      ['slack'],
      'a',
    ],
    ['by its decision', 'routing: [{id: a, match: {decisions: [track, "track*"]}, to: []}]', 'track*', [], 'a'],
    [
      'by another decision',
      'routing: [{id: a, match: {decisions: [track, "track*"]}, to: []}]',
      'attend',
      ['slack'],
      undefined,
    ],
    ['by the image’s tag', 'routing: [{id: a, match: {imageTags: ["1.*"]}, to: []}]', 'act', [], 'a'],
  ])('is as %s', (_title, policy, outcome, destinations, route) => {
    const handling = handled(policy, FINDING, outcome);
    expect([handling.destinations, handling.route]).toEqual([destinations, route]);
  });

  it.each<[string, string, Outcome, readonly string[]]>([
    ['nobody below attend, whatever opens a message of vulnerabilities', '', 'track*', []],
    ['everybody from attend on', '', 'attend', ['slack']],
    ['nobody below their own threshold', 'thresholds: {image: act}', 'attend', []],
    ['everybody from their own threshold on', 'thresholds: {chat: act, image: track}', 'track', ['slack']],
    ['nobody below the chat threshold, where they have none of their own', 'thresholds: {chat: act}', 'attend', []],
    ['as a rule says', 'routing: [{id: a, match: {kinds: [image]}, to: [slack], from: track}]', 'track', ['slack']],
    ['as a rule without a threshold of its own says', 'routing: [{id: a, to: [slack]}]', 'track*', []],
    [
      'not as a rule for vulnerabilities says',
      'routing: [{id: a, match: {kinds: [vulnerability]}, to: [], }]',
      'act',
      ['slack'],
    ],
    ['as a rule for its own rule says', 'routing: [{id: a, match: {rules: [IMG-00*]}, to: []}]', 'act', []],
    ['not as a rule for another rule says', 'routing: [{id: a, match: {rules: [IMG-055]}, to: []}]', 'act', ['slack']],
    ['as a rule for its tag says', 'routing: [{id: a, match: {imageTags: ["1.*"]}, to: []}]', 'act', []],
  ])('is, of what the rules say of an image, %s', (_title, policy, outcome, destinations) => {
    expect(handled(policy, enrichedIssue(), outcome).destinations).toEqual(destinations);
  });

  const TRIALS = 'routing: [{id: trials, match: {environments: [test, sandbox]}, to: []}]';

  it.each<[string, readonly string[], readonly string[], string | undefined]>([
    ['nobody, when all of its workloads are for trials', ['test', 'sandbox'], [], 'trials'],
    ['those of the other workload too', ['test', 'production'], ['slack'], undefined],
    ['everybody, where nothing says what it is for', ['qa'], ['slack'], undefined],
  ])('is %s', (_title, environments, destinations, route) => {
    const handling = handled(TRIALS, running(...environments));
    expect([handling.destinations, handling.route]).toEqual([destinations, route]);
  });
});

const suppressing = (match: string): string =>
  `suppressions: [{id: accepted, match: ${match}, reason: not reachable, owner: me, expires: 2027-01-31}]`;

describe('what is accepted', () => {
  const ADVISORY = { vulnerabilityId: 'ALAS-2024-1', relatedIds: ['CVE-2024-1001', 'CVE-2024-1002'] };

  it.each<[string, string, EnrichedFinding, boolean]>([
    ['by its id', '{vulnerabilities: [CVE-2024-6119]}', FINDING, true],
    ['by its id in other case', '{vulnerabilities: [cve-2024-6119]}', FINDING, true],
    ['by another id', '{vulnerabilities: [CVE-2024-9999]}', FINDING, false],
    ['by all the CVEs of an advisory', '{vulnerabilities: [CVE-2024-1001, CVE-2024-1002]}', enriched(ADVISORY), true],
    ['by one of two CVEs of an advisory', '{vulnerabilities: [CVE-2024-1001]}', enriched(ADVISORY), false],
    ['by the id of an advisory', '{vulnerabilities: [ALAS-2024-1]}', enriched(ADVISORY), true],
    [
      'by a CVE that is only related to another',
      '{vulnerabilities: [CVE-2024-1001]}',
      enriched({ relatedIds: ['CVE-2024-1001'] }),
      false,
    ],
    ['by the repository of an image rule', '{kinds: [image], repositories: [shop/*]}', enrichedIssue(), true],
    ['by the repository, of another kind', '{kinds: [image], repositories: [shop/*]}', FINDING, false],
    ['by a package, where it is an image rule', '{packages: ["*o*"]}', enrichedIssue(), false],
    ['by a CVE, where it is an image rule', '{vulnerabilities: [CVE-2024-6119]}', enrichedIssue(), false],
    ['by its package', '{packages: ["open*"]}', FINDING, true],
    ['by one of its packages', '{packages: [openssl]}', enriched({ packages: [OPENSSL, ZLIB] }), false],
    ['by all of its packages', '{packages: [openssl, zlib*]}', enriched({ packages: [OPENSSL, ZLIB] }), true],
    ['by packages, where it has none', '{packages: ["*o*"]}', enriched({ packages: [] }), false],
    [
      'by packages, where not all are known',
      '{packages: ["open*"]}',
      enriched({ packages: Array(101).fill(OPENSSL) }),
      false,
    ],
    ['by its repository', '{repositories: ["shop/*"]}', FINDING, true],
    [
      'by the repository of an image that is not known',
      '{repositories: ["shop/*"]}',
      enriched({ image: UNKNOWN_IMAGE }),
      true,
    ],
    ['by the repository of a threat’s image', '{repositories: ["shop/*"]}', enrichedThreat({}, known(IMAGE)), true],
    ['by a repository that is not known', '{repositories: ["*o*"]}', enrichedThreat({}, unknown('no image')), false],
    ['by its rule', '{rules: [IMG-055, IMG-001]}', enrichedIssue(), true],
    ['by a pattern of its rule', '{rules: ["IMG-00*"]}', enrichedIssue(), true],
    ['by another rule', '{rules: [IMG-055]}', enrichedIssue(), false],
    ['by its rule in another repository', '{rules: [IMG-001], repositories: [pay/*]}', enrichedIssue(), false],
    ['by a rule, where it is a vulnerability', '{rules: ["*0*"]}', FINDING, false],
    ['by its threat type', '{threatTypes: ["*:Runtime/*"]}', enrichedThreat(), true],
    ['by a threat type, where it is none', '{threatTypes: ["*:*"]}', FINDING, false],
    ['by kind and repository', '{repositories: ["shop/*"], kinds: [threat]}', FINDING, false],
    ['in the other Region', '{repositories: ["shop/*"], regions: [us-east-1]}', FINDING, false],
    ['in test, where it runs in test only', '{repositories: ["shop/*"], environments: [test]}', running('test'), true],
    [
      'in test, where it runs in production too',
      '{repositories: ["shop/*"], environments: [test]}',
      running('test', 'prod'),
      false,
    ],
  ])('%s', (_title, match, finding, accepted) => {
    expect(handled(suppressing(match), finding).suppressed !== undefined).toBe(accepted);
  });

  const PARTLY = enriched(
    { resourceTags: { team: 'shop' } },
    {
      context: {
        workloads: { ...known([{ ...CHECKOUT, tags: known({ env: 'test' }) }]), incomplete: 'EKS was not asked' },
        isolation: FARGATE,
      },
    },
  );
  const unseen = enriched({ resourceTags: { team: 'shop', env: 'test' } }, { context: UNSEEN });
  const idle = enriched({ resourceTags: { team: 'shop', env: 'test' } }, { context: NOWHERE });
  const threat = enrichedThreat({ resourceTags: { team: 'shop', env: 'test' } }, known(IMAGE), UNSEEN);
  const everyEnvironment = 'environments: [sandbox, test, development, staging, production]';

  it.each<[string, string, boolean, boolean, boolean, boolean]>([
    ['nothing of the place', '', true, true, true, true],
    ['the account', 'accounts: ["111122223333"]', false, false, false, true],
    ['the Region', 'regions: [eu-west-1]', false, false, false, true],
    ['the environment', 'environments: [test]', false, false, false, false],
    ['any environment', everyEnvironment, false, false, false, false],
    ['a tag', 'resourceTags: {team: [shop]}', false, false, false, false],
  ])(
    'by %s: nothing is known to run it %s, nobody knows what runs it %s, or what else does %s, of a threat %s',
    (_title, place, ofIdle, ofUnseen, ofPartly, ofThreat) => {
      const match = `{repositories: ["shop/*"]${place && `, ${place}`}}`;
      const accepted = [idle, unseen, PARTLY, threat].map(
        (finding) => handled(suppressing(match), finding).suppressed !== undefined,
      );
      expect(accepted).toEqual([ofIdle, ofUnseen, ofPartly, ofThreat]);
    },
  );

  const EKS = unknown('the tags of EKS workloads are not read');
  const place = (tags: Known<Tags>, repositoryTags: Known<Tags> = known({})) =>
    enriched({}, { repositoryTags, context: { workloads: known([{ ...CHECKOUT, tags }]), isolation: FARGATE } });

  it.each<[string, EnrichedFinding, boolean]>([
    ['the workload’s tag says', place(known({ env: 'test' }), unknown('denied')), true],
    ['the repository’s tag says, and the workload says nothing', place(known({}), known({ env: 'test' })), true],
    ['the repository’s tag says, and the workload’s were not read', place(EKS, known({ env: 'test' })), false],
    [
      'the repository’s tag says, and the workload a strange word',
      place(known({ env: 'prd' }), known({ env: 'test' })),
      false,
    ],
    ['one tag says, and another on the workload is strange', place(known({ env: 'test', environment: 'prd' })), false],
    ['nobody says, and all tags were read', place(known({})), true],
    ['nobody says, and the workload’s tags were not read', place(unknown('not read')), false],
    ['nobody says, and the repository’s tags were not read', place(known({}), unknown('denied')), false],
    ['a strange word says', place(known({ env: 'prd' })), false],
  ])('by an environment that %s', (_title, finding, accepted) => {
    const policy = `defaults: {environment: test}\n${suppressing('{repositories: ["shop/*"], environments: [test]}')}`;
    expect(handled(policy, finding).suppressed !== undefined).toBe(accepted);
  });

  it.each<[string, string, boolean]>([
    ['matches', '{id: a, match: {repositories: [shop/*]}, environment: test}', true],
    [
      'comes after one that may match',
      '{id: a, match: {resourceTags: {tier: ["1"]}}, environment: production}, {id: b, environment: test}',
      false,
    ],
  ])('by an environment that a context rule says which %s', (_title, rules, accepted) => {
    const policy = `context: [${rules}]\n${suppressing('{repositories: ["shop/*"], environments: [test]}')}`;
    expect(handled(policy, place(EKS)).suppressed !== undefined).toBe(accepted);
  });

  it('says in a route to nobody nothing of workloads that are not known', () => {
    const policy = 'routing: [{id: trials, match: {environments: [test]}, to: []}]';
    expect(handled(policy, PARTLY).destinations).toEqual(['slack']);
  });

  it('is told to nobody, and says why and until when', () => {
    expect(handled(suppressing('{repositories: ["shop/*"]}'), FINDING, 'act')).toEqual({
      suppressed: { rule: 'accepted', reason: 'not reachable', owner: 'me', expires: '2027-01-31' },
      destinations: [],
      mention: false,
    });
  });

  it.each([
    ['2027-01-31', true],
    ['2027-02-01', false],
  ])('until its last day: on %s %s', (today, accepted) => {
    expect(handled(suppressing('{repositories: ["shop/*"]}'), FINDING, 'act', today).suppressed !== undefined).toBe(
      accepted,
    );
  });
});
