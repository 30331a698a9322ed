import { describe, expect, it } from 'vitest';
import { rolesOf, type TemplateRole } from '../../../local/template/role.ts';
import { createStack } from '../../../local/template/stack.ts';

const rolesWith = (Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>) =>
  rolesOf(
    createStack(
      { name: 'gate', document: { Parameters: {}, Mappings: {}, Conditions: {}, Resources, Outputs: {} } },
      new Map(),
      { account: '111122223333', region: 'eu-west-1', partition: 'aws', queueUrl: (name) => name },
    ),
  );

const role = (Properties: Record<string, unknown>) => ({ Worker: { Type: 'AWS::IAM::Role', Properties } });
const ALLOW = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' };
const namesOf = (roles: readonly TemplateRole[]) =>
  roles.map(({ policies, managedPolicies }) => [
    ...policies.map(({ name }) => name),
    ...managedPolicies.map(({ arn }) => arn),
  ]);

describe('a role', () => {
  it('has the policies that name it, and no others', () => {
    const attached = (Roles: unknown) => ({ PolicyName: 'Attached', PolicyDocument: { Statement: [ALLOW] }, Roles });
    const roles = rolesWith({
      ...role({}),
      Its: { Type: 'AWS::IAM::Policy', Properties: attached([{ Ref: 'Worker' }]) },
      Not: { Type: 'AWS::IAM::Policy', Properties: attached(['other']) },
      Shared: { Type: 'AWS::IAM::ManagedPolicy', Properties: attached([{ Ref: 'Worker' }]) },
      NotShared: { Type: 'AWS::IAM::ManagedPolicy', Properties: attached(['other']) },
    });
    expect(namesOf(roles)).toEqual([['Attached', 'arn:aws:iam::111122223333:policy/gate-Shared']]);
  });

  it('has a managed policy once that both of them name', () => {
    const roles = rolesWith({
      ...role({ ManagedPolicyArns: [{ Ref: 'Shared' }] }),
      Shared: {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: { PolicyDocument: { Statement: ALLOW }, Roles: ['gate-Worker'] },
      },
    });
    expect(roles[0]?.managedPolicies).toHaveLength(1);
  });

  it.each([
    [
      'with a statement that is none',
      { Policies: [{ PolicyName: 'Own', PolicyDocument: { Statement: [ALLOW, { ...ALLOW, Effect: 'Maybe' }] } }] },
      /^Worker\.Properties\.Policies\.0\.PolicyDocument\.Statement/,
    ],
    [
      'with a permissions boundary',
      { PermissionsBoundary: 'arn:aws:iam::111122223333:policy/b' },
      /PermissionsBoundary/,
    ],
  ])('%s is refused, naming the property', (_title, properties, message) => {
    expect(() => rolesWith(role(properties))).toThrow(message);
  });
});
