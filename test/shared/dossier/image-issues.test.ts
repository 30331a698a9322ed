import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ImageIssues, type InspectedPush, imageIssues } from '../../../shared/dossier/image-issues.ts';
import type { RuleVerdict } from '../../../shared/dossier/inspection.ts';
import { type IssueEntry, withHandedOver } from '../../../shared/dossier/issue-entry.ts';
import { BASE_COPY, digest, IMAGE, INSTALL } from '../enrichment/findings.ts';

const verdict = (rule: string, answer: RuleVerdict['verdict'], more: Partial<RuleVerdict> = {}): RuleVerdict => ({
  rule,
  verdict: answer,
  severity: 'HIGH',
  class: 'privilege',
  confirmed: true,
  origin: 'app',
  evidence: answer === 'fail' ? [{ text: 'seen', origin: 'app', instruction: 1 }] : [],
  evidenceLeftOut: 0,
  ...more,
});

const push = (verdicts: readonly RuleVerdict[], more: Partial<InspectedPush> = {}): InspectedPush => ({
  image: IMAGE,
  tag: '1.4',
  platform: 'linux/arm64',
  pushedAt: '2026-03-02T11:00:00.000Z',
  instructions: [BASE_COPY, INSTALL],
  verdicts,
  ...more,
});

const NOW = '2026-03-02T12:00:00.000Z';
const LATER = '2026-03-03T12:00:00.000Z';
const NEXT = { image: { ...IMAGE, digest: digest('b') }, pushedAt: '2026-03-03T11:00:00.000Z' };
const said = ({ issues }: ImageIssues) => issues.map(({ rule, status }) => `${rule} ${status}`);

describe('imageIssues, of the first push of a tag', () => {
  it.each<[string, RuleVerdict, readonly string[]]>([
    ['a rule that fails', verdict('IMG-001', 'fail'), ['IMG-001 active']],
    ['one that fails and is only worth knowing', verdict('IMG-055', 'fail', { severity: 'INFO' }), []],
    ['one that passes', verdict('IMG-001', 'pass'), []],
    ['one that is unknown', verdict('IMG-001', 'unknown'), []],
    ['one that has nothing to say here', verdict('IMG-001', 'not-applicable'), []],
  ])('says of %s', (_, one, expected) => {
    expect(said(imageIssues(push([one]), undefined, NOW))).toEqual(expected);
  });

  it('is about repository, tag, platform and rule, and carries the digest, the instruction and the times', () => {
    const { issues, entry } = imageIssues(push([verdict('IMG-001', 'fail')]), undefined, NOW);
    expect(issues).toMatchObject([
      {
        sourceId: 'sekisho:111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/checkout:1.4:linux/arm64:IMG-001',
        image: { known: true, value: IMAGE },
        tags: ['1.4'],
        title: 'The image runs as root',
        instruction: { position: INSTALL.position, text: INSTALL.text },
        firstObservedAt: '2026-03-02T11:00:00.000Z',
        lastObservedAt: NOW,
        updatedAt: NOW,
      },
    ]);
    expect(entry).toMatchObject({ pushedAt: '2026-03-02T11:00:00.000Z', digest: IMAGE.digest });
  });

  it('closes what is mended as severe and as sure as it was, not as the rule is by itself', () => {
    const failed = verdict('IMG-010', 'fail', { severity: 'LOW', confirmed: false });
    const { entry } = imageIssues(push([failed]), undefined, NOW);
    const passed = verdict('IMG-010', 'pass', { severity: 'CRITICAL' });
    expect(imageIssues(push([passed], NEXT), entry, LATER).issues).toMatchObject([
      { status: 'closed', severity: 'LOW', confirmed: false },
    ]);
  });

  it('has no tag where the image was pushed by digest', () => {
    const { tag: _, ...untagged } = push([verdict('IMG-001', 'fail')]);
    expect(imageIssues(untagged, undefined, NOW).issues).toMatchObject([
      { tags: [], sourceId: expect.stringContaining('shop/checkout::linux/arm64') },
    ]);
  });

  it('travels with ten of what the rule saw, and says how many there are more', () => {
    const evidence = Array.from({ length: 12 }, (_, at) => ({ text: `file ${at}`, origin: 'app' }) as const);
    const [issue] = imageIssues(
      push([verdict('IMG-004', 'fail', { evidence, evidenceLeftOut: 30 })]),
      undefined,
      NOW,
    ).issues;
    expect(issue?.evidence).toEqual(evidence.slice(0, 10));
    expect(issue?.evidenceLeftOut).toBe(32);
  });
});

describe('imageIssues, of a later push of the tag', () => {
  const first = imageIssues(push([verdict('IMG-001', 'fail'), verdict('IMG-004', 'fail')]), undefined, NOW);
  const next = (...verdicts: readonly RuleVerdict[]): ImageIssues =>
    imageIssues(push(verdicts, NEXT), first.entry, LATER);

  it.each<[string, RuleVerdict, readonly string[]]>([
    ['keeps a rule that still fails', verdict('IMG-001', 'fail'), ['IMG-001 active']],
    ['closes what passes', verdict('IMG-001', 'pass'), ['IMG-001 closed']],
    ['closes what no longer applies', verdict('IMG-001', 'not-applicable'), ['IMG-001 closed']],
    ['closes what is only worth knowing now', verdict('IMG-001', 'fail', { severity: 'INFO' }), ['IMG-001 closed']],
    ['leaves what is unknown as it was', verdict('IMG-001', 'unknown'), []],
    ['opens what fails now', verdict('IMG-012', 'fail'), ['IMG-012 active']],
  ])('%s', (_, one, expected) => {
    expect(said(next(one))).toEqual(expected);
  });

  it('keeps the key and the first time, and has the new digest and a later time', () => {
    const [before] = first.issues;
    const [after] = next(verdict('IMG-001', 'fail')).issues;
    expect(after).toMatchObject({
      key: before?.key,
      firstObservedAt: before?.firstObservedAt,
      image: { value: { digest: digest('b') } },
      updatedAt: LATER,
    });
  });

  it('remembers a rule whose answer is unknown, so that a later push can close it', () => {
    const cut = next(verdict('IMG-001', 'unknown'));
    const mended = imageIssues(push([verdict('IMG-001', 'pass')], NEXT), cut.entry, LATER);
    expect(said(mended)).toEqual(['IMG-001 closed']);
  });

  it('closes once: told again it says the same, and the push after it says nothing', () => {
    const closing = next(verdict('IMG-001', 'pass'));
    const again = imageIssues(push([verdict('IMG-001', 'pass')], NEXT), closing.entry, '2026-03-04T00:00:00.000Z');
    expect(again).toEqual(closing);
    const third = { image: { ...IMAGE, digest: digest('d') }, pushedAt: '2026-03-05T11:00:00.000Z' };
    const sent = withHandedOver(again.entry, again.issues);
    const after = imageIssues(push([verdict('IMG-001', 'pass')], third), sent, '2026-03-05T12:00:00.000Z');
    expect(after.issues).toEqual([]);
    expect(imageIssues(push([verdict('IMG-001', 'pass')], NEXT), sent, '2026-03-04T00:00:00.000Z')).toEqual({
      issues: closing.issues,
      entry: sent,
    });
  });

  it('closes again what an earlier push has closed and may not have sent', () => {
    const closing = next(verdict('IMG-001', 'pass'), verdict('IMG-004', 'pass'));
    const third = { image: { ...IMAGE, digest: digest('d') }, pushedAt: '2026-03-05T11:00:00.000Z' };
    const partly = withHandedOver(closing.entry, [{ rule: 'IMG-004' }]);
    const passing = [verdict('IMG-001', 'pass'), verdict('IMG-004', 'pass')];
    expect(said(imageIssues(push(passing, third), partly, '2026-03-05T12:00:00.000Z'))).toEqual(['IMG-001 closed']);
  });

  it('rises in time though the clock of another function was ahead', () => {
    const behind = '2026-03-02T11:59:00.000Z';
    const { issues } = imageIssues(push([verdict('IMG-001', 'pass')], NEXT), first.entry, behind);
    expect(issues.map(({ updatedAt }) => updatedAt)).toEqual(['2026-03-02T12:00:00.001Z']);
  });
});

describe('imageIssues, whatever is pushed', () => {
  const RULES = ['IMG-001', 'IMG-004', 'IMG-012'];
  const anyVerdict = fc.record({
    answer: fc.constantFrom<RuleVerdict['verdict']>('fail', 'pass', 'unknown', 'not-applicable'),
    severity: fc.constantFrom<RuleVerdict['severity']>('INFO', 'LOW', 'CRITICAL'),
    text: fc.constantFrom('one', 'other'),
  });
  const anyPush = fc.record({
    verdicts: fc.tuple(anyVerdict, anyVerdict, anyVerdict),
    digit: fc.constantFrom('1', '2', '3'),
    /** How often it is inspected. */
    times: fc.integer({ min: 1, max: 3 }),
    /** The functions' clocks differ by seconds. */
    clock: fc.integer({ min: -5, max: 5 }),
  });
  type AnyPush = typeof anyPush extends fc.Arbitrary<infer T> ? T : never;

  const pushOf = ({ verdicts, digit }: AnyPush, at: number): InspectedPush =>
    push(
      verdicts.map(({ answer, severity, text }, index) =>
        verdict(RULES[index] ?? '', answer, {
          severity,
          evidence: answer === 'fail' ? [{ text, origin: 'app' }] : [],
        }),
      ),
      { image: { ...IMAGE, digest: digest(digit) }, pushedAt: timeOf(at) },
    );
  const timeOf = (at: number, seconds = 0): string =>
    new Date(Date.parse('2026-03-02T12:00:00.000Z') + at * 1000 + seconds * 1000).toISOString();

  /** As Security Hub takes them: an update whose time does not rise is one that it has. */
  const hub = () => {
    const kept = new Map<string, { readonly status: string; readonly updatedAt: string; readonly text: string }>();
    return {
      kept,
      take: ({ issues }: ImageIssues): void => {
        for (const issue of issues) {
          const before = kept.get(issue.rule);
          const text = JSON.stringify(issue);
          if (before === undefined || before.updatedAt < issue.updatedAt)
            kept.set(issue.rule, { status: issue.status, updatedAt: issue.updatedAt, text });
          else expect(text).toBe(before.text);
        }
      },
    };
  };

  const run = (pushes: readonly AnyPush[], timesOf: (one: AnyPush) => number) => {
    const security = hub();
    let entry: IssueEntry | undefined;
    pushes.forEach((one, at) => {
      for (let time = 0; time < timesOf(one); time += 1) {
        const told = imageIssues(pushOf(one, at), entry, timeOf(at, one.clock));
        security.take(told);
        // Some are sent before a function ends, and some functions end before.
        entry = (time + at) % 2 === 0 ? told.entry : withHandedOver(told.entry, told.issues);
      }
    });
    return new Map([...security.kept].map(([rule, { status }]) => [rule, status]));
  };

  it('ends with each rule as its last answer said, the unknown ones aside', () => {
    fc.assert(
      fc.property(fc.array(anyPush, { maxLength: 6 }), (pushes) => {
        const statuses = run(pushes, ({ times }) => times);
        RULES.forEach((rule, index) => {
          const answers = pushes
            .map(({ verdicts }) => verdicts[index])
            .filter((one) => one !== undefined && one.answer !== 'unknown')
            .map((one) => one?.answer === 'fail' && one.severity !== 'INFO');
          const wasOpen = answers.includes(true);
          expect(statuses.get(rule)).toBe(wasOpen ? (answers.at(-1) ? 'active' : 'closed') : undefined);
        });
      }),
    );
  });

  it('ends the same however often each push is inspected', () => {
    fc.assert(
      fc.property(fc.array(anyPush, { maxLength: 6 }), (pushes) => {
        expect(run(pushes, ({ times }) => times)).toEqual(run(pushes, () => 1));
      }),
    );
  });

  it('says the same when the same push is inspected twice, whenever that is', () => {
    fc.assert(
      fc.property(fc.array(anyPush, { minLength: 1, maxLength: 4 }), fc.nat(100_000), (pushes, seconds) => {
        let entry: IssueEntry | undefined;
        pushes.forEach((one, at) => {
          const told = imageIssues(pushOf(one, at), entry, timeOf(at));
          expect(imageIssues(pushOf(one, at), told.entry, timeOf(at, seconds))).toEqual(told);
          entry = told.entry;
        });
      }),
    );
  });
});
