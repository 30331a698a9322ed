/** A login to ECR as a registry, with the credentials of whoever calls: good for twelve hours. */
import { ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import { clientDefaults } from './client-defaults.ts';
import { errorFromAws } from './error-from-aws.ts';

/** Undefined: ECR gave none. Throws the AWS_* codes. */
export const ecrLogin = async (
  region: string,
): Promise<{ readonly username: string; readonly password: string } | undefined> => {
  const client = new ECRClient({ ...clientDefaults, region });
  try {
    const { authorizationData = [] } = await client.send(new GetAuthorizationTokenCommand({}));
    const text = Buffer.from(authorizationData[0]?.authorizationToken ?? '', 'base64').toString('utf8');
    const colon = text.indexOf(':');
    return colon <= 0 ? undefined : { username: text.slice(0, colon), password: text.slice(colon + 1) };
  } catch (thrown) {
    throw errorFromAws(thrown, 'Logging in to ECR');
  } finally {
    client.destroy();
  }
};
