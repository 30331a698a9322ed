/** What every store of CISA's list holds to, in memory or in the table. */
import { describe, expect, it } from 'vitest';
import type { KevStore } from '../../../../shared/pipeline/ports.ts';
import { KEV_LIST, listOf } from '../../evidence/lists.ts';

/** `store` has no list yet: the first case looks. */
export const kevStoreContract = (store: () => KevStore): void => {
  describe("a store of CISA's list", () => {
    it('has none before one was put', async () => {
      expect(await store().get()).toBeUndefined();
    });

    it('gives back the list as it was put', async () => {
      await store().put(KEV_LIST);
      expect(await store().get()).toEqual(KEV_LIST);
    });

    it('gives back a list of 2,500 entries', async () => {
      const list = listOf(2_500);
      await store().put(list);
      expect(await store().get()).toEqual(list);
    });

    it('keeps the list that was put last, and nothing of the one before', async () => {
      await store().put(listOf(10));
      await store().put(KEV_LIST);
      expect(await store().get()).toEqual(KEV_LIST);
    });

    it('keeps the list of the later fetch, also where that of an earlier one is put after it', async () => {
      const later = { ...listOf(10), loadedAt: '2026-03-01T06:00:00.001Z' };
      await store().put(later);
      expect(await store().put(KEV_LIST)).toBeUndefined();
      expect(await store().get()).toEqual(later);
    });
  });
};
