/** Reads a policy document as IAM's API takes it. */
import { AwsError, notImplemented } from '../endpoint/aws-error.ts';
import { PolicyDocument, type PolicyStatement } from '../template/policy.ts';
import { UnknownConditionError } from './condition.ts';
import { refuseUndecidable } from './evaluate.ts';

const malformed = (message: string): AwsError => new AwsError('MalformedPolicyDocument', message, { status: 400 });

/** Throws MalformedPolicyDocument; or NotImplemented for a condition that is not known here, as no answer about it would be true. */
export const statementsFromText = (document: string): readonly PolicyStatement[] => {
  const parsed = PolicyDocument.safeParse(jsonFrom(document));
  if (!parsed.success) throw malformed('Syntax errors in policy.');
  const { Version: version, Statement: statements } = parsed.data;
  if (version !== undefined && !VERSIONS.has(version))
    throw malformed('The policy must contain a valid version string');
  statements.forEach(refuseMisshapen);
  refuseUnknown(statements);
  return statements;
};

const VERSIONS: ReadonlySet<string> = new Set(['2008-10-17', '2012-10-17']);

const jsonFrom = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('This policy contains invalid Json');
  }
};

const refuseMisshapen = (statement: PolicyStatement): void => {
  const actions = [...statement.actions, ...statement.notActions];
  const resources = [...statement.resources, ...statement.notResources];
  if (Object.keys(statement.principals).length > 0) throw malformed('Policy document should not specify a principal.');
  if (actions.length === 0) throw malformed('Policy statement must contain actions.');
  if (resources.length === 0) throw malformed('Policy statement must contain resources.');
  if (hasBoth(statement.actions, statement.notActions) || hasBoth(statement.resources, statement.notResources))
    throw malformed('Syntax errors in policy.');
  if (!actions.every((action) => action === '*' || /^[\w-]+:[\w*?]+$/.test(action)))
    throw malformed('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  const odd = resources.find((resource) => resource !== '*' && !resource.startsWith('arn:'));
  if (odd !== undefined) throw malformed(`Resource ${odd} must be in ARN format or "*".`);
};

const hasBoth = (some: readonly string[], allBut: readonly string[]): boolean => some.length > 0 && allBut.length > 0;

const refuseUnknown = (statements: readonly PolicyStatement[]): void => {
  try {
    refuseUndecidable(statements);
  } catch (thrown) {
    throw thrown instanceof UnknownConditionError ? notImplemented(thrown.subject) : thrown;
  }
};
