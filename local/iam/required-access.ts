/** Which permissions an API call needs. */
import { DYNAMODB } from './access/dynamodb.ts';
import { ECR } from './access/ecr.ts';
import { ECS } from './access/ecs.ts';
import { EVENT_BRIDGE } from './access/event-bridge.ts';
import type { Place, RequiredAccess, RequiredBy } from './access/required.ts';
import { S3 } from './access/s3.ts';
import { SECRETS_MANAGER } from './access/secrets-manager.ts';
import { SECURITY_HUB } from './access/security-hub.ts';
import { SQS } from './access/sqs.ts';

/** By the name in the credential scope, which is the prefix of the service's actions too. */
const TABLES: ReadonlyMap<string, ReadonlyMap<string, RequiredBy>> = new Map(
  Object.entries({
    dynamodb: DYNAMODB,
    ecr: ECR,
    ecs: ECS,
    events: EVENT_BRIDGE,
    s3: S3,
    secretsmanager: SECRETS_MANAGER,
    securityhub: SECURITY_HUB,
    sqs: SQS,
  }).map(([service, table]) => [service, new Map(Object.entries(table))]),
);

/** To ask who one is takes no permission, and none can forbid it. */
const FREE: ReadonlySet<string> = new Set(['sts:GetCallerIdentity']);

export interface ApiCall {
  readonly service: string;
  readonly operation: string;
  /** As the SDK's model names its members; those that are missing are taken as `*`. */
  readonly input: object | undefined;
}

/** Everything that the call needs: it is refused when one is missing. */
export const requiredAccess = ({ service, operation, input }: ApiCall, place: Place): readonly RequiredAccess[] => {
  const action = `${service}:${operation}`;
  if (FREE.has(action)) return [];
  const needed = TABLES.get(service)?.get(operation)?.(input, place) ?? [];
  // A request that names nothing, or cannot be read, is no way around the policies.
  return needed.length > 0 ? needed : [{ action, resource: '*' }];
};
