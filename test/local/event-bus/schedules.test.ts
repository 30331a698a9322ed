import { afterEach, describe, expect, it } from 'vitest';
import { createClock, type LocalClock } from '../../../local/clock.ts';
import type { Delivery } from '../../../local/event-bus/delivery.ts';
import { createSchedules, type RuleWithSchedule, type Schedules } from '../../../local/event-bus/schedules.ts';

const ARN = 'arn:aws:events:eu-west-1:111122223333:rule/refresh';
const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:work';
const DEAD = 'arn:aws:sqs:eu-west-1:111122223333:undelivered';
const DAY = 24 * 60 * 60;

const DAILY: RuleWithSchedule = {
  name: 'refresh',
  arn: ARN,
  scheduleExpression: 'rate(1 day)',
  state: 'ENABLED',
  targets: [{ id: 'Target0', arn: QUEUE }],
};

let schedules: Schedules | undefined;
afterEach(() => schedules?.close());

interface Created {
  readonly clock: LocalClock;
  readonly created: Schedules;
  readonly sent: Delivery[];
  readonly lines: string[];
  readonly deliveries: Promise<void>[];
}

/** `refuses`: ARNs of queues that take nothing. */
const create = (rules: readonly RuleWithSchedule[], refuses: readonly string[] = []): Created => {
  const clock = createClock();
  const [sent, lines, deliveries]: [Delivery[], string[], Promise<void>[]] = [[], [], []];
  const created = createSchedules({
    rules,
    clock,
    account: '111122223333',
    region: 'eu-west-1',
    deliver: async (delivery) => {
      if (refuses.includes(delivery.targetArn)) throw new Error('closed');
      sent.push(delivery);
    },
    run: (delivery) => void deliveries.push(delivery),
    onLog: (line) => lines.push(line),
  });
  schedules = created;
  return { clock, created, sent, lines, deliveries };
};

const start = (rules: readonly RuleWithSchedule[], refuses: readonly string[] = []): Created => {
  const all = create(rules, refuses);
  all.created.start();
  return all;
};

const timesOf = (sent: readonly Delivery[]): readonly number[] =>
  sent.map(({ body }) => Date.parse(JSON.parse(body).time));

describe('a schedule', () => {
  it('sends at its start the event that EventBridge sends, with whole seconds', () => {
    const { sent } = start([DAILY]);
    expect(sent).toMatchObject([{ ruleArn: ARN, targetArn: QUEUE, attributes: {} }]);
    expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
      version: '0',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      'detail-type': 'Scheduled Event',
      source: 'aws.events',
      account: '111122223333',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      region: 'eu-west-1',
      resources: [ARN],
      detail: {},
    });
  });

  it('sends nothing before it is started, and says nothing of itself', () => {
    const { clock, created, sent } = create([DAILY]);
    clock.advance(10 * DAY);
    expect({ sent, state: created.state() }).toEqual({ sent: [], state: [] });
  });

  it('says when it is due next, which is a period after its start', () => {
    const { clock, created } = create([DAILY]);
    const before = clock.nowMs();
    created.start();
    const after = clock.nowMs();
    const [state] = created.state();
    expect(state).toMatchObject({ name: 'refresh', every: 'rate(1 day)' });
    expect(Date.parse(state?.next ?? '')).toBeGreaterThanOrEqual(before + DAY * 1000);
    expect(Date.parse(state?.next ?? '')).toBeLessThanOrEqual(after + DAY * 1000);
  });

  it('waits for its time', () => {
    const { clock, sent } = start([DAILY]);
    clock.advance(DAY - 10);
    expect(sent).toHaveLength(1);
    clock.advance(10);
    expect(sent).toHaveLength(2);
  });

  it('sends one event for each time that fell due, with that time and an id of its own', () => {
    const { clock, sent } = start([DAILY]);
    clock.advance(3 * DAY + 60);
    const times = timesOf(sent);
    const [first = 0] = times;
    expect(times).toEqual([0, 1, 2, 3].map((days) => first + days * DAY * 1000));
    expect(new Set(sent.map(({ body }) => JSON.parse(body).id)).size).toBe(4);
  });

  it('keeps its rhythm, however the clock is advanced', () => {
    const { clock, created, sent } = start([DAILY]);
    const [state] = created.state();
    clock.advance(1.75 * DAY);
    expect(Date.parse(created.state()[0]?.next ?? '')).toBe(Date.parse(state?.next ?? '') + DAY * 1000);
    clock.advance(0.5 * DAY);
    expect(sent).toHaveLength(3);
  });

  it('sends the last hundred of more, and says how many it left out', () => {
    const { clock, sent, lines } = start([{ ...DAILY, scheduleExpression: 'rate(1 minute)' }]);
    const [first = 0] = timesOf(sent);
    clock.advance(365 * DAY);
    expect(sent).toHaveLength(101);
    expect(timesOf(sent).at(-1)).toBe(first + 365 * DAY * 1000);
    expect(timesOf(sent).at(-100)).toBe(first + (365 * DAY - 99 * 60) * 1000);
    expect(lines).toEqual(['local runtime: the schedule refresh fell due 525600 times; the last 100 are sent']);
  });

  it('sends a constant input in place of the event', () => {
    const { sent } = start([{ ...DAILY, targets: [{ id: 'Target0', arn: QUEUE, input: '{"task":"refresh"}' }] }]);
    expect(sent.map(({ body }) => body)).toEqual(['{"task":"refresh"}']);
  });

  it('whose target refuses leaves its event in the dead letter queue', async () => {
    const { sent, deliveries } = start(
      [{ ...DAILY, targets: [{ id: 'Target0', arn: QUEUE, deadLetterArn: DEAD }] }],
      [QUEUE],
    );
    await Promise.all(deliveries);
    expect(sent).toMatchObject([
      { targetArn: DEAD, attributes: { RULE_ARN: ARN, TARGET_ARN: QUEUE, ERROR_CODE: 'ERROR_FROM_TARGET' } },
    ]);
  });

  it('whose event reaches nobody is reported', async () => {
    const { deliveries } = start([DAILY], [QUEUE]);
    await expect(Promise.all(deliveries)).rejects.toThrow('the event of the schedule refresh reached nobody');
  });

  it('that is closed is over', () => {
    const { clock, created, sent } = start([DAILY]);
    created.close();
    clock.advance(10 * DAY);
    expect(sent).toHaveLength(1);
    expect(created.state()).toEqual([]);
  });
});

describe('no schedule has a rule that', () => {
  const { scheduleExpression: _, ...pattern } = DAILY;
  it.each<[string, RuleWithSchedule]>([
    ['is switched off', { ...DAILY, state: 'DISABLED' }],
    ['has an event pattern only', pattern],
  ])('%s', (_title, rule) => {
    const { clock, created, sent } = start([rule]);
    clock.advance(10 * DAY);
    expect({ sent, state: created.state() }).toEqual({ sent: [], state: [] });
  });
});
