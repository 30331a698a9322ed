import * as schemas from '@aws-sdk/client-ecr';
import { afterEach, expect, it } from 'vitest';
import { AwsError } from '../../../local/endpoint/aws-error.ts';
import { ecrLogin } from '../../../shared/aws/ecr-login.ts';
import { useAwsEndpoint } from '../../support/aws-environment.ts';
import { startService } from '../../support/one-service.ts';

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const loginWith = async (answer: () => object) => {
  const service = await startService({
    name: 'ecr',
    client: { schemas, config: new schemas.ECRClient({ region: 'eu-west-1' }).config },
    invalidInputCode: 'InvalidParameterException',
    handlers: { GetAuthorizationToken: answer },
  });
  ends.push(service.close, useAwsEndpoint(service.url));
  return ecrLogin('eu-west-1');
};
const tokenOf = (text: string) => ({
  authorizationData: [{ authorizationToken: Buffer.from(text).toString('base64') }],
});

it.each<[string, object, object | undefined]>([
  ['is the name and the password of the token', tokenOf('AWS:pass'), { username: 'AWS', password: 'pass' }],
  ['may have a password with colons', tokenOf('AWS:pa:ss'), { username: 'AWS', password: 'pa:ss' }],
  ['is none where ECR gives none', {}, undefined],
  ['is none without a name', tokenOf(':pass'), undefined],
  ['is none without a colon', tokenOf('pass'), undefined],
])('a login to ECR %s', async (_, answer, login) => {
  expect(await loginWith(() => answer)).toEqual(login);
});

it('a login to ECR that is denied says so', async () => {
  const denied = loginWith(() => {
    throw new AwsError('AccessDeniedException', 'not allowed', { status: 400 });
  });
  await expect(denied).rejects.toMatchObject({
    code: 'AWS_DENIED',
    message: 'Logging in to ECR failed: AccessDeniedException',
  });
});
