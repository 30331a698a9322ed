import { beforeEach, describe, expect, it } from 'vitest';
import { DeliveryError } from '../../local/event-bus/delivery.ts';
import { createEventBus, type EventBus } from '../../local/event-bus/event-bus.ts';
import { putEvent } from '../../local/put-events.ts';

const EVENT = {
  version: '0',
  id: 'a',
  'detail-type': 'Inspector2 Finding',
  source: 'aws.inspector2',
  account: '111122223333',
  time: '2026-11-20T12:00:00Z',
  region: 'eu-west-1',
  resources: [],
  detail: { status: 'ACTIVE' },
};

let delivered: string[];
let ingested: unknown[];
let bus: EventBus;
beforeEach(() => {
  [delivered, ingested] = [[], []];
  bus = createEventBus({
    deliver: async ({ targetArn, body }) => {
      if (targetArn === 'shut') throw new DeliveryError('NO_PERMISSIONS', 'the queue is shut');
      delivered.push(body);
    },
  });
  const rule = { pattern: { source: ['aws.inspector2'] }, state: 'ENABLED' as const };
  bus.putRule({ ...rule, name: 'findings', arn: 'rule-1', targets: [{ id: '1', arn: 'queue' }] });
});

const put = (event: unknown) => putEvent(bus, event, (typed) => ingested.push(typed));

describe('an event', () => {
  it('that a rule takes is accepted with the rule, and kept for the listings', async () => {
    expect(await put(EVENT)).toEqual({ accepted: true, rules: ['findings'] });
    expect(delivered.map((body) => JSON.parse(body))).toEqual([EVENT]);
    expect(ingested).toEqual([EVENT]);
  });

  it('that no rule takes is accepted with the reason', async () => {
    expect(await put({ ...EVENT, source: 'aws.health', 'detail-type': 'AWS Health Event' })).toEqual({
      accepted: true,
      rules: [],
      reason: 'no rule of the template takes this "AWS Health Event"',
    });
  });

  it.each<[string, unknown, string]>([
    ['without a detail', { ...EVENT, detail: undefined }, 'detail'],
    ['without a time and an account', { ...EVENT, time: undefined, account: undefined }, 'account, time'],
    ['that is a text', 'event', 'it is no JSON object'],
    ['that is null', null, 'it is no JSON object'],
    ['that is a list', [EVENT], 'it is no JSON object'],
  ])('%s is rejected with what it lacks', async (_title, event, lacks) => {
    expect(await put(event)).toEqual({ accepted: false, rules: [], reason: expect.stringContaining(lacks) });
    expect([...delivered, ...ingested]).toEqual([]);
    expect(bus.counts()).toEqual({});
  });

  it('that cannot be delivered, and that no dead-letter queue has, is rejected', async () => {
    const rule = { pattern: { source: ['aws.inspector2'] }, state: 'ENABLED' as const };
    bus.putRule({ ...rule, name: 'shut', arn: 'rule-2', targets: [{ id: '1', arn: 'shut' }] });
    expect(await put(EVENT)).toEqual({
      accepted: false,
      rules: ['findings', 'shut'],
      reason: 'it could not be delivered: the queue is shut',
    });
  });

  it('that a dead-letter queue took is accepted: it is not lost', async () => {
    const rule = { pattern: { source: ['aws.inspector2'] }, state: 'ENABLED' as const };
    bus.putRule({
      ...rule,
      name: 'findings',
      arn: 'rule-1',
      targets: [{ id: '1', arn: 'shut', deadLetterArn: 'dead' }],
    });
    expect(await put(EVENT)).toEqual({ accepted: true, rules: ['findings'] });
    expect(delivered).toHaveLength(1);
  });

  it('that makes the runtime itself fail is no answer', async () => {
    const failure = new TypeError('undefined is no function');
    await expect(
      putEvent(bus, EVENT, () => {
        throw failure;
      }),
    ).rejects.toBe(failure);
  });
});
