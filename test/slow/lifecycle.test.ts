/** 500 Inspector events about 200 findings of 20 images: any order and any duplication ends in the same state. */
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listHubFindings } from '../../local/hub-findings.ts';
import type { RuntimeSwitches } from '../../local/runtime-options.ts';
import { pushImage } from '../../local/sample/push-image.ts';
import type { State } from '../../local/state.ts';
import { inspectorEvent } from '../support/inspector-event.ts';
import { type Assembly, synthesiseForTest, workOff } from '../support/run-locally.ts';
import { smallImage } from '../support/small-image.ts';

const IMAGES = 20;
const FINDINGS_AN_IMAGE = 10;

let assembly: Assembly;
beforeAll(async () => {
  assembly = await synthesiseForTest();
});
afterAll(() => assembly.remove());

/** Finding n: always active first; changed unless n % 4 is 0; closed unless n % 4 is 1. */
const eventsAbout = async () => {
  const images = await Promise.all(Array.from({ length: IMAGES }, (_, index) => smallImage(`app-${index}`)));
  const events = images.flatMap((image, index) =>
    Array.from({ length: FINDINGS_AN_IMAGE }, (_, at) => {
      const n = index * FINDINGS_AN_IMAGE + at;
      const about = {
        repository: `team/app-${index}`,
        digest: image.manifest.digest,
        layer: image.layers[1]?.digest ?? '',
        vulnerability: `CVE-2026-${1000 + at}`,
        package: `lib-${at}`,
      };
      return [
        inspectorEvent({ ...about, updatedAt: '2026-07-02T08:00:00.000Z' }),
        ...(n % 4 === 0 ? [] : [inspectorEvent({ ...about, exploit: 'YES', updatedAt: '2026-07-03T08:00:00.000Z' })]),
        ...(n % 4 === 1 ? [] : [inspectorEvent({ ...about, status: 'CLOSED', updatedAt: '2026-07-04T08:00:00.000Z' })]),
      ];
    }).flat(),
  );
  return { images, events };
};

/** The same shuffle every time: a linear congruential generator picks the places. */
const shuffled = <T>(items: readonly T[]): readonly T[] => {
  const result = [...items];
  let seed = 20261120;
  for (let last = result.length - 1; last > 0; last -= 1) {
    seed = (seed * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    const place = seed % (last + 1);
    const [one, other] = [result[last], result[place]];
    if (one !== undefined && other !== undefined) [result[last], result[place]] = [other, one];
  }
  return result;
};

interface Ending {
  readonly findings: readonly AwsSecurityFinding[];
  /** What the rules say of the images that were pushed: two for each, which nobody has signed or attested. */
  readonly issues: readonly AwsSecurityFinding[];
  readonly state: State;
}

const run = async (
  arrange: <T>(events: readonly T[]) => readonly T[],
  switches: RuntimeSwitches = {},
): Promise<Ending> => {
  const runtime = await assembly.start(switches);
  try {
    const { images, events } = await eventsAbout();
    for (const [index, image] of images.entries()) await pushImage(runtime.registry, `team/app-${index}`, '1.0', image);
    const arranged = arrange(events);
    for (let at = 0; at < arranged.length; at += 100) await runtime.putEvents(arranged.slice(at, at + 100));
    await workOff(runtime);
    // Security Hub may take its time to show what was written.
    runtime.advance(switches.eventualConsistencySeconds ?? 0);
    const all = await listHubFindings(runtime);
    const isIssue = ({ ProductFields }: AwsSecurityFinding) => ProductFields?.['sekisho/rule'] !== undefined;
    return {
      findings: all.filter((one) => !isIssue(one)),
      issues: all.filter(isIssue),
      state: await runtime.state(),
    };
  } finally {
    await runtime.close();
  }
};

/** What a user sees of a finding; `ProcessedAt` is Security Hub's own. */
const visible = (findings: readonly AwsSecurityFinding[]) =>
  findings
    .map(({ ProcessedAt: _, ...finding }) => finding)
    .sort((left, right) => ((left.Id ?? '') < (right.Id ?? '') ? -1 : 1));

/** Without the times: each run pushes at its own. */
const visibleIssues = (issues: readonly AwsSecurityFinding[]) =>
  visible(issues).map(
    ({ CreatedAt: _created, UpdatedAt: _updated, FirstObservedAt: _first, LastObservedAt: _last, ...issue }) => issue,
  );

describe('500 events about 200 findings of 20 images', () => {
  let inOrder: Ending;
  let shuffledAndDoubled: Ending;
  let atAwsPace: Ending;
  beforeAll(async () => {
    inOrder = await run((events) => events);
    shuffledAndDoubled = await run((events) => shuffled([...events, ...events]));
    atAwsPace = await run((events) => events, { throttling: true, eventualConsistencySeconds: 3 });
  }, 240_000);

  it('are 500 and 1,000 events', () => {
    expect(inOrder.state.events['Inspector2 Finding']).toBe(500);
    expect(shuffledAndDoubled.state.events['Inspector2 Finding']).toBe(1000);
  });

  it('end as 200 findings, of which 150 are closed', () => {
    expect(inOrder.findings).toHaveLength(200);
    expect(inOrder.findings.filter(({ RecordState }) => RecordState === 'ARCHIVED')).toHaveLength(150);
  });

  it('show the changed facts of the findings that stay open', () => {
    const open = inOrder.findings.filter(({ RecordState }) => RecordState === 'ACTIVE');
    expect(open).toHaveLength(50);
    expect(new Set(open.map(({ Vulnerabilities }) => Vulnerabilities?.[0]?.ExploitAvailable))).toEqual(
      new Set(['YES']),
    );
    expect(new Set(open.map(({ UpdatedAt }) => UpdatedAt))).toEqual(new Set(['2026-07-03T08:00:00.000Z']));
  });

  it('end in the same findings with the same state when they come shuffled and twice', () => {
    expect(visible(shuffledAndDoubled.findings)).toEqual(visible(inOrder.findings));
  });

  it('end in the same findings at the rates of AWS, and with reads that lag behind', () => {
    expect(visible(atAwsPace.findings)).toEqual(visible(inOrder.findings));
  });

  it('come with what the rules say of the images, the same whatever the order and the pace', () => {
    expect(inOrder.issues).toHaveLength(2 * IMAGES);
    expect(visibleIssues(shuffledAndDoubled.issues)).toEqual(visibleIssues(inOrder.issues));
    expect(visibleIssues(atAwsPace.issues)).toEqual(visibleIssues(inOrder.issues));
  });

  it.each([
    ['in order', () => inOrder],
    ['shuffled and twice', () => shuffledAndDoubled],
    ['throttled', () => atAwsPace],
  ])('are one chat message per image when they come %s', (_name, ending) => {
    expect(ending().state.chat).toHaveLength(IMAGES);
  });

  it.each([
    ['in order', () => inOrder],
    ['shuffled and twice', () => shuffledAndDoubled],
    ['throttled', () => atAwsPace],
  ])('leave nothing in any dead-letter queue when they come %s', (_name, ending) => {
    expect(
      Object.values(ending().state.queues)
        .map(({ dlq }) => dlq)
        .filter((count) => count > 0),
    ).toEqual([]);
  });
});
