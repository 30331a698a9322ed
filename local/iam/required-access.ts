/** Which permissions an API call needs. */
import { DYNAMODB } from './access/dynamodb.ts';
import { ECR } from './access/ecr.ts';
import { ECS } from './access/ecs.ts';
import { EVENT_BRIDGE } from './access/event-bridge.ts';
import type { OperationTable, Place, RequiredAccess, RequiredBy } from './access/required.ts';
import { SECRETS_MANAGER } from './access/secrets-manager.ts';
import { SECURITY_HUB } from './access/security-hub.ts';
import { SNS } from './access/sns.ts';
import { SQS } from './access/sqs.ts';

/** To ask who one is takes no permission, and none can forbid it. */
const STS: OperationTable = { GetCallerIdentity: () => [] };

/** By the name in the credential scope, which is the prefix of the service's actions too. */
const TABLES: ReadonlyMap<string, ReadonlyMap<string, RequiredBy>> = new Map(
  Object.entries({
    dynamodb: DYNAMODB,
    ecr: ECR,
    ecs: ECS,
    events: EVENT_BRIDGE,
    secretsmanager: SECRETS_MANAGER,
    securityhub: SECURITY_HUB,
    sns: SNS,
    sqs: SQS,
    sts: STS,
  }).map(([service, table]) => [service, new Map(Object.entries(table))]),
);

export interface ApiCall {
  readonly service: string;
  readonly operation: string;
  /** As the SDK's model names its members; those that are missing are taken as `*`. */
  readonly input: object | undefined;
}

/** Everything that the call needs: it is refused when one is missing. */
export const requiredAccess = ({ service, operation, input }: ApiCall, place: Place): readonly RequiredAccess[] => {
  const needs = TABLES.get(service)?.get(operation);
  return needs?.(input, place) ?? [{ action: `${service}:${operation}`, resource: '*' }];
};
