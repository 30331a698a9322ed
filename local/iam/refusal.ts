/** How AWS says that a call is not allowed: a sentence of its own, and a code that differs between services. */
import { AwsError } from '../endpoint/aws-error.ts';
import type { Decision } from './evaluate.ts';

/** Services of the query protocol, and SQS, whose JSON protocol keeps the codes of its old one. */
const QUERY_CODES: ReadonlyMap<string, string> = new Map([
  ['iam', 'AccessDenied'],
  ['s3', 'AccessDenied'],
  ['sns', 'AuthorizationError'],
  ['sqs', 'AccessDenied'],
  ['sts', 'AccessDenied'],
]);

export interface Refused {
  readonly service: string;
  readonly sessionArn: string;
  readonly action: string;
  readonly resource: string;
  readonly decision: Exclude<Decision, 'allowed'>;
}

/** Where it has no status, that is the one which the service's model gives the code, or else 400. */
export const refusal = ({ service, sessionArn, action, resource, decision }: Refused): AwsError => {
  const reasons = {
    'not-allowed': `because no identity-based policy allows the ${action} action`,
    'denied-by-identity-policy': 'with an explicit deny in an identity-based policy',
    'denied-by-resource-policy': 'with an explicit deny in a resource-based policy',
  };
  const message = `User: ${sessionArn} is not authorized to perform: ${action} on resource: ${resource} ${reasons[decision]}`;
  const code = QUERY_CODES.get(service);
  return code === undefined
    ? new AwsError('AccessDeniedException', message)
    : new AwsError(code, message, { status: 403 });
};
