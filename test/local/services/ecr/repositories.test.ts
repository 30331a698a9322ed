import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeRepositoriesCommand,
  type ImageTagMutability,
  InvalidParameterException,
  PutImageTagMutabilityCommand,
  RepositoryNotEmptyException,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pushImage } from '../../registry/images.ts';
import { pushIndex } from '../../registry/index-images.ts';
import { type EcrFront, startEcr } from './ecr-front.ts';

let front: EcrFront;
beforeAll(async () => {
  front = await startEcr();
});
afterAll(() => front.close());

const describeOne = async (name: string) => {
  const { repositories = [] } = await front.client.send(new DescribeRepositoriesCommand({ repositoryNames: [name] }));
  return repositories[0];
};

describe('a repository', () => {
  it('keeps the settings that it was created with', async () => {
    await front.client.send(
      new CreateRepositoryCommand({
        repositoryName: 'set/all',
        imageTagMutability: 'MUTABLE_WITH_EXCLUSION',
        imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'v*' }],
        imageScanningConfiguration: { scanOnPush: true },
      }),
    );
    expect(await describeOne('set/all')).toMatchObject({
      imageTagMutability: 'MUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'v*' }],
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: { encryptionType: 'AES256' },
    });
  });

  it('gets other settings for its tags', async () => {
    await pushImage(front.host, 'set/tags', 'v1');
    const answered = await front.client.send(
      new PutImageTagMutabilityCommand({ repositoryName: 'set/tags', imageTagMutability: 'IMMUTABLE' }),
    );
    expect(answered).toMatchObject({ repositoryName: 'set/tags', imageTagMutability: 'IMMUTABLE' });
    expect((await describeOne('set/tags'))?.imageTagMutability).toBe('IMMUTABLE');
  });

  it.each([
    ['IMMUTABLE', [{ filterType: 'WILDCARD', filter: 'v*' }]],
    ['IMMUTABLE_WITH_EXCLUSION', undefined],
    ['IMMUTABLE_WITH_EXCLUSION', [{ filterType: 'WILDCARD', filter: 'a/b' }]],
    ['SOMETIMES', undefined],
  ] as const)('refuses tags that are %s with the filters %j', async (mode, imageTagMutabilityExclusionFilters) => {
    const call = front.client.send(
      new PutImageTagMutabilityCommand({
        repositoryName: 'set/all',
        imageTagMutability: mode as ImageTagMutability,
        ...(imageTagMutabilityExclusionFilters && {
          imageTagMutabilityExclusionFilters: [...imageTagMutabilityExclusionFilters],
        }),
      }),
    );
    await expect(call).rejects.toBeInstanceOf(InvalidParameterException);
  });

  it('is listed by pages, and named ones are not', async () => {
    const first = await front.client.send(new DescribeRepositoriesCommand({ maxResults: 1 }));
    expect(first.repositories).toHaveLength(1);
    const rest = await front.client.send(new DescribeRepositoriesCommand({ nextToken: first.nextToken }));
    expect(rest.repositories?.length).toBeGreaterThan(0);
    const both = front.client.send(new DescribeRepositoriesCommand({ repositoryNames: ['set/all'], maxResults: 1 }));
    await expect(both).rejects.toBeInstanceOf(InvalidParameterException);
  });
});

describe('deleting a repository', () => {
  const remove = (repositoryName: string, force?: boolean) =>
    front.client.send(new DeleteRepositoryCommand({ repositoryName, ...(force !== undefined && { force }) }));

  it('is refused while it has images, and forced it deletes and tells of each of them', async () => {
    const { digest, platforms, attestations } = await pushIndex(front.host, 'gone/full', 'v1', ['amd']);
    await expect(remove('gone/full')).rejects.toBeInstanceOf(RepositoryNotEmptyException);
    front.actions.length = 0;
    expect((await remove('gone/full', true)).repository?.repositoryName).toBe('gone/full');
    expect(front.actions.map((action) => [action.action, action.digest, action.tag])).toEqual([
      ['DELETE', platforms[0], undefined],
      ['DELETE', attestations[0], undefined],
      ['DELETE', digest, 'v1'],
    ]);
    await expect(describeOne('gone/full')).rejects.toBeInstanceOf(RepositoryNotFoundException);
  });

  it('takes an empty one, whose settings are not those of a later one', async () => {
    const create = (rest: object) =>
      front.client.send(new CreateRepositoryCommand({ repositoryName: 'gone/empty', ...rest }));
    await create({ imageTagMutability: 'IMMUTABLE', imageScanningConfiguration: { scanOnPush: true } });
    await remove('gone/empty');
    const { repository } = await create({});
    expect(repository).toMatchObject({
      imageTagMutability: 'MUTABLE',
      imageScanningConfiguration: { scanOnPush: false },
    });
  });

  it('needs one', async () => {
    await expect(remove('gone/never')).rejects.toBeInstanceOf(RepositoryNotFoundException);
  });
});
