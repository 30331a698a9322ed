import { describe, expect, it } from 'vitest';
import { allowsRule } from '../../local/queue-policy.ts';
import type { PolicyStatement } from '../../local/template/policy.ts';

const RULE = 'arn:aws:events:eu-west-1:111122223333:rule/on-arrival';
const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:work';

/** As the CDK writes it for a rule's target. */
const ALLOWED: PolicyStatement = {
  effect: 'Allow',
  actions: ['sqs:GetQueueAttributes', 'sqs:SendMessage'],
  notActions: [],
  resources: [QUEUE],
  notResources: [],
  principals: { Service: ['events.amazonaws.com'] },
  conditions: { ArnEquals: { 'aws:SourceArn': [RULE] } },
};
const PLAIN_HTTP: PolicyStatement = {
  ...ALLOWED,
  effect: 'Deny',
  actions: ['sqs:*'],
  principals: { AWS: ['*'] },
  conditions: { Bool: { 'aws:SecureTransport': ['false'] } },
};

const allows = (...policy: readonly PolicyStatement[]): boolean =>
  allowsRule({ logicalId: 'Work', name: 'work', arn: QUEUE, url: 'http://queue', attributes: {}, policy }, RULE);

describe('a rule', () => {
  it.each<[string, readonly PolicyStatement[]]>([
    ['that the policy names', [ALLOWED]],
    ['that a policy of several statements names', [PLAIN_HTTP, ALLOWED]],
    ['among others', [{ ...ALLOWED, conditions: { ArnLike: { 'AWS:SourceArn': ['arn:other', RULE] } } }]],
    ['when EventBridge may send without a condition', [{ ...ALLOWED, conditions: {} }]],
    ['when anybody may do anything', [{ ...ALLOWED, actions: ['*'], resources: ['*'], principals: { AWS: ['*'] } }]],
  ])('%s may send', (_title, policy) => {
    expect(allows(...policy)).toBe(true);
  });

  it.each<[string, readonly PolicyStatement[]]>([
    ['without a policy', []],
    ['when only plain HTTP is spoken of', [PLAIN_HTTP]],
    ['when another rule is named', [{ ...ALLOWED, conditions: { ArnEquals: { 'aws:SourceArn': [`${RULE}-2`] } } }]],
    ['when another service is named', [{ ...ALLOWED, principals: { Service: ['sns.amazonaws.com'] } }]],
    ['when nobody is named', [{ ...ALLOWED, principals: {} }]],
    ['when only reading is allowed', [{ ...ALLOWED, actions: ['sqs:ReceiveMessage'] }]],
    ['when another queue is meant', [{ ...ALLOWED, resources: [`${QUEUE}-dlq`] }]],
    [
      'under a condition that is not known',
      [{ ...ALLOWED, conditions: { StringEquals: { 'aws:SourceOrgID': ['o-1'] } } }],
    ],
    [
      'under an operator that is not known',
      [{ ...ALLOWED, conditions: { ArnNotEquals: { 'aws:SourceArn': [RULE] } } }],
    ],
    [
      'under two conditions of which one does not hold',
      [{ ...ALLOWED, conditions: { ...ALLOWED.conditions, Bool: { 'aws:SecureTransport': ['false'] } } }],
    ],
  ])('may not send %s', (_title, policy) => {
    expect(allows(...policy)).toBe(false);
  });
});
