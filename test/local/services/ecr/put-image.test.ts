import {
  CreateRepositoryCommand,
  ImageAlreadyExistsException,
  ImageDigestDoesNotMatchException,
  ImageTagAlreadyExistsException,
  InvalidParameterException,
  LayersNotFoundException,
  PutImageCommand,
  PutImageTagMutabilityCommand,
  ReferencedImagesNotFoundException,
  RepositoryNotFoundException,
} from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestOf, OCI_MANIFEST, pushBlob, pushImage, sha256 } from '../../registry/images.ts';
import { OCI_INDEX } from '../../registry/index-images.ts';
import { type EcrFront, startEcr } from './ecr-front.ts';

let front: EcrFront;
beforeAll(async () => {
  front = await startEcr();
});
afterAll(() => front.close());

const CONFIG = '{"os":"linux"}';
const manifest = JSON.stringify(manifestOf(CONFIG, ['layer']));
const other = JSON.stringify(manifestOf(CONFIG, []));
const put = (repositoryName: string, imageManifest: string, rest: object = {}) =>
  front.client.send(new PutImageCommand({ repositoryName, imageManifest, ...rest }));
const prepare = async (repository: string): Promise<void> => {
  await pushBlob(front.host, repository, CONFIG);
  await pushBlob(front.host, repository, 'layer');
};

describe('putting an image', () => {
  it('stores and tells of it as a push does', async () => {
    await prepare('put/new');
    const { image } = await put('put/new', manifest, { imageTag: 'v1' });
    expect(image).toEqual({
      registryId: '111122223333',
      repositoryName: 'put/new',
      imageId: { imageDigest: sha256(manifest), imageTag: 'v1' },
      imageManifest: manifest,
      imageManifestMediaType: OCI_MANIFEST,
    });
    const pulled = await fetch(`http://${front.host}/v2/put/new/manifests/v1`);
    expect(await pulled.text()).toBe(manifest);
    expect(front.actions.at(-1)).toMatchObject({ action: 'PUSH', repository: 'put/new', tag: 'v1' });
  });

  it('gives an image that is there another tag', async () => {
    await prepare('put/retag');
    await put('put/retag', manifest, { imageTag: 'v1' });
    await put('put/retag', manifest, { imageTag: 'v2' });
    expect(front.actions.at(-1)).toMatchObject({ repository: 'put/retag', tag: 'v2' });
  });

  it.each([
    ['with the tag that it has', { imageTag: 'v1' }],
    ['without a tag', {}],
  ])('refuses an image that is there, %s', async (_, rest) => {
    await prepare('put/again');
    await put('put/again', manifest, { imageTag: 'v1' }).catch(() => undefined);
    const told = front.actions.length;
    await expect(put('put/again', manifest, rest)).rejects.toBeInstanceOf(ImageAlreadyExistsException);
    expect(front.actions).toHaveLength(told);
  });

  it('refuses to move an immutable tag, and says that an image is there before it says that its tag is', async () => {
    await front.client.send(
      new CreateRepositoryCommand({ repositoryName: 'put/fixed', imageTagMutability: 'IMMUTABLE' }),
    );
    await prepare('put/fixed');
    await put('put/fixed', manifest, { imageTag: 'v1' });
    await expect(put('put/fixed', other, { imageTag: 'v1' })).rejects.toBeInstanceOf(ImageTagAlreadyExistsException);
    await expect(put('put/fixed', manifest, { imageTag: 'v1' })).rejects.toBeInstanceOf(ImageAlreadyExistsException);
    await front.client.send(
      new PutImageTagMutabilityCommand({ repositoryName: 'put/fixed', imageTagMutability: 'MUTABLE' }),
    );
    expect((await put('put/fixed', other, { imageTag: 'v1' })).image?.imageId?.imageDigest).toBe(sha256(other));
  });

  const index = JSON.stringify({
    schemaVersion: 2,
    mediaType: OCI_INDEX,
    manifests: [{ mediaType: OCI_MANIFEST, digest: sha256('missing'), size: 1 }],
  });
  it.each([
    ['a digest that is not its own', manifest, { imageDigest: sha256('x') }, ImageDigestDoesNotMatchException],
    [
      'a layer that is not there',
      JSON.stringify(manifestOf(CONFIG, ['gone'])),
      { imageTag: 'v1' },
      LayersNotFoundException,
    ],
    ['an image that is not there', index, { imageTag: 'v1' }, ReferencedImagesNotFoundException],
    ['no JSON', '{', { imageTag: 'v1' }, InvalidParameterException],
    ['no media type', '{"schemaVersion":2}', { imageTag: 'v1' }, InvalidParameterException],
    ['a tag that can be none', manifest, { imageTag: 'a b' }, InvalidParameterException],
    ['a tag without characters', manifest, { imageTag: '' }, InvalidParameterException],
  ])('refuses %s', async (_, imageManifest, rest, expected) => {
    await prepare('put/bad');
    await expect(put('put/bad', imageManifest, rest)).rejects.toBeInstanceOf(expected);
  });

  it('needs a repository', async () => {
    await expect(put('put/nowhere', manifest)).rejects.toBeInstanceOf(RepositoryNotFoundException);
  });

  it('takes the media type of the request where the manifest has none', async () => {
    await prepare('put/typed');
    const bare = JSON.stringify({ ...manifestOf(CONFIG, []), mediaType: undefined });
    const { image } = await put('put/typed', bare, { imageManifestMediaType: OCI_MANIFEST });
    expect(image?.imageManifestMediaType).toBe(OCI_MANIFEST);
  });
});

it('refuses a push that moves an immutable tag', async () => {
  await front.client.send(
    new CreateRepositoryCommand({
      repositoryName: 'put/some',
      imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION',
      imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'dev-*' }],
    }),
  );
  await pushImage(front.host, 'put/some', 'dev-1', 'one');
  await pushImage(front.host, 'put/some', 'dev-1', 'two');
  await pushImage(front.host, 'put/some', 'v1', 'one');
  await expect(pushImage(front.host, 'put/some', 'v1', 'two')).rejects.toThrow('TAG_INVALID');
});
