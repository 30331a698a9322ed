import { describe, expect, it } from 'vitest';
import { createReplay } from '../../../cli/replay/replay.ts';
import { ReplayLine } from '../../../cli/replay/replay-line.ts';
import { baseEvent } from '../../shared/events/base-event.ts';

const event = (name: string, changes: Readonly<Record<string, unknown>> = {}): unknown =>
  JSON.parse(baseEvent(name, changes));

/** The answers to the items, one after the other; every one fits the schema of the output. */
const replayed = async (...items: readonly unknown[]) => {
  const answer = createReplay();
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
          'Track: a public exploit exists, it can be automated but gives only partial control; where it runs is not known',
        sourceId: 'arn:aws:inspector2:eu-west-1:111122223333:finding/0123456789abcdef0123456789abcdef',
        kind: 'vulnerability',
        status: 'active',
        title: 'CVE-2026-10001 - libexample3, org.example:example',
        scheme: 'vulnerability-v1+cisa-coordinator-2.0.3',
        base: 'track',
        rules: [],
        factors: { severity: 22, exploitation: 12, epss: 8, exposure: 10, isolation: 8, asset: 6 },
        unknowns: expect.arrayContaining([
          'where it runs is not known: a replay asks no account',
          'the instruction is not known: there is no dossier of the image: a replay reads no registry',
        ]),
        remainingBarriers: [],
      },
    ]);
  });

  it.each<[string, string, string, number]>([
    ['guardduty-ecs-fargate', 'track*', 'runs on ECS Fargate (VM boundary)', 60],
    ['guardduty-eks-node', 'act', 'runs on an EKS node (weak isolation)', 3],
    ['guardduty-attack-sequence-ecs', 'act', 'an attack sequence is always acted on', 3],
  ])('of a threat (%s) is decided by what it says itself: %s', async (name, decision, reason, dueInDays) => {
    const [line] = await replayed(event(name));
    expect(line).toMatchObject({
      outcome: 'decided',
      decisions: [{ kind: 'threat', decision, reason: expect.stringContaining(reason), dueInDays }],
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
