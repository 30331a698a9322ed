/** The rules that run on a schedule: each sends its targets an event of its own, again and again. */
import { randomUUID } from 'node:crypto';
import type { LocalClock } from '../clock.ts';
import { type Deliver, deliverToTarget, type RuleTarget } from './delivery.ts';
import type { EventEnvelope } from './event-envelope.ts';
import { ratePeriodMs } from './rate.ts';

export interface RuleWithSchedule {
  readonly name: string;
  readonly arn: string;
  /** `rate(5 minutes)`; absent for a rule that has an event pattern only. */
  readonly scheduleExpression?: string;
  readonly state: 'ENABLED' | 'DISABLED';
  readonly targets: readonly RuleTarget[];
}

export interface ScheduleState {
  readonly name: string;
  readonly every: string;
  /** ISO 8601, of the runtime's clock. */
  readonly next: string;
}

export interface SchedulesOptions {
  /** Rules that are switched off, or have no rate, do nothing. */
  readonly rules: readonly RuleWithSchedule[];
  readonly clock: Pick<LocalClock, 'nowMs' | 'at'>;
  readonly account: string;
  readonly region: string;
  readonly deliver: Deliver;
  /** Given each delivery as it goes on; it rejects when neither a target nor its dead letter queue has the event. */
  readonly run: (delivery: Promise<void>) => void;
  readonly onLog: (line: string) => void;
}

export interface Schedules {
  /** Every rule counts as created now: it runs at once, and then after every period. */
  readonly start: () => void;
  /** None until they are started. */
  readonly state: () => readonly ScheduleState[];
  readonly close: () => void;
}

/**
 * What one advance of the clock sends of one schedule. A hundred messages show whatever many can show, and a year of
 * minutes would be half a million. The latest are sent, so that what a schedule keeps fresh is as fresh as in AWS.
 */
const MOST_AT_ONCE = 100;

interface ScheduledRule extends Pick<RuleWithSchedule, 'name' | 'arn' | 'targets'> {
  readonly every: string;
  readonly periodMs: number;
}

const scheduledFrom = ({ scheduleExpression: every, state, ...rule }: RuleWithSchedule): readonly ScheduledRule[] => {
  const periodMs = every === undefined || state === 'DISABLED' ? undefined : ratePeriodMs(every);
  return every === undefined || periodMs === undefined ? [] : [{ ...rule, every, periodMs }];
};

export const createSchedules = (options: SchedulesOptions): Schedules => {
  const { clock, deliver, run, onLog } = options;
  const rules = options.rules.flatMap(scheduledFrom);
  const next = new Map<ScheduledRule, { readonly atMs: number; readonly cancel: () => void }>();

  const occur = async (rule: ScheduledRule, atMs: number): Promise<void> => {
    const event = scheduledEvent(rule, atMs, options);
    const failed = await Promise.all(rule.targets.map((target) => deliverToTarget(deliver, rule.arn, target, event)));
    const lost = failed.find((failure) => failure?.lost);
    if (lost)
      throw new Error(`the event of the schedule ${rule.name} reached nobody: ${lost.error.message}`, {
        cause: lost.error,
      });
  };

  /** Everything from `firstMs` on that has fallen due. */
  const catchUp = (rule: ScheduledRule, firstMs: number): void => {
    const due = Math.floor((clock.nowMs() - firstMs) / rule.periodMs) + 1;
    const sent = Math.min(due, MOST_AT_ONCE);
    if (sent < due) onLog(`local runtime: the schedule ${rule.name} fell due ${due} times; the last ${sent} are sent`);
    for (let index = due - sent; index < due; index += 1) run(occur(rule, firstMs + index * rule.periodMs));
    const atMs = firstMs + due * rule.periodMs;
    next.set(rule, { atMs, cancel: clock.at(atMs, () => catchUp(rule, atMs)) });
  };

  return {
    start: () => {
      const nowMs = clock.nowMs();
      for (const rule of rules) catchUp(rule, nowMs);
    },
    state: () => [...next].map(([{ name, every }, { atMs }]) => ({ name, every, next: new Date(atMs).toISOString() })),
    close: () => {
      for (const { cancel } of next.values()) cancel();
      next.clear();
    },
  };
};

const scheduledEvent = (
  { arn }: ScheduledRule,
  atMs: number,
  { account, region }: Pick<SchedulesOptions, 'account' | 'region'>,
): EventEnvelope => ({
  version: '0',
  id: randomUUID(),
  'detail-type': 'Scheduled Event',
  source: 'aws.events',
  account,
  // EventBridge writes whole seconds.
  time: new Date(atMs).toISOString().replace(/\.\d+Z$/, 'Z'),
  region,
  resources: [arn],
  detail: {},
});
