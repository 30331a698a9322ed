/** Whether a queue's own policy lets an EventBridge rule send to it. */
import type { PolicyStatement } from './template/policy.ts';
import type { TemplateQueue } from './template/queue.ts';

/**
 * EventBridge has no rights but those that the queue's policy gives to it. Deny statements about plain HTTP do not
 * apply: EventBridge always comes over TLS.
 */
export const allowsRule = ({ arn, policy }: TemplateQueue, ruleArn: string): boolean =>
  policy.some(
    ({ effect, actions, resources, principals, conditions }) =>
      effect === 'Allow' &&
      actions.some((action) => ['sqs:SendMessage', 'sqs:*', '*'].includes(action)) &&
      resources.some((resource) => resource === arn || resource === '*') &&
      [...(principals.Service ?? []), ...(principals.AWS ?? [])].some((principal) =>
        ['events.amazonaws.com', '*'].includes(principal),
      ) &&
      Object.entries(conditions).every((condition) => holds(condition, ruleArn)),
  );

/** The one condition that a rule's target needs; any other is taken as not fulfilled. */
const holds = ([operator, keys]: [string, PolicyStatement['conditions'][string]], ruleArn: string): boolean =>
  ['ArnEquals', 'StringEquals', 'ArnLike'].includes(operator) &&
  Object.entries(keys).every(([key, values]) => key.toLowerCase() === 'aws:sourcearn' && values.includes(ruleArn));
