import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../local/endpoint/aws-error.ts';
import { secretReader } from '../../../shared/aws/secrets-manager-source.ts';
import { type LocalFront, startFront } from '../../local/services/local-front.ts';
import { useAwsEndpoint } from '../../support/aws-environment.ts';
import { manualClock } from '../../support/manual-clock.ts';

let front: LocalFront;
let client: SecretsManagerClient;
let restore: () => void;
let refusal: AwsError | undefined;
beforeAll(async () => {
  front = await startFront({
    authorize: () => {
      if (refusal) throw refusal;
    },
  });
  restore = useAwsEndpoint(`http://${front.host}`);
  client = new SecretsManagerClient(front.client);
});
afterAll(async () => {
  restore();
  await front.close();
});
beforeEach(() => {
  refusal = undefined;
});

const create = async (Name: string, value: { SecretString?: string; SecretBinary?: Uint8Array } = {}) =>
  (await client.send(new CreateSecretCommand({ Name, ...value }))).ARN ?? '';

describe('a secret', () => {
  it('is read once for as long as it is fresh, and then anew', async () => {
    const arn = await create('rotated', { SecretString: 'first' });
    const clock = manualClock();
    const read = secretReader(arn, clock);
    expect(await read()).toBe('first');
    await client.send(new PutSecretValueCommand({ SecretId: arn, SecretString: 'second' }));
    clock.advance(300);
    expect(await read()).toBe('first');
    clock.advance(1);
    expect(await read()).toBe('second');
  });

  it('that holds no text is not configured', async () => {
    const arn = await create('binary', { SecretBinary: Uint8Array.of(1) });
    await expect(secretReader(arn, manualClock())()).rejects.toMatchObject({ code: 'DESTINATION_NOT_CONFIGURED' });
  });

  it('that has no value yet is rejected, for good', async () => {
    const arn = await create('empty');
    await expect(secretReader(arn, manualClock())()).rejects.toMatchObject({
      code: 'AWS_REJECTED',
      message: 'Reading a secret failed: ResourceNotFoundException',
    });
  });

  it('that was denied is asked for again at the next try', async () => {
    const read = secretReader(await create('denied', { SecretString: 'value' }), manualClock());
    refusal = new AwsError('AccessDeniedException', 'not allowed', { status: 400 });
    await expect(read()).rejects.toMatchObject({ code: 'AWS_DENIED', retryable: true });
    refusal = undefined;
    expect(await read()).toBe('value');
  });
});
