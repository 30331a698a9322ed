/** The secrets of any party that speaks Secrets Manager. */
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { secretReader } from '../../../shared/aws/secrets-manager-source.ts';
import type { SecretSubject } from '../../shared/pipeline/contracts/secret-reader.ts';
import type { AwsEndpoint } from './aws-endpoint.ts';

export const secretSubject = (aws: AwsEndpoint): SecretSubject => {
  const admin = new SecretsManagerClient(aws);
  let secrets = 0;
  const textOrBytes = (value: string | Uint8Array | undefined) =>
    typeof value === 'string' ? { SecretString: value } : value && { SecretBinary: value };
  return {
    create: async (value) => {
      secrets += 1;
      const { ARN } = await admin.send(new CreateSecretCommand({ Name: `secret-${secrets}`, ...textOrBytes(value) }));
      if (ARN === undefined) throw new Error('the secret has no ARN');
      return ARN;
    },
    rotate: async (SecretId, SecretString) => {
      await admin.send(new PutSecretValueCommand({ SecretId, SecretString }));
    },
    reader: secretReader,
  };
};
