import * as schemas from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../local/endpoint/aws-error.ts';
import { ecrRepositoryTags } from '../../../shared/aws/ecr-repository-tags.ts';
import { known, unknown } from '../../../shared/base/known.ts';
import type { ImageReference } from '../../../shared/image/image-reference.ts';
import { ACCOUNT, type LocalFront, REGION, startFront } from '../../local/services/local-front.ts';
import { useAwsEndpoint } from '../../support/aws-environment.ts';
import { awsEndpoint } from '../../support/aws-subjects/aws-endpoint.ts';
import { repositoryTagSubject } from '../../support/aws-subjects/repository-tags.ts';
import { manualClock } from '../../support/manual-clock.ts';
import { startService } from '../../support/one-service.ts';
import { digest } from '../enrichment/findings.ts';
import { type RepositoryTagSubject, repositoryTagSourceContract } from '../pipeline/contracts/repository-tag-source.ts';

let front: LocalFront;
let restore: () => void;
let subject: RepositoryTagSubject;
let refusal: AwsError | undefined;
beforeAll(async () => {
  front = await startFront({
    authorize: () => {
      if (refusal) throw refusal;
    },
  });
  restore = useAwsEndpoint(`http://${front.host}`);
  subject = repositoryTagSubject(awsEndpoint(`http://${front.host}`));
  await subject.create('shop/checkout', { team: 'shop' });
});
afterAll(async () => {
  restore();
  await front.close();
});
beforeEach(() => {
  refusal = undefined;
  front.calls.length = 0;
});

const image = (change: Partial<ImageReference> = {}): ImageReference => ({
  partition: 'aws',
  account: ACCOUNT,
  region: REGION,
  repository: 'shop/checkout',
  digest: digest('a'),
  ...change,
});

/** ECR with answers that a healthy one never gives. */
const withEcr = async <T>(
  answer: (arn: string | undefined) => Promise<object> | object,
  use: () => Promise<T>,
): Promise<T> => {
  const service = await startService({
    name: 'ecr',
    client: { schemas, config: new schemas.ECRClient({ region: REGION }).config },
    invalidInputCode: 'InvalidParameterException',
    handlers: {
      ListTagsForResource: ({ resourceArn }: schemas.ListTagsForResourceRequest) => answer(resourceArn),
    },
  });
  process.env.AWS_ENDPOINT_URL = service.url;
  try {
    return await use();
  } finally {
    process.env.AWS_ENDPOINT_URL = `http://${front.host}`;
    await service.close();
  }
};

repositoryTagSourceContract(() => subject);

describe('the tags of repositories in ECR', () => {
  it('are asked for once, however many images name the repository, and in each Region by itself', async () => {
    const images = [image(), image({ digest: digest('b') }), image({ region: 'us-east-1' }), image()];
    await ecrRepositoryTags(manualClock()).tagsOf(images);
    expect(front.calls.map(({ operation, region }) => `${operation} ${region}`).toSorted()).toEqual([
      'ListTagsForResource eu-west-1',
      'ListTagsForResource us-east-1',
    ]);
  });

  it('are asked for by the account and the partition of the image', async () => {
    const arns: (string | undefined)[] = [];
    const answer = (arn: string | undefined) => {
      arns.push(arn);
      return { tags: [] };
    };
    await withEcr(answer, () =>
      ecrRepositoryTags(manualClock()).tagsOf([
        image({ account: '999988887777' }),
        image({ partition: 'aws-cn', region: 'cn-north-1' }),
      ]),
    );
    expect(arns.toSorted()).toEqual([
      'arn:aws-cn:ecr:cn-north-1:111122223333:repository/shop/checkout',
      'arn:aws:ecr:eu-west-1:999988887777:repository/shop/checkout',
    ]);
  });

  it('that are denied are not known, and not asked for with every batch', async () => {
    const clock = manualClock();
    const source = ecrRepositoryTags(clock);
    refusal = new AwsError('AccessDeniedException', 'not allowed', { status: 400 });
    const denied = unknown('Listing the tags of the repository failed: AccessDeniedException');
    expect(await source.tagsOf([image()])).toEqual([denied]);
    refusal = undefined;
    clock.advance(60);
    expect(await source.tagsOf([image()])).toEqual([denied]);
    expect(front.calls).toHaveLength(1);
    clock.advance(1);
    expect(await source.tagsOf([image()])).toEqual([known({ team: 'shop' })]);
  });

  it('are not known where nothing answers', async () => {
    process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:1';
    try {
      expect(await ecrRepositoryTags(manualClock()).tagsOf([image()])).toEqual([
        { known: false, reason: expect.stringContaining('Listing the tags of the repository failed: ') },
      ]);
    } finally {
      process.env.AWS_ENDPOINT_URL = `http://${front.host}`;
    }
  });

  it('are asked for at most four at once', async () => {
    let [running, most] = [0, 0];
    const answer = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 10));
      running -= 1;
      return { tags: [] };
    };
    const images = Array.from({ length: 12 }, (_, at) => image({ repository: `shop/app-${at}` }));
    const tags = await withEcr(answer, () => ecrRepositoryTags(manualClock()).tagsOf(images));
    expect(tags).toHaveLength(12);
    expect(most).toBe(4);
  });

  it('are none where ECR leaves them out, and hold any key', async () => {
    const answers = [
      {},
      {
        tags: [
          { Key: '__proto__', Value: 'x' },
          { Key: 'team', Value: 'shop' },
        ],
      },
    ];
    const images = [image({ repository: 'shop/one' }), image({ repository: 'shop/other' })];
    const source = ecrRepositoryTags(manualClock());
    const tags = await withEcr(
      (arn) => answers[arn?.endsWith('one') ? 0 : 1] ?? {},
      () => source.tagsOf(images),
    );
    expect(JSON.stringify(tags)).toBe(
      '[{"known":true,"value":{}},{"known":true,"value":{"__proto__":"x","team":"shop"}}]',
    );
  });
});
