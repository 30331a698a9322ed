/** What every store of images by their layers holds to, in memory or in the table. */
import { describe, expect, it } from 'vitest';
import type { ChainStore, KnownImage } from '../../../../shared/pipeline/inspection-ports.ts';
import { IMAGE } from '../../enrichment/findings.ts';
import { newDigest } from './new-digest.ts';

const NOW = new Date('2026-03-02T12:00:00.000Z');
const newKnown = (...tags: readonly string[]): KnownImage => ({
  image: { ...IMAGE, digest: newDigest() },
  tags: [...tags],
});

export const chainStoreContract = (store: () => ChainStore): void => {
  describe('the images of a chain of layers', () => {
    it('are not found among chains that no image has', async () => {
      expect(await store().find([])).toBeUndefined();
      expect(await store().find([newDigest(), newDigest()])).toBeUndefined();
    });

    it('are found at the first chain that any has', async () => {
      const [unknown, long, short] = [newDigest(), newDigest(), newDigest()];
      const base = newKnown('12', 'stable');
      await store().put(short, newKnown('scratch'), NOW);
      await store().put(long, base, NOW);
      expect(await store().find([unknown, long, short])).toEqual({ chain: long, known: [base] });
    });

    it('are all of them, with a tag or without', async () => {
      const chain = newDigest();
      const all = [newKnown('12'), newKnown(), newKnown('12-debug')];
      for (const known of all) await store().put(chain, known, NOW);
      const found = await store().find([chain]);
      expect(found?.known).toHaveLength(3);
      expect(found?.known).toEqual(expect.arrayContaining(all));
    });

    it('have the tags that were put last', async () => {
      const chain = newDigest();
      const known = newKnown('12');
      await store().put(chain, known, NOW);
      await store().put(chain, { ...known, tags: ['12', 'stable'] }, NOW);
      expect(await store().find([chain])).toEqual({ chain, known: [{ ...known, tags: ['12', 'stable'] }] });
    });

    it('can be of other repositories, and lie in other registries', async () => {
      const chain = newDigest();
      const known = newKnown('12');
      const elsewhere = { ...known, image: { ...known.image, account: '999988887777', repository: 'team/base' } };
      await store().put(chain, known, NOW);
      await store().put(chain, elsewhere, NOW);
      expect((await store().find([chain]))?.known).toEqual(expect.arrayContaining([known, elsewhere]));
    });
  });
};
