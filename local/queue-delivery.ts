/** How the event bus reaches a queue: only where the queue's own policy lets that rule in. */
import { type Deliver, DeliveryError } from './event-bus/delivery.ts';
import type { AccessControl } from './iam/access-control.ts';
import type { Queues } from './queues/queues.ts';
import type { Template } from './template/read-template.ts';

export const deliverToQueue = (
  template: Pick<Template, 'queues'>,
  queues: Pick<Queues, 'send'>,
  { mayDeliver }: Pick<AccessControl, 'mayDeliver'>,
): Deliver => {
  const byArn = new Map(template.queues.map((queue) => [queue.arn, queue]));
  return async ({ ruleArn, targetArn, body, attributes }) => {
    const queue = byArn.get(targetArn);
    if (queue === undefined) throw new DeliveryError('NO_RESOURCE', `there is no queue ${targetArn}`);
    if (!mayDeliver(targetArn, ruleArn))
      throw new DeliveryError('NO_PERMISSIONS', `the policy of ${queue.name} does not let ${ruleArn} send to it`);
    await queues.send(queue.name, body, attributes);
  };
};
