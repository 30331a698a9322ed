import * as schemas from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AwsError } from '../../../local/endpoint/aws-error.ts';
import { ecrRegistryFacts } from '../../../shared/aws/ecr-registry-facts.ts';
import { known } from '../../../shared/base/known.ts';
import { type LocalFront, REGION, startFront } from '../../local/services/local-front.ts';
import { useAwsEndpoint } from '../../support/aws-environment.ts';
import { awsEndpoint } from '../../support/aws-subjects/aws-endpoint.ts';
import { pushByRegistry } from '../../support/aws-subjects/images.ts';
import { registryFactsSubject } from '../../support/aws-subjects/registry-facts.ts';
import { startService } from '../../support/one-service.ts';
import { digest, IMAGE } from '../enrichment/findings.ts';
import { type RegistryFactsSubject, registryFactsContract } from '../pipeline/contracts/registry-facts.ts';

let front: LocalFront;
let restore: () => void;
let subject: RegistryFactsSubject;
let refusal: AwsError | undefined;
beforeAll(async () => {
  front = await startFront({
    authorize: () => {
      if (refusal) throw refusal;
    },
  });
  restore = useAwsEndpoint(`http://${front.host}`);
  subject = registryFactsSubject(awsEndpoint(`http://${front.host}`), pushByRegistry(front.host));
});
afterAll(async () => {
  restore();
  await front.close();
});

registryFactsContract(() => subject);

/** ECR with answers that a healthy one never gives. */
const withEcr = async <T>(handlers: Readonly<Record<string, () => object>>, use: () => Promise<T>): Promise<T> => {
  const service = await startService({
    name: 'ecr',
    client: { schemas, config: new schemas.ECRClient({ region: REGION }).config },
    invalidInputCode: 'InvalidParameterException',
    handlers,
  });
  process.env.AWS_ENDPOINT_URL = service.url;
  try {
    return await use();
  } finally {
    process.env.AWS_ENDPOINT_URL = `http://${front.host}`;
    await service.close();
  }
};

describe('what ECR knows around an image', () => {
  it('is not known where it is denied', async () => {
    refusal = new AwsError('AccessDeniedException', 'not allowed', { status: 400 });
    const denied = (what: string) => ({ known: false, reason: `${what} failed: AccessDeniedException` });
    const facts = ecrRegistryFacts();
    expect(await facts.referrersOf(IMAGE)).toEqual(denied('Listing what refers to an image'));
    expect(await facts.digestOfTag(IMAGE, 'v1')).toEqual(denied('Looking up a tag'));
    expect(await facts.tagMutabilityOf(IMAGE)).toEqual(denied('Reading whether tags can be moved'));
    refusal = undefined;
  });

  it('is asked again where ECR is busy: what passes must not leave an image unanswered', async () => {
    refusal = new AwsError('ThrottlingException', 'slow down', { status: 400 });
    const facts = ecrRegistryFacts();
    for (const ask of [
      () => facts.referrersOf(IMAGE),
      () => facts.digestOfTag(IMAGE, 'v1'),
      () => facts.tagMutabilityOf(IMAGE),
    ])
      await expect(ask()).rejects.toMatchObject({ code: 'AWS_THROTTLED' });
    refusal = undefined;
  });

  it.each([
    ['KmsError', [{ failureCode: 'KmsError' }]],
    ['UpstreamAccessDenied', [{ failureCode: 'UpstreamAccessDenied' }]],
    ['ECR named no digest', []],
  ])('is no missing tag where the answer of 200 says %s', async (why, failures) => {
    const answer = { images: [], failures };
    expect(await withEcr({ BatchGetImage: () => answer }, () => ecrRegistryFacts().digestOfTag(IMAGE, 'v1'))).toEqual({
      known: false,
      reason: `Looking up a tag failed: ${why}`,
    });
  });

  it.each<[string, object]>([
    ['that it leaves out', {}],
    ['of which it says something new', { imageTagMutability: 'SOMETIMES' }],
  ])('is not known of a repository %s', async (_, repository) => {
    const answer = { repositories: [repository] };
    const asked = withEcr({ DescribeRepositories: () => answer }, () => ecrRegistryFacts().tagMutabilityOf(IMAGE));
    expect(await asked).toEqual({ known: false, reason: 'ECR does not say whether tags can be moved' });
  });

  it('ends with 200 artifacts, however many pages there are', async () => {
    let pages = 0;
    const answer = () => {
      pages += 1;
      return {
        referrers: Array.from({ length: 50 }, () => ({ digest: digest('1'), mediaType: 'a/b' })),
        nextToken: 'x',
      };
    };
    const referrers = await withEcr({ ListImageReferrers: answer }, () => ecrRegistryFacts().referrersOf(IMAGE));
    expect(referrers.known && referrers.value).toHaveLength(200);
    expect(pages).toBe(4);
  });

  it('leaves out an artifact whose digest is none', async () => {
    const answer = () => ({ referrers: [{ digest: 'sha512:abc', mediaType: 'a/b', artifactType: 'a/b' }] });
    const referrers = withEcr({ ListImageReferrers: answer }, () => ecrRegistryFacts().referrersOf(IMAGE));
    expect(await referrers).toEqual(known([]));
  });
});
