/** IAM's decision about one request: an explicit deny wins, then any allow of the same account, else it is denied. */
import type { PolicyStatement } from '../template/policy.ts';
import { matchesWildcard } from '../wildcard.ts';
import { hold, type RequestContext, refuseUnknownConditions, UnknownConditionError } from './condition.ts';
import { matchesResource } from './wildcard.ts';

export interface AccessRequest {
  /** `ecr:BatchGetImage`. */
  readonly action: string;
  /** An ARN, or `*` for an operation that acts on no resource: only a statement about all resources fits that. */
  readonly resource: string;
  readonly context: RequestContext;
}

export type Principal =
  | {
      readonly kind: 'role';
      readonly arn: string;
      /** Of the assumed role, as a function has it: `arn:aws:sts::ACCOUNT:assumed-role/ROLE/FUNCTION`. */
      readonly sessionArn: string;
      readonly account: string;
    }
  /** `events.amazonaws.com`: it has no policies of its own. */
  | { readonly kind: 'service'; readonly name: string };

export interface Policies {
  readonly identity: readonly PolicyStatement[];
  /** Of the resource's own policy; the resource is in the principal's account. */
  readonly resource: readonly PolicyStatement[];
}

export type Decision = 'allowed' | 'not-allowed' | 'denied-by-identity-policy' | 'denied-by-resource-policy';

export const evaluate = (request: AccessRequest, principal: Principal, policies: Policies): Decision => {
  const identity = policies.identity.filter((statement) => applies(statement, request));
  const resource = policies.resource
    .filter((statement) => applies(statement, request))
    .map((statement) => ({ ...statement, names: namedBy(statement.principals, principal) }));
  if (identity.some(isDeny)) return 'denied-by-identity-policy';
  if (resource.some((statement) => isDeny(statement) && statement.names !== 'nobody')) {
    return 'denied-by-resource-policy';
  }
  // A policy that names only the account leaves it to the account's own policies whom they let in.
  const allowed = identity.length > 0 || resource.some(({ effect, names }) => effect === 'Allow' && names === 'itself');
  return allowed ? 'allowed' : 'not-allowed';
};

/** Throws UnknownConditionError for what `evaluate` could not decide: to be called before a policy takes effect. */
export const refuseUndecidable = (statements: readonly PolicyStatement[]): void => {
  for (const { conditions, resources, notResources } of statements) {
    refuseUnknownConditions(conditions);
    const wanted = Object.values(conditions).flatMap((keys) => Object.values(keys).flat());
    const variable = [...resources, ...notResources, ...wanted].find((text) => text.includes('${'));
    if (variable !== undefined) throw new UnknownConditionError(`the policy variable in ${variable}`);
  }
};

const isDeny = ({ effect }: PolicyStatement): boolean => effect === 'Deny';

const applies = (statement: PolicyStatement, { action, resource, context }: AccessRequest): boolean =>
  covers(statement.actions, statement.notActions, (pattern) =>
    matchesWildcard(pattern.toLowerCase(), action.toLowerCase()),
  ) &&
  covers(statement.resources, statement.notResources, (pattern) => matchesResource(pattern, resource)) &&
  hold(statement.conditions, context);

/** A statement has either a list of what it is about, or one of what it is not about. */
const covers = (some: readonly string[], allBut: readonly string[], matches: (pattern: string) => boolean): boolean =>
  allBut.length > 0 ? !allBut.some(matches) : some.some(matches);

const namedBy = (principals: PolicyStatement['principals'], principal: Principal): 'itself' | 'account' | 'nobody' => {
  const { AWS = [], Service = [] } = principals;
  if (AWS.includes('*')) return 'itself';
  if (principal.kind === 'service') return Service.includes(principal.name) ? 'itself' : 'nobody';
  if (AWS.includes(principal.arn) || AWS.includes(principal.sessionArn)) return 'itself';
  const isAccount = (one: string): boolean =>
    one === principal.account || one.endsWith(`:iam::${principal.account}:root`);
  return AWS.some(isAccount) ? 'account' : 'nobody';
};
