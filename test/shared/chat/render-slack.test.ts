import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GroupedFinding } from '../../../shared/alerts/alert-group.ts';
import { groupedFinding } from '../../../shared/alerts/grouped-finding.ts';
import type { ChatMessage } from '../../../shared/chat/message.ts';
import { messageFromGroup } from '../../../shared/chat/message-from-group.ts';
import { renderSlack } from '../../../shared/chat/render-slack.ts';
import { decided } from '../../support/decided.ts';
import { UNKNOWN_IMAGE } from '../enrichment/findings.ts';
import { FINDING, failed, inBase, keyed, TOLD } from './grouped.ts';

const rendered = (findings: readonly GroupedFinding[]) => {
  const message = messageFromGroup(findings);
  if (!message) throw new Error('nothing is active');
  return renderSlack(message);
};

const URI = `111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/checkout@sha256:${'a'.repeat(64)}`;
const header = (text: string) => ({ type: 'header', text: { type: 'plain_text', text, emoji: false } });
const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text, verbatim: true } });
const context = (text: string) => ({ type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] });

/** What people copy to see everything that the decision was made of. */
const explain = ({ key }: Pick<GroupedFinding, 'key'>): string => `\n\`sekisho explain ${key}\``;

describe('renderSlack', () => {
  it('calls people where the policy says so', () => {
    const reason =
      'Act: it is exploited in the wild, it can be automated and gives total control; runs on ECS Fargate (VM boundary)';
    const findings = [
      keyed('CVE-2024-0001', {
        outcome: 'act',
        score: 97,
        reason,
        dueOn: '2026-03-04',
        unknowns: ['exposure is not known', 'no EPSS score is known'],
        mention: true,
      }),
      keyed('CVE-2024-0002', { worst: { outcome: 'act', if: 'it is internet-facing, and nothing isolates it' } }),
      keyed('CVE-2024-0003', {
        outcome: 'track*',
        score: 50,
        reason: 'Track*: a public exploit exists',
      }),
      keyed('CVE-2024-0004', { outcome: 'track', score: 20, ...inBase() }),
      keyed('CVE-2024-0005', { status: 'closed' }),
      keyed('CVE-2024-0006', { status: 'suppressed' }),
      keyed('CVE-2024-0007', { status: 'closed' }),
    ];
    expect(rendered(findings)).toEqual({
      text: '<!here> Act · shop/checkout:1.4 · 4 findings',
      blocks: [
        header('Act · shop/checkout:1.4 · 4 findings'),
        section('<!here> 1 Act · 1 Attend · 1 Track∗ · 1 Track · 1 suppressed · 2 no longer active'),
        section(
          '*What to change*\n• In instruction 5 of the Dockerfile `RUN apt-get install -y openssl`: upgrade `openssl 3.0.11 → 3.0.13`: removes 3 of 4 vulnerabilities\n• Rebuild on a newer base image: removes 1 of 4 vulnerabilities (`tar 1.34 → 1.35`)',
        ),
        section(
          `\`CVE-2024-0001\` in \`openssl 3.0.11 → 3.0.13\` · instruction 5 · by 2026-03-04\n${reason}${explain(keyed('CVE-2024-0001'))}`,
        ),
        section(
          `\`CVE-2024-0002\` in \`openssl 3.0.11 → 3.0.13\` · instruction 5 · by 2026-03-15\n${FINDING.reason}\nCould be Act if it is internet-facing, and nothing isolates it${explain(keyed('CVE-2024-0002'))}`,
        ),
        section(
          `\`CVE-2024-0003\` in \`openssl 3.0.11 → 3.0.13\` · instruction 5 · by 2026-03-15\nTrack∗: a public exploit exists${explain(keyed('CVE-2024-0003'))}`,
        ),
        context('and 1 more'),
        section(
          "*Runs in* `service:checkout on ECS Fargate`\n*Between it and the host, by the runtime's defaults* own namespaces, VM boundary",
        ),
        context('*Not known* exposure is not known; no EPSS score is known'),
        context(`\`${URI}\``),
      ],
    });
  });

  it('tells one finding without calling anyone', () => {
    const { runsIn: _runsIn, dueOn: _dueOn, ...finding } = FINDING;
    const fix = { kind: 'none', reason: 'no fixed version is known yet' } as const;
    expect(rendered([{ ...finding, outcome: 'act', packages: ['openssl 3.0.11'], fix }])).toEqual({
      text: 'Act · shop/checkout:1.4 · 1 finding',
      blocks: [
        header('Act · shop/checkout:1.4 · 1 finding'),
        section('1 Act'),
        section('*What to change*\n1 has no fixed version yet'),
        section(`\`CVE-2024-6119\` in \`openssl 3.0.11\`\n${FINDING.reason}${explain(FINDING)}`),
        section('*Runs in* – where it runs is not known'),
        context(`\`${URI}\``),
      ],
    });
  });

  it('tells a sample threat in a workload', () => {
    const threat = keyed('Execution:Runtime/ReverseShell', {
      kind: 'threat',
      subject: { kind: 'workload', account: '111122223333', region: 'eu-west-1', name: 'shop' },
      title: 'A *reverse shell* was opened in <web>.',
      packages: [],
      images: ['shop/checkout:`1.4`'],
      dueOn: '2026-03-03',
      fix: { kind: 'none', reason: 'no upgrade undoes what was seen at run time' },
      unknowns: ['the image is not known: <@U1> *denied*'],
      reason: 'Attend: GuardDuty rates it 8.0 of 10',
      runsIn: [],
      remainingBarriers: [],
      sample: true,
    });
    expect(rendered([threat])).toEqual({
      text: 'Attend · shop · 1 finding',
      blocks: [
        header('Attend · shop · 1 finding'),
        section('1 Attend'),
        section(
          `[sample] \`Execution:Runtime/ReverseShell\` in \`shop/checkout:ˋ1.4ˋ\` · by 2026-03-03\nA ∗reverse shell∗ was opened in &lt;web&gt;.\nAttend: GuardDuty rates it 8.0 of 10${explain(threat)}`,
        ),
        section('*Runs in* – no workload is known to run it'),
        context('*Not known* the image is not known: &lt;@U1&gt; ∗denied∗'),
        context('`111122223333 eu-west-1 shop`'),
      ],
    });
  });

  it('tells the rules that the image fails in one line, after the vulnerabilities', () => {
    const { blocks } = rendered([
      FINDING,
      failed('IMG-010', TOLD),
      ...['IMG-001', 'IMG-002', 'IMG-003', 'IMG-004', 'IMG-005', 'IMG-006'].map((rule) => failed(rule)),
    ]);
    expect(blocks.slice(3, 6)).toEqual([
      section(
        `\`CVE-2024-6119\` in \`openssl 3.0.11 → 3.0.13\` · instruction 5 · by 2026-03-15\n${FINDING.reason}${explain(FINDING)}`,
      ),
      section(
        `\`IMG-010\` · instruction 7 · by 2026-03-15\nWhat IMG-010 says\nTrack: rule IMG-010 rates it LOW; runs on ECS Fargate (VM boundary)\n*What to change* Change it.${explain(failed('IMG-010', TOLD))}`,
      ),
      section(
        '*Image* 7 rules failed (1 CRITICAL, 6 LOW): `IMG-010` What IMG-010 says · `IMG-001` What IMG-001 says · `IMG-002` What IMG-002 says · `IMG-003` What IMG-003 says · `IMG-004` What IMG-004 says and 2 more',
      ),
    ]);
  });

  it('tells what a rule saw first, and on which platform', () => {
    const issue = failed('IMG-012', {
      ...TOLD,
      title: 'A file holds a secret',
      seen: 'a private key in srv/`app`.ini',
      platform: 'linux/arm64',
    });
    expect(rendered([issue]).blocks[2]).toEqual(
      section(
        `\`IMG-012\` · linux/arm64 · instruction 7 · by 2026-03-15\nA file holds a secret: a private key in srv/ˋappˋ.ini\nTrack: rule IMG-012 rates it LOW; runs on ECS Fargate (VM boundary)\n*What to change* Change it.${explain(issue)}`,
      ),
    );
  });

  it('tells of one rule as of one', () => {
    expect(rendered([FINDING, failed('IMG-001')]).blocks[4]).toEqual(
      section('*Image* 1 rule failed (1 LOW): `IMG-001` What IMG-001 says'),
    );
  });

  it.each<[string, Partial<GroupedFinding>, string]>([
    ['the workloads that are not named', { runsInMore: 412 }, '`service:checkout on ECS Fargate` and 412 more'],
    [
      'those that are kept and not told with them',
      { runsIn: ['a', 'b', 'c', 'd', 'e', 'f'], runsInMore: 400 },
      '`a`, `b`, `c`, `d`, `e` and 401 more',
    ],
  ])('counts %s', (_case, change, places) => {
    expect(rendered([{ ...FINDING, ...change, remainingBarriers: [] }]).blocks[4]).toEqual(
      section(`*Runs in* ${places}\n*Between it and the host, by the runtime's defaults* no barrier is known to stand`),
    );
  });

  it('lists five packages and counts the rest', () => {
    const packages = ['a 1', 'b 1', 'c 1', 'd 1', 'e 1', 'f 1', 'g 1'];
    expect(rendered([{ ...FINDING, packages, remainingBarriers: [] }]).blocks.slice(3, 5)).toEqual([
      section(
        `\`CVE-2024-6119\` in \`a 1\`, \`b 1\`, \`c 1\`, \`d 1\`, \`e 1\` and 2 more · instruction 5 · by 2026-03-15\n${FINDING.reason}${explain(FINDING)}`,
      ),
      section(
        "*Runs in* `service:checkout on ECS Fargate`\n*Between it and the host, by the runtime's defaults* no barrier is known to stand",
      ),
    ]);
  });
});

const hostile = fc.oneof(
  fc.constantFrom(
    '<!channel>',
    '<@U1>',
    '<https://evil|ok>',
    '`x`',
    '*b* _i_ ~s~',
    '&'.repeat(5_000),
    '\u202E\u200B',
    '',
    '\n>q',
    '`',
    '\uD83D',
    '🐳'.repeat(4_000),
  ),
  fc.string({ unit: 'binary' }),
);
const hostiles = fc.array(hostile, { maxLength: 12 });

const anyMessage: fc.Arbitrary<ChatMessage> = fc.record({
  title: hostile,
  worst: fc.constantFrom('act', 'attend', 'track*', 'track'),
  mention: fc.boolean(),
  subject: hostile,
  counts: fc.constant({ act: 99_999, attend: 99_999, 'track*': 99_999, track: 99_999 }),
  suppressedCount: fc.nat(),
  closedCount: fc.nat(),
  changes: fc.array(
    fc.record(
      {
        kind: fc.constantFrom('rebuild-base', 'upgrade-packages'),
        instruction: fc.record({
          position: fc.nat(),
          text: hostile,
          origin: fc.constantFrom('base', 'app', 'unknown'),
        }),
        removes: fc.nat(),
        packages: hostiles,
      },
      { requiredKeys: ['kind', 'removes', 'packages'] },
    ),
    { maxLength: 3 },
  ),
  moreChanges: fc.record({ count: fc.nat(), removes: fc.nat() }),
  unremoved: fc.record({ withoutFix: fc.nat(), severalChanges: fc.nat(), notKnown: fc.nat() }),
  vulnerabilityCount: fc.nat(),
  findings: fc.array(
    fc.record({
      key: fc.constant(FINDING.key),
      outcome: fc.constantFrom('act', 'attend', 'track*', 'track'),
      name: hostile,
      title: hostile,
      seen: hostile,
      platform: hostile,
      change: hostile,
      packages: hostiles,
      images: hostiles,
      dueOn: hostile,
      instruction: fc.nat(),
      reason: hostile,
      worst: fc.record({ outcome: fc.constantFrom('act', 'attend', 'track*', 'track'), if: hostile }),
      sample: fc.boolean(),
    }),
    { maxLength: 3 },
  ),
  moreCount: fc.nat(),
  rules: fc.record({
    count: fc.nat(),
    severities: fc.constantFrom([], [{ severity: 'CRITICAL' as const, count: 99_999 }]),
    named: fc.array(fc.record({ rule: hostile, title: hostile }), { maxLength: 5 }),
  }),
  runsIn: hostiles,
  runsInMore: fc.nat(),
  remainingBarriers: fc.constantFrom([], ['USER', 'NNP', 'CAPS', 'SECCOMP', 'LSM', 'NS', 'FS', 'ROFS', 'HOSTOS', 'VM']),
  unknowns: fc.array(hostile, { maxLength: 3 }),
});

/** The texts of all blocks, each with its kind. */
const textsOf = (blocks: readonly unknown[]): readonly { type: string; text: string; in: string }[] =>
  (
    blocks as { type: string; text?: { type: string; text: string }; elements?: { type: string; text: string }[] }[]
  ).flatMap((block) =>
    [...(block.text ? [block.text] : []), ...(block.elements ?? [])].map((one) => ({ ...one, in: block.type })),
  );

const OURS = [
  '*What to change*',
  '*Image*',
  '*Runs in*',
  "*Between it and the host, by the runtime's defaults*",
  '*Not known*',
];

describe('hostile text', () => {
  it.each([
    [
      'markup',
      '<!channel> <https://evil.example|ok> *b* `c`',
      '&lt;!channel&gt; &lt;https://evil.example|ok&gt; *b* ˋcˋ',
    ],
    ['control characters', 'a\u0000b\u001B[31mc\n> d\u202Ee', 'a bc &gt; de'],
    ['10 kB', 'x'.repeat(10_240), `${'x'.repeat(374)}…`],
  ])('(%s) as the name of an image that is not known is shown as text', (_what, resourceId, shown) => {
    const image = { ...UNKNOWN_IMAGE, resourceId };
    const { blocks, text } = rendered([groupedFinding(decided({ finding: { image, tags: [] } }))]);
    expect(blocks.at(-1)).toEqual(context(`\`111122223333 eu-west-1 ${shown}\``));
    expect(text).toMatch(/^Track · shop\/checkout · 1 finding$/);
  });

  it('never becomes markup and never breaks a limit', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        const { text, blocks } = renderSlack(message);
        const texts = textsOf(blocks);
        expect(blocks.length).toBeLessThanOrEqual(50);
        expect(texts.reduce((sum, one) => sum + one.text.length, 0)).toBeLessThan(12_000);
        for (const one of [{ type: 'mrkdwn', text, in: 'fallback' }, ...texts]) {
          expect(one.text.length).toBeLessThanOrEqual(one.in === 'header' ? 150 : 3_000);
          if (one.in !== 'fallback') expect(one.text).not.toBe('');
          const [mention, rest] = one.text.startsWith('<!here> ') ? [true, one.text.slice(8)] : [false, one.text];
          if (mention) expect(message.mention).toBe(true);
          expect(rest).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)/);
          if (one.type !== 'mrkdwn') continue;
          const outsideCode = OURS.reduce((left, own) => left.replace(own, ''), rest.replaceAll(/`[^`\n]+`/g, ''));
          expect(outsideCode).not.toMatch(/[*_~`]/);
        }
      }),
    );
  });
});
