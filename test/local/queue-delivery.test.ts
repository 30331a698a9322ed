import { beforeEach, describe, expect, it } from 'vitest';
import type { Deliver, Delivery } from '../../local/event-bus/delivery.ts';
import { deliverToQueue } from '../../local/queue-delivery.ts';

const RULE = 'arn:aws:events:eu-west-1:111122223333:rule/on-arrival';
const arn = (name: string): string => `arn:aws:sqs:eu-west-1:111122223333:${name}`;

const queue = (name: string) => ({
  logicalId: name,
  name,
  arn: arn(name),
  url: `http://queue/${name}`,
  attributes: {},
  policy: [],
});

let sent: unknown[][];
let deliver: Deliver;
beforeEach(() => {
  sent = [];
  deliver = deliverToQueue(
    { queues: [queue('open'), queue('shut')] },
    { send: async (...args: unknown[]) => void sent.push(args) },
    { mayDeliver: (queueArn, ruleArn) => queueArn === arn('open') && ruleArn === RULE },
  );
});

const delivery = (name: string): Delivery => ({
  ruleArn: RULE,
  targetArn: arn(name),
  body: '{"id":"a"}',
  attributes: { ERROR_CODE: 'NO_PERMISSIONS' },
});

describe('a delivery to a queue', () => {
  it('brings body and attributes as they are', async () => {
    await deliver(delivery('open'));
    expect(sent).toEqual([['open', '{"id":"a"}', { ERROR_CODE: 'NO_PERMISSIONS' }]]);
  });

  it.each([
    ['does not let the rule in', 'shut', 'NO_PERMISSIONS'],
    ['is not there', 'gone', 'NO_RESOURCE'],
  ])('fails with the reason when the queue %s', async (_title, name, code) => {
    await expect(deliver(delivery(name))).rejects.toMatchObject({ name: 'DeliveryError', code });
    expect(sent).toEqual([]);
  });
});
