/** CISA's list in memory. */
import type { KevList } from '../evidence/kev-list.ts';
import type { KevStore } from '../pipeline/ports.ts';

export const inMemoryKev = (): KevStore => {
  let kept: KevList | undefined;
  return {
    get: async () => kept,
    put: async (list) => {
      if (kept === undefined || kept.loadedAt <= list.loadedAt) kept = list;
    },
  };
};
