/** The roles of a template, each with the policies that the template gives it. */
import { z } from 'zod';
import {
  PolicyDocument,
  type PolicyStatement,
  statementsFrom,
  type WrittenPolicy,
  WrittenPolicyDocument,
} from './policy.ts';
import { Ignored } from './property-values.ts';
import type { Stack } from './stack.ts';

/** A policy that belongs to one role, under the name that it has there. */
export interface TemplateInlinePolicy extends WrittenPolicy {
  readonly name: string;
}

export interface TemplateManagedPolicy {
  readonly arn: string;
  /** Absent when the policy is not in the template, as AWS's own are: what it allows is not known here. */
  readonly statements?: readonly PolicyStatement[];
}

export interface TemplateRole {
  readonly logicalId: string;
  readonly name: string;
  readonly arn: string;
  readonly policies: readonly TemplateInlinePolicy[];
  readonly managedPolicies: readonly TemplateManagedPolicy[];
}

// A permissions boundary is refused: the role would be allowed more here than it is when deployed.
const RoleProperties = z.strictObject({
  AssumeRolePolicyDocument: Ignored,
  Description: Ignored,
  ManagedPolicyArns: z.array(z.string()).default([]),
  MaxSessionDuration: Ignored,
  Path: Ignored,
  Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: WrittenPolicyDocument })).default([]),
  RoleName: Ignored,
  Tags: Ignored,
});

const Roles = z.array(z.string()).default([]);
const AttachedPolicy = z.object({ PolicyName: z.string(), PolicyDocument: WrittenPolicyDocument, Roles });
const ManagedPolicy = z.object({ PolicyDocument, Roles });

export const rolesOf = (stack: Stack): readonly TemplateRole[] => {
  const attached = stack.resourcesOf('AWS::IAM::Policy').map((policy) => policy.properties(AttachedPolicy));
  const managed = stack.namedResourcesOf('AWS::IAM::ManagedPolicy').map(({ arn, properties }) => {
    const policy = properties(ManagedPolicy);
    return { arn, roles: policy.Roles, statements: statementsFrom(policy) };
  });
  return stack.namedResourcesOf('AWS::IAM::Role').map(({ logicalId, name, arn, properties }) => {
    const { ManagedPolicyArns, Policies } = properties(RoleProperties);
    const inline = [...Policies, ...attached.filter(({ Roles }) => Roles.includes(name))];
    const managedArns = [...ManagedPolicyArns, ...managed.filter(({ roles }) => roles.includes(name)).map(arnOf)];
    return {
      logicalId,
      name,
      arn,
      policies: inline.map((policy) => ({ name: policy.PolicyName, ...policy.PolicyDocument })),
      managedPolicies: [...new Set(managedArns)].map((policyArn) => {
        const found = managed.find((policy) => policy.arn === policyArn);
        return { arn: policyArn, ...(found && { statements: found.statements }) };
      }),
    };
  });
};

const arnOf = ({ arn }: { readonly arn: string }): string => arn;
