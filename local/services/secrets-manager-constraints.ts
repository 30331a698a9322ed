/** What Secrets Manager asks of its inputs, from the model of its API. */
import type { CreateSecretRequest } from '@aws-sdk/client-secrets-manager';
import { type ConstraintTable, items, length, pattern } from '../endpoint/constraints.ts';

const secretId = { SecretId: length(1, 2048) };
const secretValue = {
  ClientRequestToken: length(32, 64),
  SecretString: length(1, 65536),
  SecretBinary: length(1, 65536),
};

const onlyOneValue = ({ SecretString, SecretBinary }: Partial<CreateSecretRequest>): string | undefined =>
  SecretString !== undefined && SecretBinary !== undefined
    ? "You can't specify both a binary secret value and a string secret value in the same secret."
    : undefined;

export const SECRETS_MANAGER_CONSTRAINTS: ConstraintTable = {
  CreateSecret: {
    members: {
      Name: [length(1, 512), pattern(/^[A-Za-z0-9/_+=.@-]*$/)],
      Description: length(0, 2048),
      KmsKeyId: length(0, 2048),
      'Tags[].Key': length(1, 128),
      'Tags[].Value': length(0, 256),
      ...secretValue,
    },
    together: [onlyOneValue],
  },
  PutSecretValue: {
    members: { ...secretId, ...secretValue, VersionStages: items(1, 20), 'VersionStages[]': length(1, 256) },
    together: [onlyOneValue],
  },
  GetSecretValue: { members: { ...secretId, VersionId: length(32, 64), VersionStage: length(1, 256) } },
  DescribeSecret: { members: secretId },
};
