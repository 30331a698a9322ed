import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../shared/base/known.ts';
import type { EnrichedFinding } from '../../../shared/enrichment/enriched-finding.ts';
import { handlingOf } from '../../../shared/policy/handling-of.ts';
import type { Outcome } from '../../../shared/priority/decision.ts';
import { enrichedThreat } from '../../support/decided.ts';
import { enriched } from '../../support/enriched.ts';
import { CHECKOUT, FARGATE, IMAGE, OPENSSL, UNKNOWN_IMAGE } from '../enrichment/findings.ts';
import { policyOf, TODAY } from './policies.ts';

const FINDING = enriched();
const ZLIB = { ...OPENSSL, name: 'zlib1g' };

const running = (...environments: readonly string[]) =>
  enriched(
    {},
    { context: { workloads: known(environments.map((env) => ({ ...CHECKOUT, tags: { env } }))), isolation: FARGATE } },
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
    ['never with a mention below the chat threshold', 'thresholds: {chat: act, mention: track}', 'attend', [], false],
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
  const ADVISORY = { vulnerabilityId: 'ALAS-2024-1', relatedIds: ['CVE-2024-1', 'CVE-2024-2'] };

  it.each<[string, string, EnrichedFinding, boolean]>([
    ['by its id', '{vulnerabilities: [CVE-2024-6119]}', FINDING, true],
    ['by its id in other case', '{vulnerabilities: [cve-2024-6119]}', FINDING, true],
    ['by another id', '{vulnerabilities: [CVE-2024-9999]}', FINDING, false],
    ['by all the CVEs of an advisory', '{vulnerabilities: [CVE-2024-1, CVE-2024-2]}', enriched(ADVISORY), true],
    ['by one of two CVEs of an advisory', '{vulnerabilities: [CVE-2024-1]}', enriched(ADVISORY), false],
    ['by the id of an advisory', '{vulnerabilities: [ALAS-2024-1]}', enriched(ADVISORY), true],
    [
      'by a CVE that is only related to another',
      '{vulnerabilities: [CVE-2024-1]}',
      enriched({ relatedIds: ['CVE-2024-1'] }),
      false,
    ],
    ['by its package', '{packages: ["open*"]}', FINDING, true],
    ['by one of its packages', '{packages: [openssl]}', enriched({ packages: [OPENSSL, ZLIB] }), false],
    ['by all of its packages', '{packages: [openssl, zlib*]}', enriched({ packages: [OPENSSL, ZLIB] }), true],
    ['by packages, where it has none', '{packages: ["*"]}', enriched({ packages: [] }), false],
    [
      'by packages, where not all are known',
      '{packages: ["*"]}',
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
    ['by a repository that is not known', '{repositories: ["*"]}', enrichedThreat({}, unknown('no image')), false],
    ['by its threat type', '{threatTypes: ["*:Runtime/*"]}', enrichedThreat(), true],
    ['by a threat type, where it is none', '{threatTypes: ["*"]}', FINDING, false],
    ['by kind and repository', '{repositories: ["*"], kinds: [threat]}', FINDING, false],
    ['in the other Region', '{repositories: ["*"], regions: [us-east-1]}', FINDING, false],
    ['in test, where it runs in test only', '{repositories: ["*"], environments: [test]}', running('test'), true],
    [
      'in test, where it runs in production too',
      '{repositories: ["*"], environments: [test]}',
      running('test', 'prod'),
      false,
    ],
  ])('%s', (_title, match, finding, accepted) => {
    expect(handled(suppressing(match), finding).suppressed !== undefined).toBe(accepted);
  });

  it('is told to nobody, and says why and until when', () => {
    expect(handled(suppressing('{repositories: ["*"]}'), FINDING, 'act')).toEqual({
      suppressed: { rule: 'accepted', reason: 'not reachable', owner: 'me', expires: '2027-01-31' },
      destinations: [],
      mention: false,
    });
  });

  it.each([
    ['2027-01-31', true],
    ['2027-02-01', false],
  ])('until its last day: on %s %s', (today, accepted) => {
    expect(handled(suppressing('{repositories: ["*"]}'), FINDING, 'act', today).suppressed !== undefined).toBe(
      accepted,
    );
  });
});
