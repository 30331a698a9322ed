/** Holds every call that a function makes against the policies of its role, as IAM would. */
import { accessKeyOf } from '../call-log.ts';
import type { AwsCall } from '../endpoint/endpoint.ts';
import type { TemplateFunction } from '../template/function.ts';
import type { PolicyStatement } from '../template/policy.ts';
import type { Template } from '../template/read-template.ts';
import type { RequiredAccess } from './access/required.ts';
import { bucketArnOf } from './access/s3.ts';
import type { RequestContext } from './condition.ts';
import { type Decision, evaluate, type Principal, refuseUndecidable } from './evaluate.ts';
import { refusal } from './refusal.ts';
import { requiredAccess } from './required-access.ts';
import { createRoles, type Roles } from './roles.ts';

/** A permission that a function did not have when it needed it. */
export interface Denial {
  readonly function: string;
  readonly action: string;
  readonly resource: string;
}

export interface AccessControl extends Omit<Roles, 'statements'> {
  /** Throws the service's own AccessDenied when a function calls what its role may not. Anybody else may do anything. */
  readonly authorize: (call: Pick<AwsCall, 'service' | 'operation' | 'accessKeyId' | 'region' | 'input'>) => void;
  /** Whether the queue's own policy lets an EventBridge rule send to it; false when there is no such queue. */
  readonly mayDeliver: (queueArn: string, ruleArn: string) => boolean;
  /** For what Lambda does in the name of a function's role. What is not allowed is among `denied` too. */
  readonly allows: (functionName: string, action: string, resource: string) => boolean;
  /** Each once, in the order of the first time. */
  readonly denied: () => readonly Denial[];
}

export interface AccessControlOptions {
  readonly template: Pick<Template, 'roles' | 'functions' | 'queues' | 'buckets' | 'secrets'>;
  /** 12 digits. */
  readonly account: string;
  /** Where the functions run. They may call other Regions too. */
  readonly region: string;
}

const EVENT_BRIDGE = 'events.amazonaws.com';

/** Throws when the template has a role or a policy that cannot be followed here. */
export const createAccessControl = ({ template, account, region }: AccessControlOptions): AccessControl => {
  const { statements: statementsOf, ...roles } = createRoles(template.roles);
  const callers = new Map(template.functions.map((fn) => [accessKeyOf(fn.name), callerFrom(fn, template, account)]));
  const queuePolicies = new Map(template.queues.map(({ arn, policy }) => [arn, policy]));
  const bucketPolicies = new Map(template.buckets.map(({ arn, policy }) => [arn, policy]));
  for (const policy of [...queuePolicies.values(), ...bucketPolicies.values()]) refuseUndecidable(policy);
  const denials = new Map<string, Denial>();

  // The policies of resources in other accounts are not known: what they refuse is not refused here.
  const resourcePolicy = (arn: string): readonly PolicyStatement[] =>
    queuePolicies.get(arn) ?? bucketPolicies.get(bucketArnOf(arn)) ?? [];

  const decide = (
    { functionName, roleName, principal }: Caller,
    needed: RequiredAccess,
    calledRegion: string,
  ): Decision => {
    const { action, resource } = needed;
    const context: RequestContext = {
      ...everyRequest(resource, calledRegion),
      'aws:PrincipalArn': [principal.arn],
      'aws:PrincipalAccount': [principal.account],
      'aws:PrincipalIsAWSService': ['false'],
      ...needed.context,
    };
    const policies = { identity: statementsOf(roleName), resource: resourcePolicy(resource) };
    const decision = evaluate({ action, resource, context }, principal, policies);
    const denial = { function: functionName, action, resource };
    const key = JSON.stringify(denial);
    if (decision !== 'allowed' && !denials.has(key)) denials.set(key, denial);
    return decision;
  };

  /** Every deployed call comes over TLS. */
  const everyRequest = (resource: string, calledRegion: string): RequestContext => ({
    'aws:SecureTransport': ['true'],
    'aws:RequestedRegion': [calledRegion],
    'aws:ResourceAccount': [resource.split(':')[4] || account],
  });

  return {
    ...roles,
    authorize: ({ service, operation, accessKeyId, region: calledRegion, input }) => {
      const caller = callers.get(accessKeyId);
      if (caller === undefined) return;
      const place = { account, region: calledRegion, secrets: template.secrets };
      for (const needed of requiredAccess({ service, operation, input }, place)) {
        const decision = decide(caller, needed, calledRegion);
        if (decision !== 'allowed')
          throw refusal({ service, sessionArn: caller.principal.sessionArn, ...needed, decision });
      }
    },
    mayDeliver: (queueArn, ruleArn) => {
      const policy = queuePolicies.get(queueArn);
      if (policy === undefined) return false;
      const context: RequestContext = {
        ...everyRequest(queueArn, region),
        'aws:PrincipalIsAWSService': ['true'],
        'aws:PrincipalServiceName': [EVENT_BRIDGE],
        'aws:SourceArn': [ruleArn],
        'aws:SourceAccount': [ruleArn.split(':')[4] ?? account],
      };
      const request = { action: 'sqs:SendMessage', resource: queueArn, context };
      const principal: Principal = { kind: 'service', name: EVENT_BRIDGE };
      return evaluate(request, principal, { identity: [], resource: policy }) === 'allowed';
    },
    allows: (functionName, action, resource) => {
      const caller = callers.get(accessKeyOf(functionName));
      return caller !== undefined && decide(caller, { action, resource }, region) === 'allowed';
    },
    denied: () => [...denials.values()],
  };
};

interface Caller {
  readonly functionName: string;
  readonly roleName: string;
  readonly principal: Extract<Principal, { kind: 'role' }>;
}

const callerFrom = (fn: TemplateFunction, { roles }: Pick<Template, 'roles'>, account: string): Caller => {
  const role = roles.find(({ arn }) => arn === fn.roleArn);
  if (role === undefined)
    throw new Error(
      `${fn.name} has the role ${fn.roleArn}, which is not in the template: what it allows is not known.`,
    );
  const sessionArn = `arn:aws:sts::${account}:assumed-role/${role.name}/${fn.name}`;
  return {
    functionName: fn.name,
    roleName: role.name,
    principal: { kind: 'role', arn: role.arn, sessionArn, account },
  };
};
