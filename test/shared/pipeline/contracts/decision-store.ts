/** What every store of decisions holds to, in memory or in the table. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExplainedFinding } from '../../../../shared/alerts/explained-finding.ts';
import { type FindingKey, findingKey } from '../../../../shared/finding/finding-key.ts';
import type { DecisionStore } from '../../../../shared/pipeline/ports.ts';
import { EXPLAINED, EXPLAINED_THREAT } from '../../alerts/explained.ts';
import { newGroup } from './new-group.ts';

const newKey = (): FindingKey => findingKey('inspector2', [newGroup()]);

const state = (key: FindingKey, version: string, title = `state ${version}`): ExplainedFinding => ({
  ...EXPLAINED,
  key,
  version,
  title,
});

export const decisionStoreContract = (store: () => DecisionStore): void => {
  describe('a store of decisions', () => {
    it('knows nothing of a finding that it never saw', async () => {
      expect(await store().get(newKey())).toBeUndefined();
    });

    it.each([
      ['a vulnerability', EXPLAINED],
      ['a threat', EXPLAINED_THREAT],
    ])('gives back what was put of %s', async (_, explained) => {
      const put = { ...explained, key: newKey() };
      await store().put(put);
      expect(await store().get(put.key)).toEqual(put);
    });

    it('replaces a state by a newer one', async () => {
      const key = newKey();
      await store().put(state(key, 'a'));
      await store().put(state(key, 'b'));
      expect(await store().get(key)).toEqual(state(key, 'b'));
    });

    it('keeps a newer state where an older one comes late', async () => {
      const key = newKey();
      await store().put(state(key, 'b'));
      await store().put(state(key, 'a'));
      expect(await store().get(key)).toEqual(state(key, 'b'));
    });

    it('keeps what was decided first of one state: Security Hub takes no second', async () => {
      const key = newKey();
      await store().put(state(key, 'a', 'first'));
      await store().put(state(key, 'a', 'second'));
      expect(await store().get(key)).toEqual(state(key, 'a', 'first'));
    });

    it('keeps findings apart', async () => {
      const [one, other] = [newKey(), newKey()];
      await store().put(state(one, 'a'));
      await store().put(state(other, 'b'));
      expect(await store().get(one)).toEqual(state(one, 'a'));
    });

    it('ends with the newest state, in any order and with any duplicates', async () => {
      const versions = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(versions, fc.boolean(), async (deliveries, atOnce) => {
          const key = newKey();
          if (atOnce) await Promise.all(deliveries.map((version) => store().put(state(key, version))));
          else for (const version of deliveries) await store().put(state(key, version));
          expect((await store().get(key))?.version).toBe(deliveries.toSorted().at(-1));
        }),
        { numRuns: 25 },
      );
    });
  });
};
