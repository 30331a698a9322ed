import {
  CreateSecretCommand,
  type CreateSecretCommandInput,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LocalFront, startFront } from './local-front.ts';

let front: LocalFront;
let client: SecretsManagerClient;
beforeAll(async () => {
  front = await startFront();
  client = new SecretsManagerClient(front.client);
});
afterAll(() => front.close());

it('finds a secret by its name, its ARN, and its ARN without the suffix', async () => {
  const { ARN = '' } = await client.send(new CreateSecretCommand({ Name: 'app/token', SecretString: 'first' }));
  expect(ARN).toMatch(/^arn:aws:secretsmanager:eu-west-1:111122223333:secret:app\/token-[0-9a-f]{6}$/);
  for (const SecretId of ['app/token', ARN, ARN.slice(0, -7)]) {
    expect((await client.send(new GetSecretValueCommand({ SecretId }))).SecretString).toBe('first');
  }
});

it('keeps the value before as AWSPREVIOUS', async () => {
  await client.send(new CreateSecretCommand({ Name: 'rotated', SecretString: 'one' }));
  await client.send(new PutSecretValueCommand({ SecretId: 'rotated', SecretString: 'two' }));
  await client.send(new PutSecretValueCommand({ SecretId: 'rotated', SecretString: 'three' }));
  const valueAt = async (VersionStage: string) =>
    (await client.send(new GetSecretValueCommand({ SecretId: 'rotated', VersionStage }))).SecretString;
  expect([await valueAt('AWSCURRENT'), await valueAt('AWSPREVIOUS')]).toEqual(['three', 'two']);
  const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId: 'rotated' }));
  expect(Object.values(VersionIdsToStages)).toEqual([[], ['AWSPREVIOUS'], ['AWSCURRENT']]);
});

it('has no value for a secret that was created without one', async () => {
  await client.send(new CreateSecretCommand({ Name: 'empty' }));
  const call = client.send(new GetSecretValueCommand({ SecretId: 'empty' }));
  await expect(call).rejects.toBeInstanceOf(ResourceNotFoundException);
});

it('refuses a second secret of the same name', async () => {
  await client.send(new CreateSecretCommand({ Name: 'once' }));
  await expect(client.send(new CreateSecretCommand({ Name: 'once' }))).rejects.toBeInstanceOf(ResourceExistsException);
});

it.each<[string, CreateSecretCommandInput, string]>([
  ['no name', { Name: '' }, "'Name'"],
  ['a name of 513 characters', { Name: 'x'.repeat(513) }, "'Name'"],
  ['a name with a blank', { Name: 'a b' }, "'Name'"],
  ['a text of 65537 characters', { Name: 'large', SecretString: 'x'.repeat(65537) }, "'SecretString'"],
  ['65537 bytes', { Name: 'large', SecretBinary: new Uint8Array(65537) }, "'SecretBinary'"],
  ['a short token', { Name: 'token', ClientRequestToken: 'x'.repeat(31) }, "'ClientRequestToken'"],
  ['a text and bytes', { Name: 'both', SecretString: 'a', SecretBinary: new Uint8Array(1) }, 'both'],
])('refuses a secret with %s', async (_, input, words) => {
  await expect(client.send(new CreateSecretCommand(input))).rejects.toMatchObject({
    name: 'ValidationException',
    message: expect.stringContaining(words),
  });
});

it('takes a secret of 65536 characters', async () => {
  const SecretString = 'x'.repeat(65536);
  await client.send(new CreateSecretCommand({ Name: 'largest', SecretString }));
  expect((await client.send(new GetSecretValueCommand({ SecretId: 'largest' }))).SecretString).toBe(SecretString);
});
