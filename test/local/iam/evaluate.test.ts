import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccessRequest, evaluate, type Principal, refuseUndecidable } from '../../../local/iam/evaluate.ts';
import type { PolicyStatement } from '../../../local/template/policy.ts';
import { allow, statement } from './statements.ts';

const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:work';
const OTHER = 'arn:aws:sqs:eu-west-1:111122223333:other';
const RULE = 'arn:aws:events:eu-west-1:111122223333:rule/on-arrival';
const ROLE: Principal = {
  kind: 'role',
  arn: 'arn:aws:iam::111122223333:role/worker',
  sessionArn: 'arn:aws:sts::111122223333:assumed-role/worker/fn',
  account: '111122223333',
};
const EVENTS: Principal = { kind: 'service', name: 'events.amazonaws.com' };
const SEND: AccessRequest = {
  action: 'sqs:SendMessage',
  resource: QUEUE,
  context: { 'aws:SecureTransport': ['true'], 'aws:SourceArn': [RULE] },
};
const LIST: AccessRequest = { action: 'ecs:ListClusters', resource: '*', context: {} };

const byIdentity = (request: AccessRequest, ...identity: readonly PolicyStatement[]) =>
  evaluate(request, ROLE, { identity, resource: [] });
const byResource = (principal: Principal, ...resource: readonly PolicyStatement[]) =>
  evaluate(SEND, principal, { identity: [], resource });

/** Replaced by IAM when it decides. */
const VARIABLE = ['$', '{aws:username}'].join('');
const DENY = statement({ effect: 'Deny', actions: ['sqs:*'], resources: ['*'] });

describe("what a role's own policies allow", () => {
  it.each<[string, AccessRequest, readonly PolicyStatement[]]>([
    ['the action on the resource', SEND, [allow('sqs:SendMessage', QUEUE)]],
    ['the action in another case', SEND, [allow('SQS:sendmessage', QUEUE)]],
    ['all actions of a service', SEND, [allow('sqs:*', QUEUE)]],
    ['all actions that begin so', SEND, [allow('sqs:Send*', QUEUE)]],
    ['every action', SEND, [allow('*', '*')]],
    ['one of several', SEND, [statement({ actions: ['sqs:Get*', 'sqs:Send*'], resources: [OTHER, QUEUE] })]],
    ['all but other actions', SEND, [statement({ notActions: ['iam:*'], resources: ['*'] })]],
    ['all but other resources', SEND, [statement({ actions: ['sqs:*'], notResources: [OTHER] })]],
    ['by one statement of several', SEND, [allow('ecr:*', '*'), allow('sqs:*', '*')]],
    [
      'under a condition that holds',
      SEND,
      [{ ...allow('sqs:*', '*'), conditions: { Bool: { 'aws:SecureTransport': ['true'] } } }],
    ],
    ['an action on no resource, by a statement about all', LIST, [allow('ecs:ListClusters', '*')]],
  ])('%s', (_title, request, statements) => {
    expect(byIdentity(request, ...statements)).toBe('allowed');
  });

  it.each<[string, AccessRequest, readonly PolicyStatement[]]>([
    ['nothing', SEND, []],
    ['another action', SEND, [allow('sqs:SendMessageBatch', QUEUE)]],
    ['another service', SEND, [allow('sns:*', '*')]],
    ['another resource', SEND, [allow('sqs:*', OTHER)]],
    ['the resource in another case', SEND, [allow('sqs:*', QUEUE.replace('work', 'Work'))]],
    ['all but this action', SEND, [statement({ notActions: ['sqs:Send*'], resources: ['*'] })]],
    ['all but this resource', SEND, [statement({ actions: ['sqs:*'], notResources: [QUEUE] })]],
    ['no resource at all', SEND, [statement({ actions: ['sqs:*'] })]],
    ['no action at all', SEND, [statement({ resources: ['*'] })]],
    [
      'under a condition that does not hold',
      SEND,
      [{ ...allow('sqs:*', '*'), conditions: { Bool: { 'aws:SecureTransport': ['false'] } } }],
    ],
    ['an action on no resource, by a statement about some', LIST, [allow('ecs:*', 'arn:aws:ecs:*:*:cluster/*')]],
  ])('does not go beyond %s', (_title, request, statements) => {
    expect(byIdentity(request, ...statements)).toBe('not-allowed');
  });
});

describe('an explicit deny', () => {
  const allowed = allow('*', '*');
  it.each<[string, readonly PolicyStatement[]]>([
    ['after an allow', [allowed, DENY]],
    ['before an allow', [DENY, allowed]],
    ['with no allow', [DENY]],
    ['of all but other actions', [allowed, statement({ effect: 'Deny', notActions: ['ecr:*'], resources: ['*'] })]],
  ])('of the role wins %s', (_title, statements) => {
    expect(byIdentity(SEND, ...statements)).toBe('denied-by-identity-policy');
  });

  it('of the role wins over what the queue allows', () => {
    const resource = [{ ...allow('sqs:*', QUEUE), principals: { AWS: [ROLE.arn] } }];
    expect(evaluate(SEND, ROLE, { identity: [DENY], resource })).toBe('denied-by-identity-policy');
  });

  it.each([
    ['everybody', ['*']],
    ['the role', [ROLE.arn]],
    ['its session', [ROLE.sessionArn]],
    ['the account', ['111122223333']],
    ["the account's root", ['arn:aws:iam::111122223333:root']],
  ])('of the queue for %s wins over what the role allows', (_title, AWS) => {
    const resource = [{ ...DENY, principals: { AWS } }];
    expect(evaluate(SEND, ROLE, { identity: [allowed], resource })).toBe('denied-by-resource-policy');
  });

  it.each<[string, PolicyStatement]>([
    ['of another action', statement({ effect: 'Deny', actions: ['sqs:DeleteQueue'], resources: ['*'] })],
    ['of plain HTTP', { ...DENY, conditions: { Bool: { 'aws:SecureTransport': ['false'] } } }],
  ])('%s takes nothing away', (_title, deny) => {
    expect(byIdentity(SEND, allowed, deny)).toBe('allowed');
  });

  it('of the queue for somebody else takes nothing away', () => {
    const resource = [{ ...DENY, principals: { AWS: ['arn:aws:iam::111122223333:role/other'] } }];
    expect(evaluate(SEND, ROLE, { identity: [allowed], resource })).toBe('allowed');
  });
});

describe("what the queue's own policy allows a role", () => {
  it.each<[string, readonly string[], string]>([
    ['everybody', ['*'], 'allowed'],
    ['the role', [ROLE.arn], 'allowed'],
    ['its session', [ROLE.sessionArn], 'allowed'],
    ["the account, which leaves it to the role's own policies", ['111122223333'], 'not-allowed'],
    ["the account's root, which is the same", ['arn:aws:iam::111122223333:root'], 'not-allowed'],
    ['another role', ['arn:aws:iam::111122223333:role/other'], 'not-allowed'],
    ['nobody', [], 'not-allowed'],
  ])('by naming %s', (_title, AWS, decision) => {
    expect(byResource(ROLE, { ...allow('sqs:SendMessage', QUEUE), principals: { AWS } })).toBe(decision);
  });
});

describe('EventBridge', () => {
  /** As the CDK writes it for a rule's target. */
  const target = statement({
    actions: ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
    resources: [QUEUE],
    principals: { Service: ['events.amazonaws.com'] },
    conditions: { ArnEquals: { 'aws:SourceArn': [RULE] } },
  });
  const plainHttp = { ...DENY, principals: { AWS: ['*'] }, conditions: { Bool: { 'aws:SecureTransport': ['false'] } } };

  it.each<[string, readonly PolicyStatement[]]>([
    ['that the queue names', [target]],
    ['beside a deny of plain HTTP', [plainHttp, target]],
    ['among others', [{ ...target, conditions: { ArnLike: { 'AWS:SourceArn': ['arn:other', RULE] } } }]],
    ['without a condition', [{ ...target, conditions: {} }]],
    ['where anybody may do anything', [{ ...allow('*', '*'), principals: { AWS: ['*'] } }]],
  ])('may send for a rule %s', (_title, policy) => {
    expect(byResource(EVENTS, ...policy)).toBe('allowed');
  });

  it.each<[string, readonly PolicyStatement[]]>([
    ['without a policy', []],
    ['where only plain HTTP is spoken of', [plainHttp]],
    ['where another rule is named', [{ ...target, conditions: { ArnEquals: { 'aws:SourceArn': [`${RULE}-2`] } } }]],
    ['where another service is named', [{ ...target, principals: { Service: ['sns.amazonaws.com'] } }]],
    ['where the account is named', [{ ...target, principals: { AWS: ['111122223333'] } }]],
    ['where nobody is named', [{ ...target, principals: {} }]],
    ['where only reading is allowed', [{ ...target, actions: ['sqs:ReceiveMessage'] }]],
    ['where another queue is meant', [{ ...target, resources: [OTHER] }]],
    [
      'under two conditions of which one does not hold',
      [{ ...target, conditions: { ...target.conditions, ...plainHttp.conditions } }],
    ],
  ])('may not send %s', (_title, policy) => {
    expect(byResource(EVENTS, ...policy)).toBe('not-allowed');
  });
});

describe('a statement that cannot be decided here', () => {
  it.each<[string, Partial<PolicyStatement>, RegExp]>([
    [
      'has an operator',
      { conditions: { DateLessThan: { 'aws:SourceArn': ['x'] } } },
      /condition operator DateLessThan/,
    ],
    ['has a key', { conditions: { StringEquals: { 'aws:SourceIp': ['x'] } } }, /condition key aws:SourceIp/],
    ['has a variable', { resources: [`arn:aws:s3:::home/${VARIABLE}`] }, /policy variable in arn:aws:s3:::home/],
    ['has a variable', { conditions: { StringEquals: { 'aws:SourceArn': [VARIABLE] } } }, /policy variable/],
  ])('%s that is not known', (_title, given, message) => {
    expect(() => refuseUndecidable([allow('*', '*'), statement(given)])).toThrow(message);
  });
});

describe('for any policies and any request', () => {
  const actions = fc.constantFrom('sqs:SendMessage', 'sqs:*', 'sqs:Delete*', '*', 'ecr:BatchGetImage');
  const resources = fc.constantFrom(QUEUE, OTHER, '*', 'arn:aws:sqs:*:*:w*');
  const statements = (effect: 'Allow' | 'Deny') =>
    fc.record({
      effect: fc.constant(effect),
      actions: fc.array(actions),
      notActions: fc.array(actions, { maxLength: 1 }),
      resources: fc.array(resources),
      notResources: fc.array(resources, { maxLength: 1 }),
      principals: fc.constantFrom({}, { AWS: ['*'] }, { AWS: [ROLE.arn] }, { AWS: ['111122223333'] }),
      conditions: fc.constantFrom(
        {},
        { Bool: { 'aws:SecureTransport': ['false'] } },
        { StringNotEquals: { 'aws:SourceArn': ['x'] } },
      ),
    });
  const lists = fc.array(fc.oneof(statements('Allow'), statements('Deny')), { maxLength: 4 });
  const requests = fc.record({
    action: fc.constantFrom('sqs:SendMessage', 'ecr:BatchGetImage'),
    resource: fc.constantFrom(QUEUE, OTHER, '*'),
    context: fc.constantFrom({}, { 'aws:SecureTransport': ['true'] }),
  });
  const isAllowed = (
    request: AccessRequest,
    identity: readonly PolicyStatement[],
    resource: readonly PolicyStatement[],
  ) => evaluate(request, ROLE, { identity, resource }) === 'allowed';

  it('one more allow never takes a permission away', () => {
    fc.assert(
      fc.property(requests, lists, lists, statements('Allow'), (request, identity, resource, more) => {
        const before = isAllowed(request, identity, resource);
        expect(!before || isAllowed(request, [...identity, more], resource)).toBe(true);
        expect(!before || isAllowed(request, identity, [...resource, more])).toBe(true);
      }),
    );
  });

  it('one more deny never gives one', () => {
    fc.assert(
      fc.property(requests, lists, lists, statements('Deny'), (request, identity, resource, more) => {
        const before = isAllowed(request, identity, resource);
        expect(before || !isAllowed(request, [...identity, more], resource)).toBe(true);
        expect(before || !isAllowed(request, identity, [...resource, more])).toBe(true);
      }),
    );
  });
});
