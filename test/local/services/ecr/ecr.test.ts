import {
  BatchDeleteImageCommand,
  BatchGetImageCommand,
  CreateRepositoryCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetAuthorizationTokenCommand,
  GetDownloadUrlForLayerCommand,
  ImageNotFoundException,
  InvalidParameterException,
  LayersNotFoundException,
  ListImagesCommand,
  RepositoryAlreadyExistsException,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OCI_CONFIG, OCI_MANIFEST, pushImage, sha256 } from '../../registry/images.ts';
import { pushIndex } from '../../registry/index-images.ts';
import { type LocalFront, startFront } from '../local-front.ts';

let front: LocalFront;
let client: ECRClient;
let digest: string;
beforeAll(async () => {
  front = await startFront();
  client = new ECRClient(front.client);
  digest = await pushImage(front.host, 'team/app', 'v1', '0123456789');
});
afterAll(() => front.close());

const repositoryName = 'team/app';
const missing = sha256('missing');

describe('repositories', () => {
  it('are there after the first push', async () => {
    const { repositories } = await client.send(new DescribeRepositoriesCommand({ repositoryNames: ['team/app'] }));
    expect(repositories).toMatchObject([
      {
        repositoryArn: 'arn:aws:ecr:eu-west-1:111122223333:repository/team/app',
        registryId: '111122223333',
        repositoryUri: `${front.host}/team/app`,
        createdAt: new Date('2026-03-01T10:00:00Z'),
      },
    ]);
  });

  it('can be created, once', async () => {
    const create = () => client.send(new CreateRepositoryCommand({ repositoryName: 'made/first' }));
    expect((await create()).repository?.repositoryName).toBe('made/first');
    await expect(create()).rejects.toBeInstanceOf(RepositoryAlreadyExistsException);
  });

  it('need a name that ECR allows', async () => {
    const call = client.send(new CreateRepositoryCommand({ repositoryName: 'Not/Allowed' }));
    await expect(call).rejects.toBeInstanceOf(InvalidParameterException);
  });

  it.each([
    ['an unknown repository', { repositoryName: 'no/such' }],
    ['the registry of another account', { repositoryName, registryId: '999999999999' }],
  ])('are not found: %s', async (_, input) => {
    await expect(client.send(new DescribeImagesCommand(input))).rejects.toBeInstanceOf(RepositoryNotFoundException);
    await expect(client.send(new ListImagesCommand(input))).rejects.toBeInstanceOf(RepositoryNotFoundException);
  });
});

describe('images', () => {
  it('are described with what was pushed', async () => {
    const { imageDetails } = await client.send(
      new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: 'v1' }] }),
    );
    expect(imageDetails).toEqual([
      {
        registryId: '111122223333',
        repositoryName: 'team/app',
        imageDigest: digest,
        imageTags: ['v1'],
        // 10 bytes of layer and 58 of config
        imageSizeInBytes: 68,
        imagePushedAt: new Date('2026-03-01T10:00:00Z'),
        imageManifestMediaType: OCI_MANIFEST,
        artifactMediaType: OCI_CONFIG,
        imageStatus: 'ACTIVE',
      },
    ]);
  });

  it('that are not there are an exception when they are described', async () => {
    const call = client.send(new DescribeImagesCommand({ repositoryName, imageIds: [{ imageDigest: missing }] }));
    await expect(call).rejects.toBeInstanceOf(ImageNotFoundException);
  });

  it('are got by tag and by digest, as the bytes that were pushed', async () => {
    const { images = [], failures } = await client.send(
      new BatchGetImageCommand({
        repositoryName,
        imageIds: [{ imageTag: 'v1' }, { imageDigest: digest }],
        acceptedMediaTypes: [OCI_MANIFEST],
      }),
    );
    expect(failures).toEqual([]);
    expect(images.map(({ imageId }) => imageId)).toEqual([
      { imageDigest: digest, imageTag: 'v1' },
      { imageDigest: digest },
    ]);
    expect(images.map(({ imageManifest = '' }) => sha256(imageManifest))).toEqual([digest, digest]);
  });

  it.each([
    ['an unknown tag', { imageTag: 'nope' }, undefined, 'ImageNotFound'],
    ['an unknown digest', { imageDigest: missing }, undefined, 'ImageNotFound'],
    ['a digest that is none', { imageDigest: 'sha256:short' }, undefined, 'InvalidImageDigest'],
    ['neither tag nor digest', {}, undefined, 'MissingDigestAndTag'],
    ['a media type that the caller does not accept', { imageTag: 'v1' }, ['application/x'], 'ImageNotFound'],
  ])('fail one by one: %s', async (_, imageId, acceptedMediaTypes, code) => {
    const { images, failures = [] } = await client.send(
      new BatchGetImageCommand({ repositoryName, imageIds: [imageId], acceptedMediaTypes }),
    );
    expect(images).toEqual([]);
    expect(failures).toMatchObject([{ imageId, failureCode: code }]);
  });

  it('fail when tag and digest do not belong together', async () => {
    const other = await pushImage(front.host, 'team/two', 'v1', 'one');
    await pushImage(front.host, 'team/two', 'v2', 'two');
    const imageIds = [{ imageDigest: other, imageTag: 'v2' }];
    const { failures = [] } = await client.send(new BatchGetImageCommand({ repositoryName: 'team/two', imageIds }));
    expect(failures.map(({ failureCode }) => failureCode)).toEqual(['ImageTagDoesNotMatchDigest']);
  });

  it('are listed by tag status and by pages', async () => {
    const untagged = await pushImage(front.host, 'team/list', undefined, 'no tag');
    const tagged = await pushImage(front.host, 'team/list', 'v1', 'tag');
    const list = (tagStatus: 'TAGGED' | 'UNTAGGED') =>
      client.send(new ListImagesCommand({ repositoryName: 'team/list', filter: { tagStatus } }));
    expect((await list('TAGGED')).imageIds).toEqual([{ imageDigest: tagged, imageTag: 'v1' }]);
    expect((await list('UNTAGGED')).imageIds).toEqual([{ imageDigest: untagged }]);
    const page = { repositoryName: 'team/list', maxResults: 1 };
    const first = await client.send(new ListImagesCommand(page));
    const second = await client.send(new ListImagesCommand({ ...page, nextToken: first.nextToken }));
    expect([first.imageIds?.length, second.imageIds?.length, second.nextToken]).toEqual([1, 1, undefined]);
  });

  it('lose a tag first, and are gone with their last', async () => {
    await pushImage(front.host, 'team/gone', 'v1');
    await pushImage(front.host, 'team/gone', 'v2');
    front.actions.length = 0;
    const remove = (imageTag: string) =>
      client.send(new BatchDeleteImageCommand({ repositoryName: 'team/gone', imageIds: [{ imageTag }] }));
    await remove('v1');
    const left = () => client.send(new DescribeImagesCommand({ repositoryName: 'team/gone' }));
    expect((await left()).imageDetails).toMatchObject([{ imageTags: ['v2'] }]);
    await remove('v2');
    expect((await left()).imageDetails).toEqual([]);
    expect((await remove('v2')).failures).toMatchObject([{ failureCode: 'ImageNotFound' }]);
    expect(front.actions.map(({ action, tag }) => [action, tag])).toEqual([
      ['DELETE', 'v1'],
      ['DELETE', 'v2'],
    ]);
  });
});

describe('images of an index', () => {
  it('make it as large as the largest of them, and it is described without an artifact media type', async () => {
    const { digest: index, attestations } = await pushIndex(front.host, 'team/multi', 'v1', [
      'small',
      'x'.repeat(1000),
    ]);
    const { imageDetails = [] } = await client.send(new DescribeImagesCommand({ repositoryName: 'team/multi' }));
    const described = imageDetails.find(({ imageDigest }) => imageDigest === index);
    // 1000 bytes of layer and 1048 of config
    expect(described).toMatchObject({ imageTags: ['v1'], imageSizeInBytes: 2048 });
    expect(described).not.toHaveProperty('artifactMediaType');
    const attestation = imageDetails.find(({ imageDigest }) => imageDigest === attestations[0]);
    expect(attestation).toMatchObject({ artifactMediaType: OCI_CONFIG });
    expect(attestation).not.toHaveProperty('imageTags');
  });

  it('are not deleted before it', async () => {
    const { digest: index, platforms } = await pushIndex(front.host, 'team/kept', 'v1', ['one']);
    const remove = (...digests: (string | undefined)[]) =>
      client.send(
        new BatchDeleteImageCommand({
          repositoryName: 'team/kept',
          imageIds: digests.map((imageDigest) => ({ imageDigest })),
        }),
      );
    expect((await remove(platforms[0])).failures).toMatchObject([{ failureCode: 'ImageReferencedByManifestList' }]);
    expect((await remove(index, platforms[0])).failures).toEqual([]);
  });
});

describe('the images that are described', () => {
  const describeImages = (rest: object) =>
    client.send(new DescribeImagesCommand({ repositoryName: 'team/filter', ...rest }));

  it('are those with the tag status and the image status that are asked for', async () => {
    const untagged = await pushImage(front.host, 'team/filter', undefined, 'no tag');
    const tagged = await pushImage(front.host, 'team/filter', 'v1', 'tag');
    const digests = async (filter: object) =>
      ((await describeImages({ filter })).imageDetails ?? []).map(({ imageDigest }) => imageDigest);
    expect(await digests({ tagStatus: 'TAGGED' })).toEqual([tagged]);
    expect(await digests({ tagStatus: 'UNTAGGED' })).toEqual([untagged]);
    expect(await digests({ imageStatus: 'ANY' })).toEqual([untagged, tagged]);
    expect(await digests({ imageStatus: 'ARCHIVED' })).toEqual([]);
  });

  it('come by pages', async () => {
    const first = await describeImages({ maxResults: 1 });
    const second = await describeImages({ maxResults: 1, nextToken: first.nextToken });
    expect([first.imageDetails?.length, second.imageDetails?.length, second.nextToken]).toEqual([1, 1, undefined]);
  });

  it.each([
    ['an empty list of ids', { imageIds: [] }],
    ['101 ids', { imageIds: Array(101).fill({ imageTag: 'v1' }) }],
    ['a page of 1001', { maxResults: 1001 }],
    ['a page of named images', { imageIds: [{ imageTag: 'v1' }], maxResults: 1 }],
    ['an unknown tag status', { filter: { tagStatus: 'SOME' } }],
    ['a token that no listing gave', { nextToken: 'none' }],
  ])('are refused for %s', async (_, rest) => {
    await expect(describeImages(rest)).rejects.toBeInstanceOf(InvalidParameterException);
  });
});

describe('layers', () => {
  it('are at the address that ECR gives', async () => {
    const layerDigest = sha256('0123456789');
    const { downloadUrl = '' } = await client.send(new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest }));
    expect(await (await fetch(downloadUrl)).text()).toBe('0123456789');
  });

  it('that are not there are an exception', async () => {
    const call = client.send(new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest: missing }));
    await expect(call).rejects.toBeInstanceOf(LayersNotFoundException);
  });
});

it('gives a token of twelve hours for the registry', async () => {
  const { authorizationData = [] } = await client.send(new GetAuthorizationTokenCommand({}));
  const [data] = authorizationData;
  expect(Buffer.from(data?.authorizationToken ?? '', 'base64').toString()).toMatch(/^AWS:/);
  expect(data?.expiresAt).toEqual(new Date('2026-03-01T22:00:00Z'));
  expect(data?.proxyEndpoint).toBe(`http://${front.host}`);
});
