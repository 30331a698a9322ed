import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AsffFinding } from '../../../shared/asff/asff.ts';
import { SekishoError } from '../../../shared/base/errors.ts';
import { known } from '../../../shared/base/known.ts';
import type { ImageIssue } from '../../../shared/finding/finding.ts';
import type { FindingKey } from '../../../shared/finding/finding-key.ts';
import { inMemoryAlerts } from '../../../shared/memory/alerts.ts';
import { inMemoryDecisions } from '../../../shared/memory/decisions.ts';
import { inMemoryFindings } from '../../../shared/memory/findings.ts';
import { decideByPolicy } from '../../../shared/pipeline/decide-by-policy.ts';
import { type ForwardSettings, forwardFindings } from '../../../shared/pipeline/forward-findings.ts';
import type { DecisionStore, FindingStore } from '../../../shared/pipeline/ports.ts';
import { BUILT_IN_POLICY } from '../../../shared/policy/policy.ts';
import type { DecidedFinding } from '../../../shared/priority/decided-finding.ts';
import { decided, enrichedIssue } from '../../support/decided.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { alertQueueThat, hubThat } from '../../support/recording-ports.ts';
import { digest, IMAGE, UNKNOWN_IMAGE } from '../enrichment/findings.ts';

const SETTINGS: ForwardSettings = {
  hub: { account: '999988887777', region: 'eu-west-1', partition: 'aws' },
  groupWaitSeconds: 300,
};
const CHECKOUT = `arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout/sha256:${'a'.repeat(64)}`;
const CART = `arn:aws:ecr:eu-west-1:111122223333:repository/shop/cart/sha256:${'b'.repeat(64)}`;
const OF_CART = { image: known({ ...IMAGE, repository: 'shop/cart', digest: digest('b') }) };

const start = ({
  hub = hubThat(),
  alertQueue = alertQueueThat(),
  findings = inMemoryFindings(),
  decisions = inMemoryDecisions(),
}: {
  readonly hub?: ReturnType<typeof hubThat>;
  readonly alertQueue?: ReturnType<typeof alertQueueThat>;
  readonly findings?: FindingStore;
  readonly decisions?: DecisionStore;
} = {}) => {
  const ports = { findings, decisions, alerts: inMemoryAlerts(), hub, alertQueue, clock: manualClock() };
  return {
    ...ports,
    forward: async (...findings: DecidedFinding[]) =>
      (await forwardFindings(findings, ports, SETTINGS)).map((result) => (result.ok ? 'ok' : result.error.code)),
  };
};
const idOf = ({ enriched }: DecidedFinding) => `sekisho/${enriched.finding.key}`;
const keyOf = ({ enriched }: DecidedFinding): FindingKey => enriched.finding.key;
const NEWER = '2026-03-02T11:00:00.000Z';

describe('a decided finding', () => {
  it('is imported into the hub, and its group is opened once for a later message', async () => {
    const { forward, hub, alertQueue } = start();
    expect(await forward(decided())).toEqual(['ok']);
    expect(hub.calls).toMatchObject([
      [
        {
          Id: idOf(decided()),
          AwsAccountId: '999988887777',
          UpdatedAt: '2026-03-02T10:00:00.000Z',
          RecordState: 'ACTIVE',
        },
      ],
    ]);
    expect(alertQueue.scheduled).toEqual([{ group: CHECKOUT, delaySeconds: 300 }]);
  });

  it('that the policy tells nobody of is imported, and opens no alert', async () => {
    const { forward, hub, alertQueue } = start();
    expect(await forward(decided({ outcome: 'act', handling: { destinations: [] } }))).toEqual(['ok']);
    expect(alertQueue.scheduled).toEqual([]);
    expect(hub.calls).toHaveLength(1);
  });

  it('that the policy suppresses is imported, and opens no alert', async () => {
    const { forward, hub, alertQueue } = start();
    const suppressed = { rule: 'known', reason: 'not reachable', owner: 'security', expires: '2027-01-31' };
    expect(await forward(decided({ outcome: 'act', handling: { suppressed } }))).toEqual(['ok']);
    expect(alertQueue.scheduled).toEqual([]);
    expect(hub.calls).toHaveLength(1);
  });

  it('is imported again, at the same time, when its record comes twice', async () => {
    const { forward, hub, alertQueue } = start();
    await forward(decided());
    expect(await forward(decided())).toEqual(['ok']);
    expect(hub.calls.flat().map(({ UpdatedAt }) => UpdatedAt)).toEqual([
      '2026-03-02T10:00:00.000Z',
      '2026-03-02T10:00:00.000Z',
    ]);
    expect(alertQueue.scheduled).toHaveLength(1);
  });

  it('whose source gives a newer state no later time is imported a millisecond later', async () => {
    const { forward, hub } = start();
    await forward(decided({ version: '2026-03-02T10:00:00.000Z|0|a' }));
    await forward(decided({ version: '2026-03-02T10:00:00.000Z|0|b' }));
    expect(hub.calls.flat().map(({ UpdatedAt }) => UpdatedAt)).toEqual([
      '2026-03-02T10:00:00.000Z',
      '2026-03-02T10:00:00.001Z',
    ]);
  });

  it.each(['closed', 'suppressed'] as const)('that is %s is imported, and opens no alert', async (status) => {
    const { forward, hub, alertQueue } = start();
    expect(await forward(decided({ finding: { status } }))).toEqual(['ok']);
    expect(hub.calls.flat()).toHaveLength(1);
    expect(alertQueue.scheduled).toEqual([]);
  });
});

describe('what a rule says of an image', () => {
  const at = new Date('2026-03-02T12:00:00.000Z');
  const said = (change: Partial<ImageIssue> = {}) => decideByPolicy(enrichedIssue(change), BUILT_IN_POLICY, at);
  const SECRET = { rule: 'IMG-010', ruleClass: 'secret', severity: 'CRITICAL' } as const;

  it('is imported, and opens no alert where it is not urgent', async () => {
    const { forward, hub, alertQueue } = start();
    expect(await forward(said())).toEqual(['ok']);
    expect(hub.calls).toMatchObject([
      [{ Id: idOf(said()), GeneratorId: 'sekisho/image/IMG-001', RecordState: 'ACTIVE' }],
    ]);
    expect(alertQueue.scheduled).toEqual([]);
  });

  it('opens the alert of its image where it is urgent', async () => {
    const { forward, alertQueue } = start();
    expect(await forward(said(SECRET), said())).toEqual(['ok', 'ok']);
    expect(alertQueue.scheduled).toEqual([{ group: CHECKOUT, delaySeconds: 300 }]);
  });

  it('and is closed by the next push of the tag is archived under the same id', async () => {
    const { forward, hub, alertQueue } = start();
    const image = { known: true, value: { ...IMAGE, digest: digest('b') } } as const;
    await forward(said(SECRET));
    await forward(said({ ...SECRET, image, status: 'closed', updatedAt: NEWER }));
    expect(hub.calls.flat().map(({ Id, RecordState, UpdatedAt }) => [Id, RecordState, UpdatedAt])).toEqual([
      [idOf(said()), 'ACTIVE', '2026-03-02T10:00:00.000Z'],
      [idOf(said()), 'ARCHIVED', NEWER],
    ]);
    expect(alertQueue.scheduled).toHaveLength(1);
  });
});

describe('a finding that a newer state has overtaken', () => {
  const old = decided();
  const newer = decided({ finding: { updatedAt: NEWER, status: 'closed' } });

  it.each([
    ['after', [old, newer]],
    ['before', [newer, old]],
  ])('in the same batch, standing %s it, is done: only the newer is imported', async (_, batch) => {
    const { forward, hub, findings } = start();
    expect(await forward(...batch)).toEqual(['ok', 'ok']);
    expect(hub.calls.flat()).toMatchObject([{ UpdatedAt: NEWER, RecordState: 'ARCHIVED' }]);
    expect(await findings.findingsOf(CHECKOUT)).toMatchObject([{ status: 'closed', observedAt: NEWER }]);
  });

  it('in an earlier batch is done: it is not imported, and opens no alert', async () => {
    const { forward, hub, alertQueue } = start();
    await forward(newer);
    expect(await forward(old)).toEqual(['ok']);
    expect(hub.calls.flat()).toHaveLength(1);
    expect(alertQueue.scheduled).toEqual([]);
  });

  it('fails nothing when the newer one of its batch fails: the newer comes back by itself', async () => {
    const { forward } = start({ hub: hubThat(() => new SekishoError('AWS_THROTTLED', 'Too many calls.')) });
    expect(await forward(old, newer)).toEqual(['ok', 'AWS_THROTTLED']);
  });
});

describe('a batch', () => {
  it('is one call to the hub, and one answer for each finding in order', async () => {
    const { forward, hub } = start();
    const batch = ['CVE-1', 'CVE-2', 'CVE-3'].map((id) => decided({ id }));
    expect(await forward(...batch)).toEqual(['ok', 'ok', 'ok']);
    expect(hub.calls.map((call) => call.map(({ Id }) => Id))).toEqual([batch.map(idOf)]);
  });

  it('opens the alert of each group once', async () => {
    const { forward, alertQueue } = start();
    await forward(decided({ id: 'CVE-1' }), decided({ id: 'CVE-2' }), decided({ id: 'CVE-3', finding: OF_CART }));
    expect(alertQueue.scheduled.map(({ group }) => group)).toEqual([CHECKOUT, CART]);
  });

  it('opens one alert for the findings of an image that is not known', async () => {
    const { forward, alertQueue } = start();
    const finding = { image: UNKNOWN_IMAGE };
    expect(await forward(decided({ id: 'CVE-1', finding }), decided({ id: 'CVE-2', finding }))).toEqual(['ok', 'ok']);
    expect(alertQueue.scheduled.map(({ group }) => group)).toEqual([
      'unknown-image:111122223333:eu-west-1:arn:aws:ecr:eu-west-1:111122223333:repository/shop/checkout/sha256:aaaEXAMPLE',
    ]);
  });

  it('opens a group that was said again when the worst of its findings is worse', async () => {
    const { forward, alerts, alertQueue } = start();
    const said = { worst: 'attend', urgent: [decided({ id: 'CVE-1' }).enriched.finding.key] } as const;
    await alerts.open(CHECKOUT, said, new Date('2026-03-01T10:00:00.000Z'));
    await alerts.claim(CHECKOUT, new Date('2026-03-01T10:00:00.000Z'), new Date('2026-03-01T10:01:00.000Z'));
    await alerts.markSaid(CHECKOUT, said, new Date('2026-03-01T10:00:01.000Z'));
    await forward(decided({ id: 'CVE-1', outcome: 'attend' }), decided({ id: 'CVE-2', outcome: 'track' }));
    expect(alertQueue.scheduled).toEqual([]);
    await forward(decided({ id: 'CVE-3', outcome: 'act' }), decided({ id: 'CVE-4', outcome: 'track' }));
    expect(alertQueue.scheduled).toEqual([{ group: CHECKOUT, delaySeconds: 300 }]);
  });

  it('in which the hub refuses one finding goes on with the others', async () => {
    const bad = decided({ id: 'CVE-2', finding: OF_CART });
    const { forward, alertQueue } = start({
      hub: hubThat(({ Id }) => (Id === idOf(bad) ? new SekishoError('FINDING_REFUSED', 'InvalidInput') : undefined)),
    });
    expect(await forward(decided({ id: 'CVE-1' }), bad, decided({ id: 'CVE-3' }))).toEqual([
      'ok',
      'FINDING_REFUSED',
      'ok',
    ]);
    expect(alertQueue.scheduled.map(({ group }) => group)).toEqual([CHECKOUT]);
  });

  it('in which one finding cannot be kept goes on with the others, and does not import that one', async () => {
    const lost = decided({ id: 'CVE-2' });
    const findings = inMemoryFindings();
    const { forward, hub } = start({
      findings: {
        ...findings,
        record: async (finding) => {
          if (finding.key === keyOf(lost)) throw new SekishoError('AWS_UNAVAILABLE', 'Nobody answers.');
          return findings.record(finding);
        },
      },
    });
    expect(await forward(decided({ id: 'CVE-1' }), lost)).toEqual(['ok', 'AWS_UNAVAILABLE']);
    expect(hub.calls.flat().map(({ Id }) => Id)).toEqual([idOf(decided({ id: 'CVE-1' }))]);
  });
});

describe('what a finding was decided from', () => {
  const old = decided({ version: 'a', decision: { score: 17 } });
  const newer = decided({ version: 'b', decision: { score: 18 } });

  it('is kept with it, by its key', async () => {
    const { forward, decisions } = start();
    await forward(old);
    expect(await decisions.get(keyOf(old))).toMatchObject({ key: keyOf(old), version: 'a', decision: { score: 17 } });
  });

  it('stays that of the newest state, in whatever order they come', async () => {
    const { forward, decisions } = start();
    await forward(newer);
    await forward(old);
    expect(await decisions.get(keyOf(old))).toMatchObject({ version: 'b', decision: { score: 18 } });
  });

  it('brings back its record where it cannot be kept, and no other; nothing is imported before', async () => {
    const lost = decided({ id: 'CVE-2' });
    const kept = inMemoryDecisions();
    const failures = [new SekishoError('AWS_THROTTLED', 'Keeping a decision failed.')];
    const { forward, hub } = start({
      decisions: {
        ...kept,
        put: async (explained) => {
          const failure = explained.key === keyOf(lost) ? failures.pop() : undefined;
          if (failure) throw failure;
          await kept.put(explained);
        },
      },
    });
    expect(await forward(decided({ id: 'CVE-1' }), lost, decided({ id: 'CVE-3' }))).toEqual([
      'ok',
      'AWS_THROTTLED',
      'ok',
    ]);
    expect(hub.calls.flat().map(({ Id }) => Id)).toEqual(['CVE-1', 'CVE-3'].map((id) => idOf(decided({ id }))));
    expect(await forward(lost)).toEqual(['ok']);
    expect(await kept.get(keyOf(lost))).toMatchObject({ name: 'CVE-2' });
    expect(hub.calls.flat().at(-1)?.Id).toBe(idOf(lost));
  });
});

describe('an alert that cannot be opened', () => {
  it('brings back the records of its group, and no others', async () => {
    const refused = (group: string) =>
      group === CART ? new SekishoError('AWS_THROTTLED', 'Scheduling an alert failed.') : undefined;
    const { forward } = start({ alertQueue: alertQueueThat(refused) });
    const ofCart = (id: string) => decided({ id, finding: OF_CART });
    expect(await forward(ofCart('CVE-1'), decided({ id: 'CVE-2' }), ofCart('CVE-3'))).toEqual([
      'AWS_THROTTLED',
      'ok',
      'AWS_THROTTLED',
    ]);
  });

  it('is opened by the records that come back', async () => {
    const failures = [new SekishoError('AWS_THROTTLED', 'Scheduling an alert failed.')];
    const alertQueue = alertQueueThat(() => failures.pop());
    const { forward } = start({ alertQueue });
    expect(await forward(decided())).toEqual(['AWS_THROTTLED']);
    expect(await forward(decided())).toEqual(['ok']);
    expect(alertQueue.scheduled).toEqual([{ group: CHECKOUT, delaySeconds: 300 }]);
  });
});

/** One version of a finding, decided twice: before CISA listed it, and after. */
const TRACKED = decided({ outcome: 'track', decidedAt: '2026-03-02T10:05:00.000Z' });
const ATTENDED = decided({ outcome: 'attend', decidedAt: '2026-03-02T10:06:00.000Z' });

describe('a finding that is decided anew', () => {
  it('is what was decided later everywhere, though what was decided before comes back from the hub', async () => {
    const refusals = [new SekishoError('AWS_THROTTLED', 'Too many calls.')];
    const hub = hubThat(() => refusals.pop());
    const { forward, findings, decisions, alerts } = start({ hub });
    expect(await forward(TRACKED)).toEqual(['AWS_THROTTLED']);
    expect(await forward(ATTENDED)).toEqual(['ok']);
    expect(await forward(TRACKED)).toEqual(['ok']);
    expect(
      hub.calls.flat().map(({ UpdatedAt, ProductFields }) => [UpdatedAt, ProductFields?.['sekisho/decision']]),
    ).toEqual([
      ['2026-03-02T10:00:00.000Z', 'track'],
      ['2026-03-02T10:00:00.001Z', 'attend'],
    ]);
    expect(await findings.findingsOf(CHECKOUT)).toMatchObject([{ outcome: 'attend' }]);
    expect(await decisions.get(keyOf(ATTENDED))).toMatchObject({ decision: { outcome: 'attend' } });
    const noon = new Date('2026-03-02T12:00:00.000Z');
    expect(await alerts.claim(CHECKOUT, noon, noon)).toEqual({});
  });

  it('and alike is imported at the time of before, and told once', async () => {
    const { forward, hub, alertQueue } = start();
    await forward(TRACKED);
    await forward({ ...TRACKED, decidedAt: '2026-03-03T10:05:00.000Z' });
    expect(hub.calls.flat().map(({ UpdatedAt }) => UpdatedAt)).toEqual([
      '2026-03-02T10:00:00.000Z',
      '2026-03-02T10:00:00.000Z',
    ]);
    expect(alertQueue.scheduled).toHaveLength(1);
  });

  it.each([
    ['before', [TRACKED, ATTENDED]],
    ['after', [ATTENDED, TRACKED]],
  ])('in one batch is imported as it was decided last, the other standing %s it', async (_, batch) => {
    const { forward, hub } = start();
    expect(await forward(...batch)).toEqual(['ok', 'ok']);
    expect(hub.calls.flat()).toMatchObject([{ ProductFields: { 'sekisho/decision': 'attend' } }]);
  });
});

interface State {
  readonly hour: string;
  readonly letter: string;
  readonly minute: string;
  readonly outcome: 'track' | 'attend' | 'act';
  readonly isRefused: boolean;
}

it('leaves the same state everywhere, whatever the order, the batches, the duplicates and what the hub refuses', async () => {
  const state: fc.Arbitrary<State> = fc.record({
    hour: fc.constantFrom('10', '11'),
    letter: fc.constantFrom('a', 'b'),
    minute: fc.constantFrom('05', '06', '07'),
    outcome: fc.constantFrom('track', 'attend', 'act'),
    isRefused: fc.boolean(),
  });
  const batches = fc.array(fc.array(state, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(batches, async (deliveries) => {
      let isRefused = false;
      const hub = hubThat(() => (isRefused ? new SekishoError('AWS_THROTTLED', 'Too many calls.') : undefined));
      const { forward, findings, decisions } = start({ hub });
      const imported: AsffFinding[] = [];
      const decidedOf = ({ hour, letter, minute, outcome }: State) => {
        const updatedAt = `2026-03-02T${hour}:00:00.000Z`;
        return decided({
          outcome,
          version: `${updatedAt}|0|${letter}`,
          decidedAt: `2026-03-02T12:${minute}:00.000Z`,
          finding: { updatedAt, description: `state ${hour}${letter}` },
        });
      };
      const send = async (batch: readonly DecidedFinding[]) => {
        hub.calls.length = 0;
        const results = await forward(...batch);
        if (!isRefused) imported.push(...hub.calls.flat());
        return results;
      };
      for (const batch of deliveries) {
        isRefused = batch.some((one) => one.isRefused);
        await send(batch.map(decidedOf));
      }
      // The queue brings back what the hub refused, until it takes it.
      isRefused = false;
      for (const batch of deliveries) await send(batch.map(decidedOf));

      // Security Hub ignores what is not later than what it has.
      let kept = imported[0];
      for (const finding of imported) if (kept && finding.UpdatedAt > kept.UpdatedAt) kept = finding;
      const all = deliveries.flat().map(decidedOf);
      const order = ({ version, decidedAt, fingerprint }: DecidedFinding) => `${version} ${decidedAt} ${fingerprint}`;
      const newest = all.toSorted((left, right) => (order(left) < order(right) ? -1 : 1)).at(-1);
      const outcome = newest?.decision.outcome;
      expect(kept?.ProductFields?.['sekisho/decision']).toBe(outcome);
      expect(kept?.Description).toContain(newest?.enriched.finding.description);
      expect(await findings.findingsOf(CHECKOUT)).toMatchObject([{ version: newest?.version, outcome }]);
      expect(await decisions.get(keyOf(decided()))).toMatchObject({ version: newest?.version, decision: { outcome } });
    }),
  );
});
