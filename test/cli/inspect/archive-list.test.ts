import { describe, expect, it } from 'vitest';
import { chooseArchived, parseArchiveList } from '../../../cli/inspect/archive-list.ts';

const image = (config: string, ...tags: readonly string[]) => ({ config, layers: ['a.tar'], tags });

describe('the list of an archive', () => {
  it('is read', () => {
    const text = '[{"Config":"c.json","RepoTags":["app:1"],"Layers":["a.tar","b.tar"],"LayerSources":{}}]';
    expect(parseArchiveList(text, 'image.tar')).toEqual([
      { config: 'c.json', layers: ['a.tar', 'b.tar'], tags: ['app:1'] },
    ]);
  });

  it.each(['[{"Config":"c.json","RepoTags":null,"Layers":[]}]', '[{"Config":"c.json","Layers":[]}]'])(
    'may name no tags: %s',
    (text) => {
      expect(parseArchiveList(text, 'image.tar')).toEqual([{ config: 'c.json', layers: [], tags: [] }]);
    },
  );

  it.each(['', 'no JSON', '[]', '{}', '[{"Config":1,"Layers":[]}]', '[{"Config":"c.json"}]'])('is not %j', (text) => {
    expect(() => parseArchiveList(text, 'image.tar')).toThrow(/^image\.tar is no archive of docker save/);
  });
});

describe('the image that is meant', () => {
  const two = [image('one', 'shop/app:1', 'shop/app:latest'), image('two', 'shop/db:1')];

  it.each<[string, Parameters<typeof chooseArchived>[0], string | undefined, string, string | undefined]>([
    ['the only one', [image('one', 'app:1')], undefined, 'one', 'app:1'],
    ['the only one, which has no name', [image('one')], undefined, 'one', undefined],
    ['named in full', two, 'shop/db:1', 'two', 'shop/db:1'],
    ['named by a second name', two, 'shop/app:latest', 'one', 'shop/app:latest'],
    [
      'named without its registry',
      [image('one', 'docker.io/shop/app:1'), image('two', 'shop/db:1')],
      'shop/app:1',
      'one',
      'docker.io/shop/app:1',
    ],
    ['named by its tag alone', two, 'latest', 'one', 'shop/app:latest'],
  ])('is %s', (_title, images, wanted, config, name) => {
    const chosen = chooseArchived(images, wanted, 'image.tar');
    expect([chosen.image.config, chosen.name]).toEqual([config, name]);
  });

  it.each<[string, string | undefined, string]>([
    [
      'none is named',
      undefined,
      'image.tar holds 2 images: say which as docker-archive:FILE:TAG (shop/app:1, shop/app:latest, shop/db:1).',
    ],
    [
      'two have the tag',
      '1',
      'image.tar holds 2 images: say which as docker-archive:FILE:TAG (shop/app:1, shop/app:latest, shop/db:1).',
    ],
    ['there is no such tag', '2', 'image.tar has no image 2: shop/app:1, shop/app:latest, shop/db:1.'],
    ['it is a part of a tag', 'test', 'image.tar has no image test: shop/app:1, shop/app:latest, shop/db:1.'],
  ])('is not known where %s', (_title, wanted, message) => {
    expect(() => chooseArchived(two, wanted, 'image.tar')).toThrow(message);
  });
});
