import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GroupedFinding } from '../../../shared/alerts/alert-group.ts';
import { messageFromGroup } from '../../../shared/chat/message-from-group.ts';
import { FINDING, failed, inBase, keyed, older, TOLD, WITHOUT_FIX } from './grouped.ts';

const { unknowns: _unknowns, ...WITHOUT_UNKNOWNS } = FINDING;
const ACT = { outcome: 'act', score: 97 } as const;

describe('messageFromGroup', () => {
  it('says nothing where nothing is active', () => {
    expect(messageFromGroup([])).toBeUndefined();
    expect(messageFromGroup([keyed('CVE-1', { status: 'closed' }), keyed('CVE-2', { status: 'suppressed' })])).toBe(
      undefined,
    );
  });

  it('says nothing where nobody is to be told of what is active', () => {
    expect(messageFromGroup([keyed('CVE-1', { destinations: [] })])).toBeUndefined();
  });

  it('tells the worst, what to change and where it runs', () => {
    const message = messageFromGroup([
      keyed('CVE-4', { outcome: 'track', score: 20, ...inBase() }),
      keyed('CVE-3', { outcome: 'track', score: 30 }),
      keyed('CVE-2', { outcome: 'attend', score: 80 }),
      keyed('CVE-1', {
        outcome: 'act',
        score: 97,
        dueOn: '2026-03-04',
        worst: { outcome: 'act', if: 'it is internet-facing' },
        unknowns: ['a', 'b'],
        mention: true,
      }),
      keyed('CVE-5', { status: 'closed' }),
      keyed('CVE-7', { status: 'suppressed' }),
      keyed('CVE-8', { status: 'suppressed' }),
      keyed('CVE-6', { outcome: 'track', score: 10, ...WITHOUT_FIX }),
    ]);
    const told = { packages: ['openssl 3.0.11 → 3.0.13'], images: [], instruction: 5, reason: FINDING.reason };
    expect(message).toEqual({
      title: 'Act · shop/checkout:1.4 · 5 findings',
      worst: 'act',
      mention: true,
      subject: `111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/checkout@sha256:${'a'.repeat(64)}`,
      counts: { act: 1, attend: 1, 'track*': 0, track: 3 },
      suppressedCount: 2,
      closedCount: 1,
      changes: [
        {
          kind: 'upgrade-packages',
          instruction: { position: 5, text: 'RUN apt-get install -y openssl', origin: 'app' },
          removes: 3,
          packages: ['openssl 3.0.11 → 3.0.13'],
        },
        { kind: 'rebuild-base', removes: 1, packages: ['tar 1.34 → 1.35'] },
      ],
      moreChanges: { count: 0, removes: 0 },
      unremoved: { withoutFix: 1, severalChanges: 0, notKnown: 0 },
      vulnerabilityCount: 5,
      findings: [
        {
          ...told,
          key: keyed('CVE-1').key,
          outcome: 'act',
          name: 'CVE-1',
          dueOn: '2026-03-04',
          worst: { outcome: 'act', if: 'it is internet-facing' },
          sample: false,
        },
        { ...told, key: keyed('CVE-2').key, outcome: 'attend', name: 'CVE-2', dueOn: '2026-03-15', sample: false },
        { ...told, key: keyed('CVE-3').key, outcome: 'track', name: 'CVE-3', dueOn: '2026-03-15', sample: false },
      ],
      moreCount: 2,
      runsIn: ['service:checkout on ECS Fargate'],
      runsInMore: 0,
      remainingBarriers: ['NS', 'VM'],
      unknowns: ['a', 'b'],
    });
  });

  it('counts what nobody is to be told of, and does not name it', () => {
    const message = messageFromGroup([
      keyed('CVE-1', { destinations: [], outcome: 'act', mention: true, unknowns: ['a'] }),
      keyed('CVE-2'),
    ]);
    expect(message).toMatchObject({
      title: 'Attend · shop/checkout:1.4 · 2 findings',
      worst: 'attend',
      mention: false,
      counts: { act: 1, attend: 1 },
      changes: [{ removes: 2 }],
      findings: [{ name: 'CVE-2' }],
      moreCount: 1,
      unknowns: [],
    });
  });

  it('tells what an older version kept as that version told it', () => {
    const message = messageFromGroup([older(keyed('CVE-1', { outcome: 'act' }))]);
    expect(message).toMatchObject({
      mention: true,
      changes: [],
      unremoved: { withoutFix: 0, severalChanges: 0, notKnown: 1 },
      findings: [{ name: 'CVE-1', instruction: 5 }],
    });
  });

  it('sums up the changes beyond the first three', () => {
    const message = messageFromGroup(
      [1, 2, 3, 4, 4, 5].map((position, index) =>
        keyed(`CVE-${index}`, {
          fix: {
            kind: 'upgrade-packages',
            instruction: { position, text: 'RUN x', origin: 'app' },
            packages: [{ name: 'a', installed: '1', fixed: '2' }],
          },
        }),
      ),
    );
    expect(message?.changes.map(({ instruction }) => instruction?.position)).toEqual([4, 1, 2]);
    expect(message?.moreChanges).toEqual({ count: 2, removes: 2 });
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
      fix: { kind: 'none', reason: 'no upgrade undoes what was seen at run time' },
    });
    expect(messageFromGroup([threat])?.findings).toEqual([
      {
        key: threat.key,
        outcome: 'attend',
        name: 'Execution:Runtime/ReverseShell',
        title: 'A reverse shell was opened.',
        packages: [],
        images: ['shop/checkout:1.4'],
        dueOn: '2026-03-15',
        reason: FINDING.reason,
        sample: false,
      },
    ]);
  });

  describe('what the rules say of the image itself', () => {
    it('opens no message where nobody is told of it', () => {
      expect(messageFromGroup([failed('IMG-001'), failed('IMG-013')])).toBeUndefined();
    });

    it('is rolled up in the message of the image, and not named one by one', () => {
      const message = messageFromGroup([
        keyed('CVE-1', { outcome: 'track', score: 5 }),
        failed('IMG-055', { ruleSeverity: 'INFO', score: 10 }),
        failed('IMG-001', { ruleSeverity: 'HIGH', outcome: 'track*', score: 60 }),
        failed('IMG-040', { score: 22 }),
        failed('IMG-013', { status: 'closed' }),
        failed('IMG-014', { status: 'suppressed' }),
      ]);
      expect(message).toMatchObject({
        title: 'Track · shop/checkout:1.4 · 4 findings',
        counts: { 'track*': 1, track: 3 },
        suppressedCount: 1,
        closedCount: 1,
        vulnerabilityCount: 1,
        changes: [{ removes: 1 }],
        findings: [{ name: 'CVE-1' }],
        moreCount: 0,
        rules: {
          count: 3,
          severities: [
            { severity: 'HIGH', count: 1 },
            { severity: 'LOW', count: 1 },
            { severity: 'INFO', count: 1 },
          ],
          named: [
            { rule: 'IMG-001', title: 'What IMG-001 says' },
            { rule: 'IMG-040', title: 'What IMG-040 says' },
            { rule: 'IMG-055', title: 'What IMG-055 says' },
          ],
        },
      });
    });

    it('is absent where no rule fails that is still active', () => {
      expect(messageFromGroup([FINDING, failed('IMG-001', { status: 'closed' })])).not.toHaveProperty('rules');
    });

    it('names five rules, each once for all of its tags and platforms', () => {
      const rules = ['IMG-006', 'IMG-005', 'IMG-004', 'IMG-003', 'IMG-002', 'IMG-001', 'IMG-001'];
      const group = rules.map((rule, at) => failed(rule, { version: `v${at}` }));
      const message = messageFromGroup([FINDING, ...group]);
      expect(message?.rules?.count).toBe(6);
      expect(message?.rules?.severities).toEqual([{ severity: 'LOW', count: 6 }]);
      expect(message?.rules?.named.map(({ rule }) => rule)).toEqual([
        'IMG-001',
        'IMG-002',
        'IMG-003',
        'IMG-004',
        'IMG-005',
      ]);
      expect(message?.moreCount).toBe(0);
    });

    it('counts a rule that an older version kept without its severity', () => {
      const { ruleSeverity: _severity, ...kept } = failed('IMG-001');
      expect(messageFromGroup([FINDING, kept])?.rules).toMatchObject({ count: 1, severities: [] });
    });

    it('opens a message by itself where somebody is told of it, with what the rule says', () => {
      const issue = failed('IMG-010', TOLD);
      expect(messageFromGroup([issue, failed('IMG-001')])).toMatchObject({
        title: 'Attend · shop/checkout:1.4 · 2 findings',
        findings: [
          { key: issue.key, name: 'IMG-010', title: 'What IMG-010 says', packages: [], images: [], instruction: 7 },
        ],
        moreCount: 0,
        vulnerabilityCount: 0,
        rules: { count: 2 },
      });
    });

    it('is named with what was seen first, on which platform, and what to do', () => {
      const seen = 'a private key in srv/app.ini';
      const [finding] =
        messageFromGroup([failed('IMG-012', { ...TOLD, seen, platform: 'linux/arm64' })])?.findings ?? [];
      expect(finding).toMatchObject({
        title: 'What IMG-012 says',
        seen,
        platform: 'linux/arm64',
        change: 'Change it.',
      });
    });

    it('is named with what to do about what the base image brought', () => {
      const fix = { kind: 'change-base', text: 'Change it.' } as const;
      expect(messageFromGroup([failed('IMG-012', { ...TOLD, fix })])?.findings[0]?.change).toBe(
        'The base image brought it: use one without it, or undo it in your own Dockerfile. Change it.',
      );
    });

    it('is named without them as an older version kept it', () => {
      const [finding] = messageFromGroup([older(failed('IMG-012', TOLD))])?.findings ?? [];
      expect(finding).toMatchObject({ name: 'IMG-012', title: 'What IMG-012 says' });
      for (const member of ['seen', 'platform', 'change']) expect(finding).not.toHaveProperty(member);
    });

    it.each<[string, readonly GroupedFinding[], readonly string[]]>([
      [
        'after the vulnerabilities of the same outcome',
        [failed('IMG-010', TOLD), keyed('CVE-1', { score: 71 }), keyed('CVE-2', { outcome: 'track' })],
        ['CVE-1', 'IMG-010', 'CVE-2'],
      ],
      [
        'before milder vulnerabilities',
        [keyed('CVE-1', { outcome: 'track', score: 39 }), failed('IMG-010', TOLD)],
        ['IMG-010', 'CVE-1'],
      ],
      [
        'once for two tags',
        [failed('IMG-010', TOLD), failed('IMG-010', { ...TOLD, version: 'v2' }), keyed('CVE-1', { outcome: 'track' })],
        ['IMG-010', 'CVE-1'],
      ],
    ])('is named, where somebody is told of it, %s', (_case, findings, names) => {
      expect(messageFromGroup(findings)?.findings.map(({ name }) => name)).toEqual(names);
    });
  });

  it('takes the place from the newest finding that knows one', () => {
    const { runsIn: _runsIn, ...lost } = keyed('CVE-2', { observedAt: '2026-03-09T00:00:00.000Z' });
    expect(messageFromGroup([FINDING, lost])?.runsIn).toEqual(['service:checkout on ECS Fargate']);
    expect(messageFromGroup([lost])).not.toHaveProperty('runsIn');
  });

  it('does not depend on the order of the findings', () => {
    const group = [
      keyed('CVE-1', { outcome: 'act' }),
      keyed('CVE-2', inBase()),
      keyed('CVE-3', { score: 71, observedAt: '2026-03-09T00:00:00.000Z', runsIn: [] }),
      keyed('CVE-4', { status: 'closed' }),
      failed('IMG-001'),
      failed('IMG-010', TOLD),
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
