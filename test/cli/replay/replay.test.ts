import { describe, expect, it } from 'vitest';
import { createReplay, type ReplayOptions } from '../../../cli/replay/replay.ts';
import { ReplayLine } from '../../../cli/replay/replay-line.ts';
import type { KevList } from '../../../shared/evidence/kev-list.ts';
import { BUILT_IN_POLICY, type Policy } from '../../../shared/policy/policy.ts';
import { baseEvent } from '../../shared/events/base-event.ts';

const event = (name: string, changes: Readonly<Record<string, unknown>> = {}): unknown =>
  JSON.parse(baseEvent(name, changes));

/** The answers to the items, one after the other; every one fits the schema of the output. */
const replayed = (...items: readonly unknown[]) => replayedWith({}, ...items);

const replayedWith = async (options: ReplayOptions, ...items: readonly unknown[]) => {
  const answer = createReplay(options);
  const lines = [];
  for (const item of items) {
    const line = await answer(item);
    ReplayLine.parse({ file: 'event.json', ...line });
    lines.push(line);
  }
  return lines;
};

describe('an event that is replayed', () => {
  it('of an image push is recorded, with the bytes that are absent and the dossier unknown', async () => {
    expect(await replayed(event('ecr-image-push'))).toEqual([
      {
        detailType: 'ECR Image Action',
        outcome: 'recorded',
        reason: 'a replay reads no registry: the dossier of the image is unknown',
        decisions: [],
        asff: [],
      },
    ]);
  });

  it('of a vulnerability is decided, with its reason and what is unknown', async () => {
    const [line] = await replayed(event('inspector-finding'));
    expect(line).toMatchObject({ detailType: 'Inspector2 Finding', outcome: 'decided' });
    expect(line).not.toHaveProperty('reason');
    expect(line?.decisions).toEqual([
      {
        finding: 'inspector2-1400c2183d8e67711f77a28e66351dc7d41c1eb0',
        decision: 'track',
        score: 26,
        label: 'LOW',
        reason:
          'Track: a public exploit exists (Inspector knows an exploit, of 2026-03-01), it can be automated but gives only partial control; where it runs is not known',
        sourceId: 'arn:aws:inspector2:eu-west-1:111122223333:finding/0123456789abcdef0123456789abcdef',
        kind: 'vulnerability',
        status: 'active',
        title: 'CVE-2026-10001 - libexample3, org.example:example',
        scheme: 'vulnerability-v1+cisa-coordinator-2.0.3',
        base: 'track',
        rules: [],
        factors: { severity: 22, exploitation: 12, epss: 8, exposure: 10, isolation: 8, asset: 6 },
        points: expect.arrayContaining([
          {
            name: 'Exploitation',
            possible: ['public poc', 'active'],
            taken: 'public poc',
            evidence: 'Inspector knows an exploit, of 2026-03-01',
          },
        ]),
        worst: { outcome: 'act', if: 'CISA lists it as exploited, and much depends on the workload' },
        due: { because: 'with the next rebuild, by the policy' },
        bod2604: '60 days',
        references: expect.arrayContaining([
          { standard: 'NIST SP 800-190', id: '3.1.1', title: 'Image vulnerabilities' },
        ]),
        fix: {
          kind: 'upgrade-packages',
          packages: [
            { name: 'libexample3', installed: '3.0.17-1~deb12u4', fixed: '3.0.20-1~deb12u1' },
            { name: 'org.example:example', installed: '4.1' },
          ],
        },
        handling: { destinations: ['slack'], mention: false },
        unknowns: expect.arrayContaining([
          'where it runs is not known: a replay asks no account',
          'the instruction is not known: there is no dossier of the image: a replay reads no registry',
        ]),
        remainingBarriers: [],
      },
    ]);
  });

  it.each<[string, string, string, string]>([
    ['guardduty-ecs-fargate', 'track*', 'runs on ECS Fargate (VM boundary)', '60 days by the policy'],
    ['guardduty-eks-node', 'act', 'runs on an EKS node (weak isolation)', '3 days by the policy'],
    ['guardduty-attack-sequence-ecs', 'act', 'an attack sequence is always acted on', '3 days by the policy'],
  ])('of a threat (%s) is decided by what it says itself: %s', async (name, decision, reason, because) => {
    const [line] = await replayed(event(name));
    expect(line).toMatchObject({
      outcome: 'decided',
      decisions: [
        {
          kind: 'threat',
          decision,
          reason: expect.stringContaining(reason),
          due: { because: expect.stringContaining(because) },
        },
      ],
      asff: [{ GeneratorId: 'sekisho/threat' }],
    });
  });

  it('comes with what is sent to the Security Hub of its own account and Region', async () => {
    const changes = { account: '444455556666', region: 'eu-central-1' };
    const [line] = await replayed(event('inspector-finding', changes));
    expect(line?.asff).toEqual([
      expect.objectContaining({
        Id: 'sekisho/inspector2-1400c2183d8e67711f77a28e66351dc7d41c1eb0',
        ProductArn: 'arn:aws:securityhub:eu-central-1:444455556666:product/444455556666/default',
        AwsAccountId: '444455556666',
        UpdatedAt: '2026-03-02T09:20:05.900Z',
        RecordState: 'ACTIVE',
      }),
    ]);
  });

  it.each([
    ['CLOSED', 'closed'],
    ['SUPPRESSED', 'suppressed'],
  ])('of a finding that is %s is sent as archived', async (status, told) => {
    const [line] = await replayed(event('inspector-finding', { 'detail.status': status }));
    expect(line).toMatchObject({ decisions: [{ status: told }], asff: [{ RecordState: 'ARCHIVED' }] });
  });

  it.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['ecr-image-push', { 'detail.repository-name': '' }, 'The event has no usable detail.repository-name.'],
    ['inspector-finding', { 'detail.findingArn': undefined }, 'The event has no usable detail.findingArn.'],
    ['guardduty-ecs-fargate', { 'detail.severity': 'high' }, 'The event has no usable detail.severity.'],
    ['ecr-image-push', { time: 'yesterday' }, 'The event has no usable time.'],
  ])('(%s) that a function would dead-letter for %o is rejected with its code', async (name, changes, reason) => {
    const [line] = await replayed(event(name, changes));
    expect(line).toMatchObject({ outcome: 'rejected', reason: `EVENT_INVALID: ${reason}`, decisions: [], asff: [] });
  });

  it('of a push without a usable digest is recorded, with the image unknown', async () => {
    expect(await replayed(event('ecr-image-push', { 'detail.image-digest': 'sha256:1' }))).toEqual([
      {
        detailType: 'ECR Image Action',
        outcome: 'recorded',
        reason: 'the push to shop/checkout names no usable digest: its image is unknown',
        decisions: [],
        asff: [],
      },
    ]);
  });

  it('of a vulnerability whose image has no usable digest is decided, with the image unknown', async () => {
    const [line] = await replayed(
      event('inspector-finding', {
        region: 'us-gov-west-1',
        'detail.resources.0.id': 'checkout',
        'detail.resources.0.details': null,
      }),
    );
    expect(line).toMatchObject({
      outcome: 'decided',
      decisions: [
        {
          decision: 'track',
          unknowns: expect.arrayContaining([
            "the image is not known: the finding's image digest is no sha256 digest",
            "where it runs is not known: the finding's image digest is no sha256 digest",
          ]),
        },
      ],
      asff: [
        {
          ProductArn: 'arn:aws-us-gov:securityhub:us-gov-west-1:111122223333:product/111122223333/default',
          Resources: [{ Type: 'AwsEcrContainerImage', Id: 'checkout' }],
        },
      ],
    });
  });

  it('that no rule takes is ignored, with the reason', async () => {
    expect(await replayed(event('ecr-image-push', { 'detail.action-type': 'DELETE' }))).toEqual([
      {
        detailType: 'ECR Image Action',
        outcome: 'ignored',
        reason: 'the image-pushed rule does not take it: its detail.action-type is "DELETE", not "PUSH"',
        decisions: [],
        asff: [],
      },
    ]);
  });

  it('that is none is rejected without a detail-type', async () => {
    expect(await replayed({ imageDetails: [] })).toEqual([
      {
        detailType: null,
        outcome: 'rejected',
        reason:
          'it has no detail-type, source and detail: it looks like an ECR API response (imageDetails), not like an EventBridge event',
        decisions: [],
        asff: [],
      },
    ]);
  });

  it('with the names of prototypes is an event like any other', async () => {
    const text = baseEvent('ecr-image-push').replace(
      '"detail":{',
      '"__proto__":{"a":1},"detail":{"__proto__":{"b":1},"constructor":{"prototype":{"c":1}},',
    );
    const [line] = await replayed(JSON.parse(text));
    expect(line?.outcome).toBe('recorded');
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it('with a secret for a detail-type and a source shows neither', async () => {
    const secret = `ghp_${'aB3'.repeat(12)}`;
    const [line] = await replayed({ 'detail-type': secret, source: secret, detail: {} });
    expect(line?.outcome).toBe('ignored');
    expect(JSON.stringify(line)).not.toContain(secret);
  });
});

describe('the state of a replay', () => {
  const early = event('inspector-finding', { 'detail.updatedAt': '2026-03-02T09:00:00Z' });
  const late = event('inspector-finding', {
    'detail.updatedAt': '2026-03-02T10:00:00Z',
    'detail.status': 'CLOSED',
  });

  it('sends every state that is newer than those before', async () => {
    const lines = await replayed(early, late);
    expect(lines.map(({ asff }) => asff.map(({ UpdatedAt, RecordState }) => [UpdatedAt, RecordState]))).toEqual([
      [['2026-03-02T09:00:00.000Z', 'ACTIVE']],
      [['2026-03-02T10:00:00.000Z', 'ARCHIVED']],
    ]);
    expect(lines.filter((line) => 'reason' in line)).toEqual([]);
  });

  it('lets an older state end, decided but not sent', async () => {
    const [, line] = await replayed(late, early);
    expect(line).toMatchObject({
      outcome: 'decided',
      reason: 'a newer state of this finding stands, or one of the same time: nothing is sent to Security Hub',
      decisions: [{ decision: 'track', status: 'active' }],
      asff: [],
    });
  });

  it('sends the same state again as it was, and says that this changes nothing', async () => {
    const [first, again] = await replayed(early, early);
    expect(again?.asff).toEqual(first?.asff);
    expect(again).toMatchObject({
      outcome: 'decided',
      reason: 'this state of the finding came before and stands: what is sent again, Security Hub ignores',
    });
  });

  it('belongs to one replay alone, so that two say the same', async () => {
    const events = [early, event('guardduty-eks-node'), event('ecr-image-push'), late, {}, early];
    expect(await replayed(...events)).toEqual(await replayed(...events));
  });
});

const KEV: KevList = {
  version: '2026.03.01',
  loadedAt: '2026-03-01T12:00:00.000Z',
  entries: new Map([['CVE-2026-10001', { dateAdded: '2026-03-01', ransomware: true }]]),
};

describe('a replay with CISA’s list', () => {
  it('takes what is listed as exploited', async () => {
    const [line] = await replayedWith({ kev: KEV }, event('inspector-finding'));
    expect(line?.decisions[0]).toMatchObject({
      decision: 'attend',
      points: expect.arrayContaining([
        {
          name: 'In KEV',
          possible: ['yes'],
          taken: 'yes',
          evidence:
            'CVE-2026-10001 is in CISA’s list of known exploited vulnerabilities since 2026-03-01, used by ransomware',
        },
      ]),
      due: { on: '2026-03-16', because: '14 days by the policy, from 2026-03-02, when it was first observed' },
    });
  });

  it.each([
    ['of the day before knows that the others are not listed', '2026-03-01T12:00:00.000Z', ['no']],
    ['of a month before does not', '2026-02-01T12:00:00.000Z', ['no', 'yes']],
    ['of a month after does', '2026-04-01T12:00:00.000Z', ['no']],
  ])('%s', async (_, loadedAt, possible) => {
    const options = { kev: { ...KEV, loadedAt, entries: new Map() } };
    const [line] = await replayedWith(options, event('inspector-finding'));
    expect(line?.decisions[0]?.points).toContainEqual(expect.objectContaining({ name: 'In KEV', possible }));
  });
});

describe('a replay with a policy', () => {
  const policy: Policy = {
    ...BUILT_IN_POLICY,
    context: [{ id: 'shop', match: { repositories: ['shop/*'] }, criticality: 'high' }],
    routing: [{ id: 'quiet', match: { kinds: ['vulnerability'] }, to: [] }],
    suppressions: [
      {
        id: 'cluster',
        match: { threatTypes: ['AttackSequence:*'] },
        reason: 'An exercise.',
        owner: 'team-red',
        expires: '2026-12-31',
      },
    ],
  };

  it('decides by what it says of the image, and tells whom it names', async () => {
    const [line] = await replayedWith({ policy }, event('inspector-finding'));
    expect(line?.decisions[0]).toMatchObject({
      decision: 'attend',
      reason: expect.stringContaining('much depends on the workload'),
      handling: { destinations: [], mention: false, route: 'quiet' },
    });
  });

  it.each([
    ['2026-12-31T08:00:00Z', { rule: 'cluster', reason: 'An exercise.', owner: 'team-red', expires: '2026-12-31' }],
    ['2027-01-01T08:00:00Z', undefined],
  ])('accepts at %s what it accepts on that day', async (time, suppressed) => {
    const [line] = await replayedWith({ policy }, event('guardduty-attack-sequence-ecs', { time }));
    expect(line?.decisions[0]?.handling.suppressed).toEqual(suppressed);
    expect(line?.decisions[0]?.decision).toBe('act');
  });
});
