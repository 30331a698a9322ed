import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../local/endpoint/aws-error.ts';
import { secretReader } from '../../../shared/aws/secrets-manager-source.ts';
import { type LocalFront, startFront } from '../../local/services/local-front.ts';
import { useAwsEndpoint } from '../../support/aws-environment.ts';
import { awsEndpoint } from '../../support/aws-subjects/aws-endpoint.ts';
import { secretSubject } from '../../support/aws-subjects/secrets.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { type SecretSubject, secretReaderContract } from '../pipeline/contracts/secret-reader.ts';

let front: LocalFront;
let secrets: SecretSubject;
let restore: () => void;
let refusal: AwsError | undefined;
beforeAll(async () => {
  front = await startFront({
    authorize: () => {
      if (refusal) throw refusal;
    },
  });
  restore = useAwsEndpoint(`http://${front.host}`);
  secrets = secretSubject(awsEndpoint(`http://${front.host}`));
});
afterAll(async () => {
  restore();
  await front.close();
});
beforeEach(() => {
  refusal = undefined;
});

secretReaderContract(() => secrets);

describe('a secret in Secrets Manager', () => {
  it('that was denied is asked for again at the next try', async () => {
    const read = secretReader(await secrets.create('value'), manualClock());
    refusal = new AwsError('AccessDeniedException', 'not allowed', { status: 400 });
    await expect(read()).rejects.toMatchObject({ code: 'AWS_DENIED', retryable: true });
    refusal = undefined;
    expect(await read()).toBe('value');
  });
});
