/** What every source of repositories' tags holds to. */
import { describe, expect, it } from 'vitest';
import { known } from '../../../../shared/base/known.ts';
import type { ImageReference } from '../../../../shared/image/image-reference.ts';
import type { RepositoryTagSource } from '../../../../shared/pipeline/ports.ts';
import { type ManualClock, manualClock } from '../../../support/manual-clock.ts';
import { digest } from '../../enrichment/findings.ts';

export interface RepositoryTagSubject {
  /** A source that has asked nothing yet. */
  readonly source: (clock: ManualClock) => RepositoryTagSource;
  /** Makes a repository in the account and Region that the source asks from. */
  readonly create: (repository: string, tags?: Readonly<Record<string, string>>) => Promise<void>;
  /** Adds tags to one that is there. */
  readonly tag: (repository: string, tags: Readonly<Record<string, string>>) => Promise<void>;
}

let repositories = 0;
/** Cases share a party: each looks at repositories of its own. */
const newRepository = (): string => {
  repositories += 1;
  return `shop/tagged-${repositories}`;
};
const imageIn = (repository: string, change: Partial<ImageReference> = {}): ImageReference => ({
  partition: 'aws',
  account: '111122223333',
  region: 'eu-west-1',
  repository,
  digest: digest('a'),
  ...change,
});

export const repositoryTagSourceContract = (subject: () => RepositoryTagSubject): void => {
  describe('the tags of repositories', () => {
    it('are one answer for each image, in order', async () => {
      const { source, create } = subject();
      const [one, other, none] = [newRepository(), newRepository(), newRepository()];
      await create(one, { criticality: 'high', team: 'shop' });
      await create(other, { criticality: 'low' });
      await create(none);
      const images = [other, one, none, other].map((repository) => imageIn(repository));
      expect(await source(manualClock()).tagsOf(images)).toEqual([
        known({ criticality: 'low' }),
        known({ criticality: 'high', team: 'shop' }),
        known({}),
        known({ criticality: 'low' }),
      ]);
    });

    it('are those of every image in it', async () => {
      const { source, create } = subject();
      const repository = newRepository();
      await create(repository, { team: 'shop' });
      const images = [imageIn(repository), imageIn(repository, { digest: digest('b') })];
      expect(await source(manualClock()).tagsOf(images)).toEqual([known({ team: 'shop' }), known({ team: 'shop' })]);
    });

    it('of no images are none', async () => {
      expect(await subject().source(manualClock()).tagsOf([])).toEqual([]);
    });

    it('may have the names of an object’s own machinery', async () => {
      const { source, create } = subject();
      const repository = newRepository();
      await create(repository, { constructor: 'a', team: 'shop' });
      const [tags] = await source(manualClock()).tagsOf([imageIn(repository)]);
      expect(tags?.known && Object.entries(tags.value).toSorted()).toEqual([
        ['constructor', 'a'],
        ['team', 'shop'],
      ]);
      expect(tags?.known && tags.value.toString).toBeUndefined();
    });

    it.each<[string, Partial<ImageReference>]>([
      ['that is not there', { repository: 'shop/missing' }],
      ['of another account', { account: '999988887777' }],
      ['in another Region', { region: 'us-east-1' }],
    ])('of a repository %s are not known, and those of the others are', async (_, change) => {
      const { source, create } = subject();
      const repository = newRepository();
      await create(repository, { team: 'shop' });
      const images = [imageIn(repository, change), imageIn(repository)];
      expect(await source(manualClock()).tagsOf(images)).toEqual([
        { known: false, reason: expect.stringMatching(/^Listing the tags of the repository failed: \w+Exception$/) },
        known({ team: 'shop' }),
      ]);
    });

    it('are kept for ten minutes', async () => {
      const { source, create, tag } = subject();
      const repository = newRepository();
      await create(repository, { criticality: 'low' });
      const clock = manualClock();
      const tags = source(clock);
      expect(await tags.tagsOf([imageIn(repository)])).toEqual([known({ criticality: 'low' })]);
      await tag(repository, { criticality: 'high' });
      clock.advance(600);
      expect(await tags.tagsOf([imageIn(repository)])).toEqual([known({ criticality: 'low' })]);
      clock.advance(1);
      expect(await tags.tagsOf([imageIn(repository)])).toEqual([known({ criticality: 'high' })]);
    });

    it('that are not known are asked for again after a minute', async () => {
      const { source, create } = subject();
      const repository = newRepository();
      const clock = manualClock();
      const tags = source(clock);
      expect(await tags.tagsOf([imageIn(repository)])).toMatchObject([{ known: false }]);
      await create(repository, { team: 'shop' });
      clock.advance(60);
      expect(await tags.tagsOf([imageIn(repository)])).toMatchObject([{ known: false }]);
      clock.advance(1);
      expect(await tags.tagsOf([imageIn(repository)])).toEqual([known({ team: 'shop' })]);
    });
  });
};
