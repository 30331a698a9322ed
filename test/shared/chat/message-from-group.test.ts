import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GroupedFinding } from '../../../shared/alerts/alert-group.ts';
import { messageFromGroup } from '../../../shared/chat/message-from-group.ts';
import { FINDING, keyed } from './grouped.ts';

const BASE = { position: 1, text: 'ADD rootfs.tar.xz /', origin: 'base' } as const;
const { instruction: _instruction, ...UNATTRIBUTED } = FINDING;
const { unknowns: _unknowns, ...WITHOUT_UNKNOWNS } = FINDING;
const LOST = {
  kind: 'unknown-image',
  account: '111122223333',
  region: 'eu-west-1',
  name: 'arn:shortened',
  repository: 'shop/checkout',
  tags: ['1.4'],
} as const;
const { repository: _repository, ...NAMELESS } = LOST;
const ACT = { outcome: 'act', score: 97 } as const;

describe('messageFromGroup', () => {
  it('says nothing where nothing is active', () => {
    expect(messageFromGroup([])).toBeUndefined();
    expect(messageFromGroup([keyed('CVE-1', { status: 'closed' }), keyed('CVE-2', { status: 'suppressed' })])).toBe(
      undefined,
    );
  });

  it('tells the worst, what to change and where it runs', () => {
    const message = messageFromGroup([
      keyed('CVE-4', { outcome: 'track', score: 20, instruction: BASE, packages: ['tar 1.34'] }),
      keyed('CVE-3', { outcome: 'track', score: 30 }),
      keyed('CVE-2', { outcome: 'attend', score: 80 }),
      keyed('CVE-1', {
        outcome: 'act',
        score: 97,
        dueInDays: 3,
        unknowns: ['a', 'b'],
        packages: ['libssl3 3.0.11 → 3.0.13'],
      }),
      keyed('CVE-5', { status: 'closed' }),
      { ...UNATTRIBUTED, key: keyed('CVE-6').key, name: 'CVE-6', outcome: 'track', score: 10 },
    ]);
    expect(message).toEqual({
      title: 'Act · shop/checkout:1.4 · 5 findings',
      worst: 'act',
      subject: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/checkout@sha256:${'a'.repeat(64)}`,
      counts: { act: 1, attend: 1, 'track*': 0, track: 3 },
      closedCount: 1,
      changes: [
        {
          position: 5,
          text: 'RUN apt-get install -y openssl',
          origin: 'app',
          brings: 3,
          packages: ['libssl3 3.0.11 → 3.0.13', 'openssl 3.0.11 → 3.0.13'],
        },
        { ...BASE, brings: 1, packages: ['tar 1.34'] },
      ],
      vulnerabilityCount: 5,
      findings: [
        {
          outcome: 'act',
          name: 'CVE-1',
          packages: ['libssl3 3.0.11 → 3.0.13'],
          images: [],
          dueInDays: 3,
          instruction: 5,
          reason: FINDING.reason,
          sample: false,
        },
        {
          outcome: 'attend',
          name: 'CVE-2',
          packages: ['openssl 3.0.11 → 3.0.13'],
          images: [],
          dueInDays: 14,
          instruction: 5,
          reason: FINDING.reason,
          sample: false,
        },
        {
          outcome: 'track',
          name: 'CVE-3',
          packages: ['openssl 3.0.11 → 3.0.13'],
          images: [],
          instruction: 5,
          reason: FINDING.reason,
          sample: false,
        },
      ],
      moreCount: 2,
      runsIn: ['service:checkout on ECS Fargate'],
      remainingBarriers: ['NS', 'VM'],
      unknowns: ['a', 'b'],
    });
  });

  it.each([
    ['one finding', [FINDING], 'Attend · shop/checkout:1.4 · 1 finding'],
    [
      'an image without a tag',
      [{ ...FINDING, subject: { ...FINDING.subject, tags: [] } }],
      'Attend · shop/checkout@aaaaaaaaaaaa · 1 finding',
    ],
    [
      'a newer tag',
      [
        keyed('CVE-1', { observedAt: '2026-03-01T00:00:00.000Z' }),
        keyed('CVE-2', {
          subject: { ...FINDING.subject, tags: ['1.5'] } as typeof FINDING.subject,
          observedAt: '2026-03-09T00:00:00.000Z',
        }),
      ],
      'Attend · shop/checkout:1.5 · 2 findings',
    ],
    ['an image that is not known', [{ ...FINDING, subject: LOST }], 'Attend · shop/checkout:1.4 · 1 finding'],
    [
      'an image that is not known, without a tag',
      [{ ...FINDING, subject: { ...LOST, tags: [] } }],
      'Attend · shop/checkout · 1 finding',
    ],
    [
      'an image that is not known, in a repository that is not either',
      [{ ...FINDING, subject: NAMELESS }],
      'Attend · arn:shortened · 1 finding',
    ],
    [
      'an image that is not known, whose older finding had a tag',
      [
        keyed('CVE-1', { subject: { ...LOST, tags: [] }, observedAt: '2026-03-09T00:00:00.000Z' }),
        keyed('CVE-2', { subject: LOST }),
      ],
      'Attend · shop/checkout:1.4 · 2 findings',
    ],
    [
      'a workload',
      [{ ...FINDING, subject: { kind: 'workload', account: '1', region: 'eu-west-1', name: 'shop' } as const }],
      'Attend · shop · 1 finding',
    ],
  ])('the title of %s', (_case, findings, title) => {
    expect(messageFromGroup(findings as (typeof FINDING)[])?.title).toBe(title);
  });

  it('says of an image that is not known where it is, and what the source calls it', () => {
    const message = messageFromGroup([{ ...FINDING, subject: LOST }]);
    expect(message?.subject).toBe('111122223333 eu-west-1 arn:shortened');
  });

  it.each<[string, readonly GroupedFinding[], readonly string[]]>([
    [
      'the worst finding first',
      [keyed('CVE-1', { unknowns: ['a'] }), keyed('CVE-2', { ...ACT, unknowns: ['b'] })],
      ['b', 'a'],
    ],
    ['each once', [keyed('CVE-1', { unknowns: ['a', 'b'] }), keyed('CVE-2', { unknowns: ['b', 'a'] })], ['a', 'b']],
    [
      'at most three',
      [keyed('CVE-1', { unknowns: ['a', 'b'] }), keyed('CVE-2', { unknowns: ['c', 'd'] })],
      ['a', 'b', 'c'],
    ],
    [
      'a missing fact with the consequence for the worst',
      [
        keyed('CVE-1', { unknowns: ['exposure is not known', 'a'] }),
        keyed('CVE-2', { ...ACT, unknowns: ['exposure is not known (would be Act if it is internet-facing)'] }),
      ],
      ['exposure is not known (would be Act if it is internet-facing)', 'a'],
    ],
    ['none of what is closed', [FINDING, keyed('CVE-1', { status: 'closed', unknowns: ['a'] })], []],
    ['none where an older version kept none', [WITHOUT_UNKNOWNS], []],
  ])('says what is unknown: %s', (_case, findings, unknowns) => {
    expect(messageFromGroup(findings)?.unknowns).toEqual(unknowns);
  });

  it('says of a threat what happened, and in which image', () => {
    const threat = keyed('Execution:Runtime/ReverseShell', {
      kind: 'threat',
      title: 'A reverse shell was opened.',
      packages: [],
      images: ['shop/checkout:1.4'],
    });
    const { instruction: _instruction, ...alone } = threat;
    expect(messageFromGroup([alone])?.findings).toEqual([
      {
        outcome: 'attend',
        name: 'Execution:Runtime/ReverseShell',
        title: 'A reverse shell was opened.',
        packages: [],
        images: ['shop/checkout:1.4'],
        dueInDays: 14,
        reason: FINDING.reason,
        sample: false,
      },
    ]);
  });

  it('takes the place from the newest finding that knows one', () => {
    const { runsIn: _runsIn, ...lost } = keyed('CVE-2', { observedAt: '2026-03-09T00:00:00.000Z' });
    expect(messageFromGroup([FINDING, lost])?.runsIn).toEqual(['service:checkout on ECS Fargate']);
    expect(messageFromGroup([lost])).not.toHaveProperty('runsIn');
  });

  it('does not depend on the order of the findings', () => {
    const group = [
      keyed('CVE-1', { outcome: 'act' }),
      keyed('CVE-2', { instruction: BASE }),
      keyed('CVE-3', { score: 71, observedAt: '2026-03-09T00:00:00.000Z', runsIn: [] }),
      keyed('CVE-4', { status: 'closed' }),
    ];
    const expected = messageFromGroup(group);
    fc.assert(
      fc.property(fc.shuffledSubarray(group, { minLength: group.length }), (shuffled) => {
        expect(messageFromGroup(shuffled)).toEqual(expected);
      }),
      { numRuns: 24 },
    );
  });
});
