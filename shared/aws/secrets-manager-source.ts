/** Secrets by ARN, kept in memory for a few minutes: a rotation arrives without a redeploy. */
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Clock } from '../base/clock.ts';
import { SekishoError } from '../base/errors.ts';
import { clientDefaults } from './client-defaults.ts';
import { errorFromAws } from './error-from-aws.ts';

const FRESH_MS = 5 * 60_000;

/** Reads the secret's text. Throws AWS_* codes; no part of the value is in any error. */
export const secretReader = (secretArn: string, clock: Clock): (() => Promise<string>) => {
  const secrets = new SecretsManagerClient(clientDefaults);
  let read: { readonly at: number; readonly value: string } | undefined;
  return async () => {
    const now = clock.now().getTime();
    if (read && now - read.at <= FRESH_MS) return read.value;
    const { SecretString } = await secrets
      .send(new GetSecretValueCommand({ SecretId: secretArn }))
      .catch((thrown: unknown) => {
        throw errorFromAws(thrown, 'Reading a secret');
      });
    if (SecretString === undefined) throw new SekishoError('DESTINATION_NOT_CONFIGURED', 'The secret holds no text.');
    read = { at: now, value: SecretString };
    return SecretString;
  };
};
