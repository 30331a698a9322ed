import {
  CreateRepositoryCommand,
  DeleteRepositoryCommand,
  DescribeRepositoriesCommand,
  InvalidParameterException,
  InvalidTagParameterException,
  ListTagsForResourceCommand,
  RepositoryNotFoundException,
  type Tag,
  TagResourceCommand,
  TooManyTagsException,
  UntagResourceCommand,
} from '@aws-sdk/client-ecr';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pushImage } from '../../registry/images.ts';
import { type EcrFront, startEcr } from './ecr-front.ts';

let front: EcrFront;
beforeEach(async () => {
  front = await startEcr();
});
afterEach(() => front.close());

const arn = (name: string): string => `arn:aws:ecr:eu-west-1:111122223333:repository/${name}`;
const tagsFrom = (tags: Readonly<Record<string, string>>): Tag[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
const create = (repositoryName: string, tags: Tag[] = []) =>
  front.client.send(new CreateRepositoryCommand({ repositoryName, tags }));
const tag = (name: string, tags: Tag[]) => front.client.send(new TagResourceCommand({ resourceArn: arn(name), tags }));
const list = async (resourceArn: string) =>
  (await front.client.send(new ListTagsForResourceCommand({ resourceArn }))).tags;
const numbered = (count: number): Tag[] => Array.from({ length: count }, (_, at) => ({ Key: `key-${at}`, Value: '' }));

describe('the tags of a repository', () => {
  it('are those that it was created with', async () => {
    await create('team/app', tagsFrom({ team: 'shop', 'data-class': 'public' }));
    expect(await list(arn('team/app'))).toEqual(tagsFrom({ team: 'shop', 'data-class': 'public' }));
  });

  it('are none where it was created by a push', async () => {
    await pushImage(front.host, 'team/pushed', 'v1');
    expect(await list(arn('team/pushed'))).toEqual([]);
    await tag('team/pushed', tagsFrom({ team: 'shop' }));
    expect(await list(arn('team/pushed'))).toEqual(tagsFrom({ team: 'shop' }));
  });

  it('are added, replaced by key, and taken away', async () => {
    await create('team/app', tagsFrom({ team: 'shop', tier: '1' }));
    await tag('team/app', tagsFrom({ tier: '2', owner: 'a.b@example.org' }));
    expect(await list(arn('team/app'))).toEqual(tagsFrom({ team: 'shop', tier: '2', owner: 'a.b@example.org' }));
    await front.client.send(new UntagResourceCommand({ resourceArn: arn('team/app'), tagKeys: ['team', 'none'] }));
    expect(await list(arn('team/app'))).toEqual(tagsFrom({ tier: '2', owner: 'a.b@example.org' }));
  });

  it('are not those of a later repository with the same name', async () => {
    await create('team/app', tagsFrom({ team: 'shop' }));
    await front.client.send(new DeleteRepositoryCommand({ repositoryName: 'team/app' }));
    await create('team/app');
    expect(await list(arn('team/app'))).toEqual([]);
  });
});

describe('tags are refused', () => {
  it.each<[string, Tag[]]>([
    ['without a key', [{ Key: '', Value: 'x' }]],
    ['with a key of 129 characters', [{ Key: 'k'.repeat(129), Value: 'x' }]],
    ['with a value of 257 characters', [{ Key: 'k', Value: 'x'.repeat(257) }]],
    ['with other characters', [{ Key: 'k', Value: 'a<b' }]],
    ['with a key of AWS’s own', [{ Key: 'aws:team', Value: 'x' }]],
    ['with the same key twice', [...tagsFrom({ k: '1' }), ...tagsFrom({ k: '2' })]],
  ])('%s', async (_title, tags) => {
    await create('team/app');
    await expect(tag('team/app', tags)).rejects.toBeInstanceOf(InvalidTagParameterException);
    expect(await list(arn('team/app'))).toEqual([]);
  });

  it('beyond fifty in all', async () => {
    await create('team/app', numbered(50));
    await expect(tag('team/app', tagsFrom({ one: 'more' }))).rejects.toBeInstanceOf(TooManyTagsException);
    expect(await list(arn('team/app'))).toHaveLength(50);
  });

  it('at creation, and the repository is not created', async () => {
    await expect(create('team/app', numbered(51))).rejects.toBeInstanceOf(TooManyTagsException);
    const { repositories } = await front.client.send(new DescribeRepositoriesCommand({}));
    expect(repositories).toEqual([]);
  });
});

describe('the ARN', () => {
  it.each([arn('gone'), 'arn:aws:ecr:eu-west-1:444455556666:repository/team/app'])(
    '%s names no repository',
    async (resourceArn) => {
      await create('team/app');
      await expect(list(resourceArn)).rejects.toBeInstanceOf(RepositoryNotFoundException);
    },
  );

  it.each([
    'team/app',
    'arn:aws:ecr:us-east-1:111122223333:repository/team/app',
    'arn:aws:ecr:eu-west-1:111122223333:x',
  ])('%s is refused', async (resourceArn) => {
    await create('team/app');
    await expect(list(resourceArn)).rejects.toBeInstanceOf(InvalidParameterException);
  });
});
