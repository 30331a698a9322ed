/** IAM policies as a template writes them: one statement per line of who may do what. */
import { z } from 'zod';

export interface PolicyStatement {
  readonly effect: 'Allow' | 'Deny';
  /** Empty when the statement has NotAction; the same for resources. */
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  /** By kind (`AWS`, `Service`); anybody is `AWS: ['*']`. Empty in a role's policy, where the role is meant. */
  readonly principals: Readonly<Record<string, readonly string[]>>;
  /** Operator, then key, then the values of which one must fit. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

const Scalar = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);
const OneOrMore = z.union([Scalar.transform((one) => [one]), z.array(Scalar)]);

const Statement = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(['Allow', 'Deny']),
    Action: OneOrMore.default([]),
    NotAction: OneOrMore.default([]),
    Resource: OneOrMore.default([]),
    NotResource: OneOrMore.default([]),
    Principal: z.union([z.literal('*').transform(() => ({ AWS: ['*'] })), z.record(z.string(), OneOrMore)]).default({}),
    Condition: z.record(z.string(), z.record(z.string(), OneOrMore)).default({}),
  })
  .transform(
    (statement): PolicyStatement => ({
      effect: statement.Effect,
      actions: statement.Action,
      notActions: statement.NotAction,
      resources: statement.Resource,
      notResources: statement.NotResource,
      principals: statement.Principal,
      conditions: statement.Condition,
    }),
  );

export const PolicyDocument = z.strictObject({
  Version: z.string().optional(),
  Id: z.string().optional(),
  Statement: z.union([Statement.transform((one) => [one]), z.array(Statement)]),
});

export const statementsFrom = (policy: {
  readonly PolicyDocument: z.infer<typeof PolicyDocument>;
}): readonly PolicyStatement[] => policy.PolicyDocument.Statement;

export interface WrittenPolicy {
  /** As it is written, with every reference resolved. */
  readonly document: unknown;
  readonly statements: readonly PolicyStatement[];
}

/** A policy of which the document matters too, not only what its statements say. */
export const WrittenPolicyDocument = z.unknown().transform((document, context): WrittenPolicy => {
  const parsed = PolicyDocument.safeParse(document);
  if (parsed.success) return { document, statements: parsed.data.Statement };
  for (const { path, message } of parsed.error.issues) context.addIssue({ code: 'custom', path: [...path], message });
  return z.NEVER;
});
