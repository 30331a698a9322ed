import { beforeEach, describe, expect, it } from 'vitest';
import type { Deliver, Delivery } from '../../local/event-bus/delivery.ts';
import { deliverToQueue } from '../../local/queue-delivery.ts';
import type { Queues } from '../../local/queues/queues.ts';
import type { Template } from '../../local/template/read-template.ts';

const RULE = 'arn:aws:events:eu-west-1:111122223333:rule/on-arrival';
const arn = (name: string): string => `arn:aws:sqs:eu-west-1:111122223333:${name}`;

const queue = (name: string, lets: readonly string[]) => ({
  logicalId: name,
  name,
  arn: arn(name),
  url: `http://queue/${name}`,
  attributes: {},
  policy: lets.map((rule) => ({
    effect: 'Allow' as const,
    actions: ['sqs:SendMessage'],
    notActions: [],
    resources: [arn(name)],
    notResources: [],
    principals: { Service: ['events.amazonaws.com'] },
    conditions: { ArnEquals: { 'aws:SourceArn': [rule] } },
  })),
});

let sent: unknown[][];
let deliver: Deliver;
beforeEach(() => {
  sent = [];
  const queues = { send: async (...args: unknown[]) => void sent.push(args) } as unknown as Queues;
  deliver = deliverToQueue({ queues: [queue('open', [RULE]), queue('shut', [])] } as unknown as Template, queues);
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
