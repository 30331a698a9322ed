/** The roles of a template, each with every statement that the template gives it. */
import { z } from 'zod';
import { PolicyDocument, type PolicyStatement, statementsFrom } from './policy.ts';
import { Ignored } from './property-values.ts';
import type { Stack } from './stack.ts';

export interface TemplateRole {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  /** Including those that are not in the template, as AWS's own are: what those allow is not known here. */
  readonly managedPolicyArns: readonly string[];
  readonly statements: readonly PolicyStatement[];
}

const RoleProperties = z.strictObject({
  AssumeRolePolicyDocument: Ignored,
  Description: Ignored,
  ManagedPolicyArns: z.array(z.string()).default([]),
  MaxSessionDuration: Ignored,
  Path: Ignored,
  PermissionsBoundary: Ignored,
  Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument })).default([]),
  RoleName: Ignored,
  Tags: Ignored,
});

const AttachedPolicy = z.object({ PolicyDocument, Roles: z.array(z.string()).default([]) });

export const rolesOf = (stack: Stack): readonly TemplateRole[] => {
  const policies = stack.resourcesOf('AWS::IAM::Policy').map((policy) => policy.properties(AttachedPolicy));
  const managed = stack
    .namedResourcesOf('AWS::IAM::ManagedPolicy')
    .map(({ arn, properties }) => ({ arn, ...properties(AttachedPolicy) }));
  return stack.namedResourcesOf('AWS::IAM::Role').map(({ logicalId, name, arn, properties }) => {
    const { ManagedPolicyArns, Policies } = properties(RoleProperties);
    const attached = [
      ...Policies,
      ...policies.filter(({ Roles }) => Roles.includes(name)),
      ...managed.filter((policy) => policy.Roles.includes(name) || ManagedPolicyArns.includes(policy.arn)),
    ];
    return {
      logicalId,
      name,
      arn,
      managedPolicyArns: ManagedPolicyArns,
      statements: attached.flatMap(statementsFrom),
    };
  });
};
